"""What every patient's page carries: the clinic's name and telephone, the tabs, and whose diary it is."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.translation import get_language, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tracker.access import Device, can, holder_of
from tracker.content.calling import CallingTexts
from tracker.domain.roles import Permission
from tracker.web.calling_words import USUAL_NUMBER, calling_words, emergency
from tracker.web.languages import of_reader, remember

TRY_AGAIN = _(
    "Your choices are still here. Wait half a minute, then press Save again. If it goes on, call your clinic."
)

_zip = GZipMiddleware(lambda request: HttpResponse())
"""No page repeats what a stranger could have put into its address, and Django pads and masks on top: a length
tells nothing. On a phone's network it is most of the wait."""

TABS = (
    ("patient:today", _("Today"), Permission.LOG_OWN_DIARY),
    ("patient:plan", _("Plan"), Permission.SEE_OWN_DIARY),
    ("patient:course", _("Course"), Permission.SEE_OWN_DIARY),
    ("patient:call", pgettext_lazy("tab", "When to call"), None),
    ("patient:you", _("You"), None),
)
"""Each for whoever has the permission; a caregiver may lack one."""


def page(
    request: HttpRequest,
    template: str,
    *,
    actor: Device | None,
    tab: str = "",
    status: int = 200,
    language: str = "",
    **context: object,
) -> HttpResponse:
    """A page of the patient area in its reader's language; without an actor the clinic is left out.

    On a borrowed phone it does not say who holds it: so no script keeps anything.
    """
    clinic = actor.patient.clinic if actor else None
    is_borrowed = actor is not None and actor.is_borrowed
    frame = {
        "tabs": [(address, name) for address, name, needed in TABS if actor and _may(actor, needed)],
        "tab": f"patient:{tab}",
        "is_signed_in": actor is not None,
        "owner": holder_of(actor) if actor and settings.APP_IS_ON and not is_borrowed else "",
        "is_borrowed": is_borrowed,
        "may_log": actor is not None and can(actor, Permission.LOG_OWN_DIARY),
        "may_read": actor is not None and can(actor, Permission.SEE_OWN_DIARY),
        "helps": actor.patient.given_name if actor and actor.caregiver else "",
        "clinic": clinic.name if clinic else "",
        "phone": clinic.phone if clinic else "",
        "phone_link": _dialled(clinic.phone) if clinic else "",
        "emergency_link": _dialled(clinic.emergency_number if clinic else USUAL_NUMBER),
        "emergency": emergency(clinic.emergency_number if clinic else ""),
        "on_call": clinic.on_call_phone if clinic else "",
        "on_call_link": _dialled(clinic.on_call_phone) if clinic else "",
        "on_call_hours": clinic.on_call_hours if clinic else "",
    }
    language = language or of_reader(request, actor)
    with override(language):
        answer = render(request, f"patient/{template}.html", frame | context, status=status)
    if actor is not None and not is_borrowed:
        remember(request, answer, language)
    _zip.process_response(request, answer)
    return answer


def calling_of(actor: Device | None) -> CallingTexts:
    """When to call, as the patient's clinic is called."""
    if actor is None:
        return calling_words(get_language() or settings.LANGUAGE_CODE)
    patient = actor.patient
    return calling_words(patient.language, clinic=patient.clinic)


def _dialled(number: str) -> str:
    return f"tel:{re.sub(r'[^+0-9]', '', number)}"


def _may(actor: Device, needed: Permission | None) -> bool:
    return needed is None or can(actor, needed)
