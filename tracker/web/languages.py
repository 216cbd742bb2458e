"""Which language a page is written in: a patient's own, a visitor's, and English for staff."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, get_language_from_request, get_language_info

from tracker.access import Actor, Device

CHOICE = "language"
"""In the address of a page for everybody: ?language=es. The browser remembers it."""


def reading() -> dict[str, Any]:
    """`lang` and `dir` of what is written now."""
    lang = get_language() or settings.LANGUAGE_CODE
    return {"lang": lang, "dir": "rtl" if get_language_info(lang)["bidi"] else "ltr"}


def of_reader(request: HttpRequest, actor: Actor | None) -> str:
    """The language of whoever asks. A patient who has not begun yet was asked for none.

    What the clinic noted at enrolment then goes before the browser's, but for English, which nobody has to
    note; a choice on the page goes before both.
    """
    if actor is None:
        return of_visitor(request)
    if not isinstance(actor, Device):
        return settings.LANGUAGE_CODE
    language: str = actor.patient.language
    if not actor.patient.consent_version:
        return of_visitor(request, noted=language if language != settings.LANGUAGE_CODE else "")
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def of_visitor(request: HttpRequest, *, noted: str = "") -> str:
    """What somebody chose whom nobody knows, or what their browser asks for; that of staff reads English."""
    kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if known := next((code for code in (_chosen(request), kept) if code in dict(settings.LANGUAGES)), ""):
        return known
    if noted in dict(settings.LANGUAGES):
        return noted
    if settings.SESSION_COOKIE_NAME in request.COOKIES:  # seen without asking a database that may be away
        return settings.LANGUAGE_CODE
    asks = "Accept-Language" in request.headers
    return get_language_from_request(request) if asks else settings.LANGUAGE_CODE


def _chosen(request: HttpRequest) -> str:
    asked = request.GET.get(CHOICE, "")
    return asked if asked in dict(settings.LANGUAGES) else ""


def remember_choice(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keep what was chosen in an address for the pages that come next."""
    if chosen := _chosen(request):
        remember(request, response, chosen)
    return response


def remember(request: HttpRequest, response: HttpResponse, language: str) -> None:
    """So that a page that knows nobody any more, such as "signed out", speaks the same language."""
    if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE) != language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.DEVICE_LIFE,
            path="/",
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
