"""The form of a care plan: what the clinic types about one injection, with its figures filled in."""

from __future__ import annotations

from dataclasses import fields
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from tracker.domain.care import RANGES, CareFigures, CarePlan

MOMENT = "%Y-%m-%dT%H:%M"
FIGURES = tuple(one.name for one in fields(CareFigures))


def figure(name: str, label: str, *, help_text: str = "") -> forms.IntegerField:
    allowed = RANGES[name]
    return forms.IntegerField(
        label=label,
        required=not allowed.may_be_blank,
        min_value=allowed.least,
        max_value=allowed.most,
        help_text=help_text,
    )


def moment(label: str) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(label=label, required=False, widget=widget, input_formats=[MOMENT])


def words(label: str, *, help_text: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=False, max_length=500, widget=widget, help_text=help_text)


class CareForm(forms.Form):
    """Moments are by the patient's clock. What a figure may be stands in tracker.domain.care."""

    arrive_at = forms.TimeField(
        label="Be at the clinic at",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="By the patient’s clock.",
    )
    fasting_hours = figure(
        "fasting_hours", "Hours without food", help_text="0: none. Empty: “as your clinic told you”."
    )
    clear_fluids_hours = figure(
        "clear_fluids_hours", "Hours without clear drinks", help_text="Empty: “as your clinic told you”."
    )
    visit_minutes = figure("visit_minutes", "Whole visit, minutes")
    needs_driver = forms.BooleanField(label="An adult has to take the patient home", required=False)
    is_diabetic = forms.BooleanField(label="The patient has diabetes", required=False)
    sugar_limit = figure("sugar_limit", "Sugar: call above, mg/dL", help_text="Only with diabetes.")

    thinner_plan = words(
        "Plan for the blood thinner",
        help_text="The patient reads just this, word for word. Leave it empty where none is taken.",
    )
    prescriber_agreed = forms.BooleanField(label="Whoever prescribes it has agreed", required=False)
    thinner_last_dose_at = moment("Last dose before")
    thinner_restart_at = moment("Taken again from")

    pain_relievers = words(
        "Pain relievers that you agreed on",
        help_text="The patient reads just this. Empty: “only pills that your clinic said are fine”.",
    )
    observation_minutes = figure("observation_minutes", "Watched at the clinic, minutes")
    company_hours = figure("company_hours", "Somebody with the patient, hours")
    no_driving_hours = figure("no_driving_hours", "No driving, hours")
    ice_minutes = figure("ice_minutes", "Ice at a time, minutes")
    ice_days = figure("ice_days", "Ice, days")
    no_bath_hours = figure("no_bath_hours", "No bath or pool, hours")
    no_lifting_days = figure("no_lifting_days", "No lifting, days", help_text="1: the day itself.")
    sugar_days = figure("sugar_days", "Sugar log, days", help_text="Only with diabetes.")

    def __init__(self, data: Any = None, *, plan: CarePlan, zone: ZoneInfo) -> None:
        figures = {name: getattr(plan.figures, name) for name in FIGURES}
        typed = {one.name: getattr(plan, one.name) for one in fields(plan) if one.name != "figures"}
        self.zone = zone
        super().__init__(data, initial=figures | {name: _shown(value) for name, value in typed.items()})

    def full_clean(self) -> None:
        with timezone.override(self.zone):
            super().full_clean()

    def plan(self) -> CarePlan:
        said = dict(self.cleaned_data)
        figures = CareFigures(**{name: said.pop(name) for name in FIGURES})
        for name in ("thinner_last_dose_at", "thinner_restart_at"):
            said[name] = said[name].astimezone(self.zone) if said[name] else None
        return CarePlan(figures=figures, **said)

    def before(self) -> list[forms.BoundField]:
        return self._some("arrive_at", "visit_minutes", "fasting_hours", "clear_fluids_hours")

    def after(self) -> list[forms.BoundField]:
        names = ("observation_minutes", "company_hours", "no_driving_hours", "no_lifting_days")
        return self._some(*names, "ice_minutes", "ice_days", "no_bath_hours", "sugar_days")

    def after_has_errors(self) -> bool:
        return any(one.errors for one in self.after())

    def _some(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names]


def _shown(value: Any) -> Any:
    """A moment as its patient's clock shows it."""
    return value.replace(tzinfo=None) if hasattr(value, "tzinfo") and hasattr(value, "hour") else value
