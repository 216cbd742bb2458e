"""Where a notice such as "Saved" waits for the next page: in the browser, as phones have no session."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest


class NoticeCookie(CookieStorage):
    """A signed cookie for one page, bound to this host like every other."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.cookie_name = settings.NOTICE_COOKIE_NAME
