"""Naming a caregiver: the same form for a patient's phone and for staff."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from tracker.domain.caregivers import Appointment, ConsentBy, Scope, Span


def _day(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    words = {"required": _("Choose the first day."), "invalid": _("This is no date. Write it as 2026-02-28.")}
    return forms.DateField(label=label, widget=widget, error_messages=words, **more)


class CaregiverForm(forms.Form):
    """What the patient decides; the rules about it live in tracker.domain.caregivers."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        error_messages={"required": _("Write the helper's name.")},
    )
    relation = forms.CharField(
        label=_("Who is it?"),
        max_length=40,
        help_text=_("For example daughter, or neighbour."),
        error_messages={"required": _("Write who this is, such as daughter or neighbour.")},
    )
    may_log = forms.BooleanField(label=_("Log pain and soreness"), required=False)
    may_read = forms.BooleanField(label=_("Read the diary, the course and the chart"), required=False)
    gets_alerts = forms.BooleanField(
        label=_("Be told when it is time to call"),
        required=False,
        help_text=_("Kept for later: this app does not send such messages yet."),
    )
    from_on = _day(_("From"))
    to_on = _day(_("Until"), required=False, help_text=_("The last day. Without one, until it is ended."))

    consent_by = ConsentBy.PATIENT

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"from_on": today})

    def appointment(self) -> Appointment:
        """What a valid form says."""
        said = self.cleaned_data
        return Appointment(
            name=said["name"],
            relation=said["relation"],
            scope=Scope(said["may_log"], said["may_read"], said["gets_alerts"]),
            span=Span(said["from_on"], said["to_on"]),
            consent_by=self.consent_by,
            consent_reason=said.get("consent_reason", ""),
        )

    def show(self, error: ValidationError) -> None:
        """Put what the rules refused beside the fields it concerns."""
        for field, problems in error.message_dict.items():
            where = {"scope": "may_log", NON_FIELD_ERRORS: None}.get(field, field)
            for problem in problems:
                self.add_error(where, problem)

    def scope(self) -> list[forms.BoundField]:
        """What may be ticked."""
        return [self[name] for name in ("may_log", "may_read", "gets_alerts")]


class CaregiverFormForStaff(CaregiverForm):
    consent_reason = forms.CharField(
        label="Why staff agree for the patient",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Why the patient cannot do it on a phone, and how they said that they want it.",
        error_messages={"required": "Write why the patient cannot agree on a phone, and how they want this."},
    )

    consent_by = ConsentBy.STAFF
