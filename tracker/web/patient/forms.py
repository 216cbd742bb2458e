"""The form of one diary day: eleven buttons a question, nothing chosen beforehand."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from tracker.content.diary import DIARY, Item
from tracker.content.languages import in_language
from tracker.domain.scales import SCORES, InvalidScore, pain_score
from tracker.domain.sync import Change
from tracker.queries.right_now import RightNow
from tracker.queries.today import Sheet

CHOOSE_MOMENT = "Choose when."
CHOOSE_SORENESS = "Choose a number for the sore spot, too."
STALE = "This page is out of date. Open the day again and choose once more."


@dataclass(frozen=True, slots=True)
class Scale:
    """One question as the page shows it; `chosen` is what was chosen before an error, as text."""

    name: str
    question: str
    item: Item
    chosen: str
    errors: list[str]

    numbers = tuple(str(score) for score in SCORES)


class ScoreField(forms.Field):
    """A whole number from 0 to 10; `missing` is said where none was chosen."""

    def __init__(self, *, label: str, missing: str = "") -> None:
        super().__init__(label=label)
        self.missing = missing

    def clean(self, value: Any) -> int:
        if self.missing and value in self.empty_values:
            raise forms.ValidationError(self.missing)
        try:
            return pain_score(value)
        except InvalidScore:
            raise forms.ValidationError(f"{self.label}: choose a number from 0 to 10.") from None


class RightNowForm(forms.Form):
    """A score at one of the moments on offer."""

    moment = forms.ChoiceField(
        error_messages={"required": CHOOSE_MOMENT, "invalid_choice": CHOOSE_MOMENT},
    )
    pain = ScoreField(label="Pain")

    def __init__(self, offered: RightNow, *, language: str, data: Any = None) -> None:
        super().__init__(data)
        self.offered, self.texts = offered, in_language(DIARY, language)
        self.minutes = {_moment_key(moment.minutes): moment.minutes for moment in offered.moments}
        self.fields["moment"].choices = [(key, key) for key in self.minutes]  # type: ignore[attr-defined]  # a ChoiceField

    def moments(self) -> list[tuple[str, str, int | None]]:
        """Each moment on offer: what is sent, its words, its score so far."""
        return [
            (_moment_key(moment.minutes), self.texts.moment(moment.minutes), moment.pain)
            for moment in self.offered.moments
        ]

    def scale(self) -> Scale:
        item = self.texts.pain_now_moving if self.offered.is_diagnostic else self.texts.pain_now
        field = self["pain"]
        return Scale("pain", item.today, item, field.value() or "", [str(error) for error in field.errors])


def _moment_key(minutes: int | None) -> str:
    return "before" if minutes is None else str(minutes)


class EntryForm(forms.Form):
    """An entry for one day. `client_id` is made with the page, so that a double tap stores one entry."""

    client_id = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": STALE, "invalid": STALE}
    )
    replaces = forms.UUIDField(required=False, widget=forms.HiddenInput, error_messages={"invalid": STALE})
    pain = ScoreField(label="Pain")
    soreness = ScoreField(label="Sore spot", missing=CHOOSE_SORENESS)

    def __init__(self, sheet: Sheet, *, language: str, data: Any = None) -> None:
        replaces = sheet.entry.client_id if sheet.entry else None
        super().__init__(data, initial={"client_id": uuid.uuid4(), "replaces": replaces}, auto_id=False)
        self.sheet, self.texts = sheet, in_language(DIARY, language)
        if not sheet.asks_soreness:
            del self.fields["soreness"]

    def scales(self) -> list[Scale]:
        """The questions in order."""
        return [
            self._scale(name, getattr(self.texts, name))
            for name in ("pain", "soreness")
            if name in self.fields
        ]

    def problems(self) -> list[str]:
        """Errors that belong to no question."""
        return [*self.non_field_errors(), *self["client_id"].errors, *self["replaces"].errors]

    def change(self, *, now: datetime) -> Change:
        """What a valid form says."""
        said = self.cleaned_data
        return Change(
            client_id=said["client_id"],
            day=self.sheet.on,
            pain=said["pain"],
            soreness=said.get("soreness"),
            entered_at=now,
            replaces=said["replaces"],
        )

    def _scale(self, name: str, item: Item) -> Scale:
        field, sheet = self[name], self.sheet
        question = self.texts.question(item, on=sheet.on, today=sheet.today)
        return Scale(name, question, item, field.value() or "", [str(error) for error in field.errors])
