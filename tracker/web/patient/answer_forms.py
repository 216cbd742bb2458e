"""The forms beside the diary as a page reads them: PEG-3, PGIC and the check for signs of danger."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms

from tracker.content.calling import CALLING
from tracker.content.forms import FORMS
from tracker.content.languages import in_language
from tracker.domain.forms import ITEMS, PGIC_STEPS, SIGNS, Form
from tracker.queries.clinic_texts import worded
from tracker.web.calling_words import sign_words

from .forms import STALE, Scale, ScoreField

NONE, SOME = "none", "some"
"""The two buttons of a check."""


class AnswerForm(forms.Form):
    """An answer to one form. `client_id` is made with the page, so that a double tap stores one answer."""

    key: Form
    client_id = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": STALE, "invalid": STALE}
    )

    def __init__(
        self, *, language: str, data: Any = None, asks_rescue: bool = False, clinic: Any = None
    ) -> None:
        super().__init__(data, initial={"client_id": uuid.uuid4()}, auto_id=False)
        self.texts: Any = getattr(in_language(FORMS, language), self.key.value)
        self.language, self.asks_rescue, self.clinic = language, asks_rescue, clinic

    @property
    def template(self) -> str:
        return f"components/form_{self.key.value}.html"

    def said(self) -> dict[str, Any]:
        """What a valid form says, as the domain reads it."""
        return {name: self.cleaned_data[name] for name in ITEMS[self.key]}

    def problems(self) -> list[str]:
        """Errors that belong to no question."""
        return [*self.non_field_errors(), *self["client_id"].errors]


class PegForm(AnswerForm):
    key = Form.PEG
    pain = ScoreField(label="1")
    enjoyment = ScoreField(label="2")
    activity = ScoreField(label="3")

    def scales(self) -> list[Scale]:
        return [self._scale(name) for name in self.texts.items]

    def _scale(self, name: str) -> Scale:
        item, field = self.texts.items[name], self[name]
        return Scale(name, item.today, item, field.value() or "", [str(error) for error in field.errors])


class PgicForm(AnswerForm):
    key = Form.PGIC
    change = forms.TypedChoiceField(coerce=int, choices=[(step, step) for step in PGIC_STEPS])

    def steps(self) -> list[tuple[str, str, bool]]:
        """Each step: what is sent, its words, whether it was chosen before an error."""
        chosen = str(self["change"].value() or "")
        return [
            (str(step), words, str(step) == chosen)
            for step, words in zip(PGIC_STEPS, self.texts.steps, strict=True)
        ]


class CheckForm(AnswerForm):
    """To tick a sign and choose "none of these" is a contradiction: it is asked about, never guessed."""

    key = Form.CHECK
    signs = forms.MultipleChoiceField(
        required=False, choices=[(sign, sign) for signs in SIGNS.values() for sign in signs]
    )
    rescue = forms.TypedChoiceField(
        required=False, coerce=lambda word: word == "yes", choices=[("yes", "yes"), ("no", "no")]
    )
    button = forms.ChoiceField(required=False, choices=[(NONE, NONE), (SOME, SOME)])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("signs") and said.get("button") == NONE:
            raise forms.ValidationError(self.texts.contradiction)
        if not said.get("signs") and said.get("button") != NONE:
            raise forms.ValidationError(self.texts.nothing_chosen)
        return said

    def said(self) -> dict[str, Any]:
        rescue = self.cleaned_data["rescue"]
        return {
            "signs": self.cleaned_data["signs"],
            "words": worded("calling", CALLING, self.language, clinic=self.clinic).version,
            **({} if rescue == "" else {"rescue": rescue}),
        }

    def signs_in_words(self) -> list[tuple[str, str, bool]]:
        """Each sign: its key, its words, whether it was ticked before an error."""
        ticked = self["signs"].value() or ()
        return [
            (key, words, key in ticked)
            for key, words in sign_words(self.language, clinic=self.clinic).items()
        ]

    def rescue_chosen(self) -> str:
        return str(self["rescue"].value() or "")


FORM_CLASSES: Mapping[Form, type[AnswerForm]] = {one.key: one for one in (CheckForm, PegForm, PgicForm)}
