"""Language and reminder, chosen once at the start and again whenever somebody likes; and how to save."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tracker import trail
from tracker.access import Device
from tracker.actions import patients
from tracker.content.dates import clock
from tracker.domain.roles import Permission
from tracker.queries import reminders
from tracker.web.actors import for_phone

from .pages import page

REMINDERS = [time(hour) for hour in (8, 12, 17, 18, 19, 20, 21)]
USUAL_REMINDER = time(20)
"""The evening: what is asked about is the whole day."""


def _reminders() -> list[tuple[str, str]]:
    return [("", gettext("No reminder")), *((at.isoformat(), clock(at)) for at in REMINDERS)]


def _reminder(text: str) -> time | None:
    return time.fromisoformat(text) if text else None


class ChoicesForm(forms.Form):
    """Language and reminder; `language` is the one chosen beforehand, and stays where none is sent."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, required=False)
    reminder_at = forms.TypedChoiceField(
        label=_("Remind me at"),
        required=False,
        coerce=_reminder,
        empty_value=None,
        choices=_reminders,
    )

    phones_ask = staticmethod(reminders.phones_ask)

    def __init__(self, actor: Device, data: Any = None, *, language: str = "") -> None:
        patient = actor.patient
        is_new = not patient.consent_version
        at = USUAL_REMINDER if is_new else patient.reminder_at
        super().__init__(
            data,
            initial={"language": language or patient.language, "reminder_at": at.isoformat() if at else ""},
        )

    def save(self, actor: Device) -> None:
        """Raises ValidationError."""
        said = self.cleaned_data
        patients.set_preferences(
            by=actor,
            patient=actor.patient,
            language=said["language"] or self.initial["language"],
            reminder_at=said["reminder_at"],
            two_taps=said.get("two_taps"),
            now=timezone.now(),
        )


class PreferencesForm(ChoicesForm):
    """The same with what nobody is asked before they know the diary."""

    two_taps = forms.BooleanField(
        label=_("Save with two taps"),
        required=False,
        help_text=_("The second number saves, with 10 seconds to undo."),
    )

    def __init__(self, actor: Device, data: Any = None) -> None:
        super().__init__(actor, data)
        self.initial["two_taps"] = actor.patient.two_taps


@for_phone(Permission.MANAGE_OWN_ACCESS)
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, actor: Device) -> HttpResponse:
    """Change them later."""
    trail.saw([actor.patient_id])
    form = PreferencesForm(actor, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            form.save(actor)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            with override(form.cleaned_data["language"] or actor.patient.language):  # of the next page
                messages.success(request, gettext("Saved."))
            return redirect("patient:you")
    return page(request, "preferences", actor=actor, tab="you", status=422 if form.errors else 200, form=form)
