"""What led to an injection as a form: pain, imaging, steroids, and a row for each treatment tried."""

from __future__ import annotations

from typing import Any

from django import forms

from tracker.actions.histories import Care, HistoryRecord
from tracker.domain.history import CareKind, CareResult, Concordance, ImagingKind
from tracker.web.clinic.forms import day_field

CARE_ROWS = 5


def _choice(label: str, words: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", "–"), *words], required=False)


class HistoryForm(forms.Form):
    pain_since = day_field("Pain since", required=False)
    pain_weeks = forms.IntegerField(label="Or weeks of pain", required=False, min_value=0, max_value=5200)
    imaging_kind = _choice("Imaging", ImagingKind.choices())
    imaging_on = day_field("Date of it", required=False)
    imaging_concordant = _choice("Explains the pain", Concordance.choices())
    imaging_finding = forms.CharField(
        label="Finding, in short",
        max_length=300,
        required=False,
        help_text="For example: disc herniation C5-C6, left. No names.",
    )
    steroids_from = day_field("Oral steroids from", required=False)
    steroids_to = day_field("To", required=False)

    def record(self) -> HistoryRecord:
        said = self.cleaned_data
        return HistoryRecord(**(said | {"imaging_finding": said["imaging_finding"].strip() or None}))


class CareForm(forms.Form):
    """A row is empty, or says what was tried."""

    kind = _choice("Tried", CareKind.choices())
    from_on = day_field("From", required=False)
    to_on = day_field("To", required=False)
    result = _choice("Result", CareResult.choices())

    def clean(self) -> dict[str, Any]:
        filled = super().clean() or {}
        if not filled.get("kind") and any(filled.get(name) for name in ("from_on", "to_on", "result")):
            self.add_error("kind", "Say what was tried, or empty the row.")
        begins, ends = filled.get("from_on"), filled.get("to_on")
        if begins and ends and ends < begins:
            self.add_error("to_on", "It cannot end before it begins.")
        return filled


CareRows = forms.formset_factory(
    CareForm, extra=CARE_ROWS, max_num=CARE_ROWS, absolute_max=CARE_ROWS, validate_max=True
)


def care_in(rows: forms.BaseFormSet[CareForm]) -> list[Care]:
    return [Care(**row.cleaned_data) for row in rows if row.cleaned_data.get("kind")]
