"""The form of one diary day: eleven buttons a question, nothing chosen beforehand."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.content.diary import DIARY, Item
from tracker.content.languages import in_language
from tracker.domain.scales import SCORES, InvalidScore, pain_score
from tracker.domain.sync import Change
from tracker.queries.today import Sheet

CHOOSE_SORENESS = _("Choose a number for the sore spot, too.")
STALE = _("This page is out of date. Open the day again and choose once more.")


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

    def __init__(self, *, label: Any, missing: Any = "") -> None:
        super().__init__(label=label)
        self.missing = missing

    def clean(self, value: Any) -> int:
        if self.missing and value in self.empty_values:
            raise forms.ValidationError(self.missing)
        try:
            return pain_score(value)
        except InvalidScore:
            raise forms.ValidationError(
                gettext("{question}: choose a number from 0 to 10.").format(question=str(self.label))
            ) from None


class EntryForm(forms.Form):
    """An entry for one day. `client_id` is made with the page, so that a double tap stores one entry."""

    client_id = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": STALE, "invalid": STALE}
    )
    replaces = forms.UUIDField(required=False, widget=forms.HiddenInput, error_messages={"invalid": STALE})
    pain = ScoreField(label=_("Pain"))
    soreness = ScoreField(label=_("Sore spot"), missing=CHOOSE_SORENESS)

    def __init__(self, sheet: Sheet, *, language: str, data: Any = None) -> None:
        replaces = sheet.entry.client_id if sheet.entry else sheet.unseen
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
