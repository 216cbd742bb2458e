"""What staff type, as plain forms: the rules about it live in the actions."""

from __future__ import annotations

import uuid
import zoneinfo
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.utils.translation import get_language_info

from tracker.actions.patients import PatientRecord
from tracker.domain.scales import HIGHEST, LOWEST
from tracker.domain.track import Source

SCORES = [("", "–"), *((str(score), str(score)) for score in range(LOWEST, HIGHEST + 1))]


def day_field(label: str, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def score_field(label: str, **more: Any) -> forms.TypedChoiceField:
    """A select of 0 to 10 in which nothing is chosen beforehand."""
    return forms.TypedChoiceField(label=label, choices=SCORES, coerce=int, empty_value=None, **more)


def time_zones() -> list[tuple[str, str]]:
    named = sorted(name for name in zoneinfo.available_timezones() if "/" in name)
    return [(name, name.replace("_", " ")) for name in (*named, "UTC")]


def languages() -> list[tuple[str, str]]:
    """Those that a diary is written in, by their English names: staff read English."""
    return [(code, get_language_info(code)["name"]) for code, _ in settings.LANGUAGES]


class PersonForm(forms.Form):
    family_name = forms.CharField(label="Family name", max_length=80)
    given_name = forms.CharField(label="Given name", max_length=80)
    born_on = day_field("Date of birth")
    record_number = forms.CharField(
        label="Record number", max_length=40, required=False, help_text="The clinic’s own number."
    )
    language = forms.ChoiceField(
        label="Language of the diary",
        choices=languages,
        initial=settings.LANGUAGE_CODE,
        help_text="Left at English, the phone’s own is shown when joining. The patient can change it.",
    )


class PatientForm(PersonForm):
    time_zone = forms.ChoiceField(
        label="Time zone",
        choices=time_zones,
        help_text="Where the patient lives. Days are counted by it; it cannot change later.",
    )

    def record(self) -> PatientRecord:
        return PatientRecord(**self.cleaned_data)


class CorrectPatientForm(PersonForm):
    """The same without the time zone, which is fixed at enrolment."""

    def __init__(self, *args: Any, time_zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.enrolled_zone = time_zone

    def record(self) -> PatientRecord:
        return PatientRecord(**self.cleaned_data, time_zone=self.enrolled_zone)


class ReadingForm(forms.Form):
    minutes = forms.IntegerField(
        label="Minutes after",
        required=False,
        min_value=0,
        help_text="Leave empty for the score before the injection.",
    )
    pain = score_field("Pain right now")


class DiaryDayForm(forms.Form):
    """`client_id` is made with the form, so that sending it twice stores one entry.

    `replaces` is the entry that stands for the day, once whoever fills in the form was told of it.
    """

    day = day_field("Day")
    pain = score_field("Average pain", required=False)
    soreness = score_field("Soreness at the site", required=False)
    source = forms.TypedChoiceField(
        label="Told by",
        choices=[
            (Source.STAFF.value, "the patient, to staff"),
            (Source.TELEPHONE.value, "the patient, by telephone"),
            (Source.PAPER.value, "a paper diary"),
        ],
        coerce=lambda value: Source(int(value)),
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    replaces = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def may_replace(self, standing: uuid.UUID | None) -> bool:
        """Whether the day is free, or its entry is the one that is known; else say so and ask again."""
        if standing in (None, self.cleaned_data["replaces"], self.cleaned_data["client_id"]):
            return True
        self.data = {**self.data.dict(), "replaces": str(standing)}  # type: ignore[attr-defined]  # a QueryDict
        self.add_error("day", "This day has an entry already. Save again to replace it; the old one is kept.")
        return False


class BaselineForm(forms.Form):
    """Empty points take a correction back."""

    baseline = forms.DecimalField(
        label="Baseline in points",
        required=False,
        min_value=LOWEST,
        max_digits=4,
        decimal_places=2,
        validators=[MaxValueValidator(HIGHEST)],
        help_text="0 to 10. Leave empty to go back to the patient’s own scores.",
    )
    reason = forms.CharField(
        label="Reason",
        max_length=300,
        required=False,
        help_text="Needed with points, kept with them; no names.",
    )
