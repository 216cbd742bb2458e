"""What every patient's page carries: the clinic's name and telephone, and which tab is open."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.access import Device

TRY_AGAIN = (
    "Your choices are still here. Wait half a minute, then press Save again. If it goes on, call your clinic."
)

TABS = (("patient:today", "Today"), ("patient:course", "My course"), ("patient:call", "When to call"))


def page(
    request: HttpRequest,
    template: str,
    *,
    actor: Device | None,
    tab: str = "",
    status: int = 200,
    **context: object,
) -> HttpResponse:
    """A page of the patient area; without an actor the clinic is left out."""
    clinic = actor.patient.clinic if actor else None
    frame = {
        "tabs": TABS,
        "tab": f"patient:{tab}",
        "is_signed_in": actor is not None,
        "clinic": clinic.name if clinic else "",
        "phone": clinic.phone if clinic else "",
        "phone_link": f"tel:{re.sub(r'[^+0-9]', '', clinic.phone)}" if clinic else "",
    }
    return render(request, f"patient/{template}.html", frame | context, status=status)
