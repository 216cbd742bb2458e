"""What a desk left open must not give away: some pages ask again who is there.

For exports, changes of roles, opening a record in an emergency, inviting colleagues, ending somebody's phone,
erasing, and one's own second factor. Whoever signed in or confirmed it within five minutes is not asked.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tracker.web.way_back import by_way_of

View = Callable[..., HttpResponse]


def recently_confirmed(view: View) -> View:
    """Asks for the password, a code or a passkey first; then leads back. Stands inside the guard of a page.

    @for_staff(Permission.X)
    @recently_confirmed
    def export(request, actor): ...
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_confirmed(request):
            return view(request, *args, **kwargs)
        methods = get_adapter(request).get_reauthentication_methods(request.user)
        return by_way_of(methods[0]["url"], request)

    guarded.asks_again = True  # type: ignore[attr-defined]  # for tests/contracts
    return guarded


def is_confirmed(request: HttpRequest) -> bool:
    """Whether whoever is signed in has proved it within the last minutes: by signing in, or again since."""
    user = request.user if request.user.is_authenticated else None
    ages = (time.time() - record["at"] for record in get_authentication_records(request, user))
    return any(0 <= age < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT for age in ages)
