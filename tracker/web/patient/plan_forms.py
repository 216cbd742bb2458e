"""What the plan's page sends: one tick, one answer to a question, or one sugar value."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.actions.responses import FormChange
from tracker.content.care import CareTexts
from tracker.domain.care_steps import SUGAR_TIMES
from tracker.domain.forms import MG_DL, Form
from tracker.queries.care import CareSheet

from .forms import STALE


class _Sent(forms.Form):
    """`client_id` is made with the page, so that a double tap stores one answer."""

    client_id = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": STALE, "invalid": STALE}
    )


class TickForm(_Sent):
    step = forms.CharField()
    done = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda word: word == "1")

    def change(self, sheet: CareSheet, now: datetime) -> FormChange | None:
        """None for a step that this plan does not have."""
        said = self.cleaned_data
        if sheet.plan.ticked(said["step"]) is None:
            return None
        return FormChange(
            said["client_id"], Form.PREPARATION, sheet.today, {"done": said["done"]}, now, said["step"]
        )


class QuestionForm(_Sent):
    question = forms.CharField()
    yes = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda word: word == "1")

    def change(self, sheet: CareSheet, now: datetime) -> FormChange | None:
        said = self.cleaned_data
        if not sheet.plan.asks(said["question"], day=sheet.day):
            return None
        return FormChange(
            said["client_id"], Form.QUESTION, sheet.today, {"yes": said["yes"]}, now, said["question"]
        )


class SugarForm(_Sent):
    """Of today, or of yesterday for whoever forgot."""

    mg_dl = forms.IntegerField(
        min_value=MG_DL[0],
        max_value=MG_DL[-1],
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            _("Write the number on your meter, 20 to 1000."),
        ),
    )
    time = forms.ChoiceField(choices=[(one, one) for one in SUGAR_TIMES])
    on = forms.DateField()

    def __init__(self, data: Any = None, *, sheet: CareSheet, texts: CareTexts) -> None:
        super().__init__(data, initial={"client_id": uuid.uuid4()}, auto_id=False)
        self.sheet, self.texts = sheet, texts

    def times(self) -> list[tuple[str, str, bool]]:
        chosen = self["time"].value()
        return [(one, self.texts.sugar_times[one], one == chosen) for one in SUGAR_TIMES]

    def days(self) -> list[date]:
        """Today first; yesterday where sugar was asked about then."""
        found = (self.sheet.today - timedelta(days=back) for back in (0, 1))
        return [on for on in found if self._is_asked(on)]

    def _is_asked(self, on: date) -> bool:
        return self.sheet.plan.asks_sugar((on - self.sheet.injected_on).days)

    def change(self, sheet: CareSheet, now: datetime) -> FormChange | None:
        said = self.cleaned_data
        if said["on"] not in self.days():
            return None
        return FormChange(
            said["client_id"], Form.SUGAR, said["on"], {"mg_dl": said["mg_dl"]}, now, said["time"]
        )
