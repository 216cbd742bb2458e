"""Pages that say no, in the language of whoever asked: outside of every door, so nobody is known here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import override
from django.views import csrf, defaults

from .languages import of_visitor


def _for_visitors(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def speaking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with override(of_visitor(request)):
            return view(request, *args, **kwargs)

    return speaking


bad_request = _for_visitors(defaults.bad_request)
not_found = _for_visitors(defaults.page_not_found)
form_too_old = _for_visitors(csrf.csrf_failure)


@_for_visitors
def server_error(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    answer: HttpResponse = defaults.server_error(request, *args, **kwargs)
    return answer
