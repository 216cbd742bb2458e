"""The forms of the day of an injection: when it was, and a score at one of its moments."""

from __future__ import annotations

import uuid
from datetime import datetime, time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.actions.responses import FormChange
from tracker.content.dates import clock
from tracker.content.diary import DIARY
from tracker.content.languages import in_language
from tracker.domain.forms import BEFORE, Form
from tracker.domain.hours import Stage, started
from tracker.domain.procedure import Status
from tracker.queries.right_now import Moment, RightNow

from .forms import STALE, Scale, ScoreField

CHOOSE_MOMENT = _("Choose when.")
YES, NO = "yes", "no"


class DayForm(forms.Form):
    """An answer about the day of an injection. `client_id` is made with the page: a double tap stores one."""

    client_id = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": STALE, "invalid": STALE}
    )

    def __init__(self, offered: RightNow, *, language: str, data: Any = None) -> None:
        super().__init__(data, initial={"client_id": uuid.uuid4()}, auto_id=False)
        self.offered, self.texts = offered, in_language(DIARY, language)

    def problems(self) -> list[str]:
        """Errors that belong to no question."""
        return [*self.non_field_errors(), *self["client_id"].errors]

    def _change(self, form: Form, said: dict[str, Any], *, part: str, now: datetime) -> FormChange:
        on = self.offered.injection.injected_on
        return FormChange(self.cleaned_data["client_id"], form, on, said, now, part)


class Line(NamedTuple):
    """A moment as the page lists it: what is sent, its words, when, how it stands, if it can be chosen."""

    key: str
    words: str
    at: str
    stage: str
    can_choose: bool
    is_chosen: bool


class RightNowForm(DayForm):
    """A score at one of the moments on offer, and after a block whether a pain reliever was taken."""

    moment = forms.ChoiceField(
        error_messages={"required": CHOOSE_MOMENT, "invalid_choice": CHOOSE_MOMENT},
    )
    pain = ScoreField(label=_("Pain"))
    reliever = forms.ChoiceField(required=False, choices=[(YES, YES), (NO, NO)])

    def __init__(self, offered: RightNow, *, language: str, data: Any = None) -> None:
        super().__init__(offered, language=language, data=data)
        keys = [_key(moment) for moment in offered.moments if offered.takes(moment)]
        self.fields["moment"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        is_asked = self.offered.is_diagnostic and said.get("moment") not in (None, BEFORE)
        if is_asked and not said.get("reliever") and "reliever" not in self.errors:
            self.add_error("reliever", self.texts.hours.rescue_missing)
        return said

    def lines(self) -> list[Line]:
        """Every moment of the day in order; what is due is chosen beforehand."""
        due = self.offered.due
        chosen = self["moment"].value() or ("" if self.is_bound or due is None else _key(due))
        return [
            Line(
                _key(moment),
                self.texts.moment(moment.minutes),
                clock(time.fromisoformat(moment.at)) if moment.at else "",
                self._stage(moment),
                self.offered.takes(moment),
                _key(moment) == chosen,
            )
            for moment in self.offered.moments
        ]

    def _stage(self, moment: Moment) -> str:
        hours = self.texts.hours
        match moment.stage:
            case Stage.SAVED:
                return hours.given if moment.pain is None else hours.given_score.format(score=moment.pain)
            case Stage.NOW:
                return hours.due
            case Stage.AHEAD:
                return hours.ahead(moment.minutes_left)
            case Stage.MISSED:
                return hours.missed
            case _:
                return ""

    def can_give(self) -> bool:
        return any(self.offered.takes(moment) for moment in self.offered.moments)

    def scale(self) -> Scale:
        item = self.texts.pain_now_moving if self.offered.is_diagnostic else self.texts.pain_now
        return _scale(self, item)

    def reliever_chosen(self) -> str:
        return str(self["reliever"].value() or "")

    def change(self, *, now: datetime) -> FormChange:
        """What a valid form says."""
        said: dict[str, Any] = {"pain": self.cleaned_data["pain"]}
        part = self.cleaned_data["moment"]
        if self.offered.is_diagnostic and part != BEFORE:
            said["rescue"] = self.cleaned_data["reliever"] == YES
        return self._change(Form.READING, said, part=part, now=now)


class FirstScoreForm(DayForm):
    """The score before the injection: right now, or as it was once the injection is done."""

    pain = ScoreField(label=_("Pain"))

    def scale(self) -> Scale:
        is_over = self.offered.injection.status == Status.PERFORMED
        return _scale(self, self.texts.pain_before if is_over else self.texts.pain_now)

    def change(self, *, now: datetime) -> FormChange:
        """What a valid form says."""
        return self._change(Form.READING, {"pain": self.cleaned_data["pain"]}, part=BEFORE, now=now)


class StartForm(DayForm):
    """When the injection was, by the patient's clock. A time that has not come is a slip of the finger."""

    at = forms.TimeField(input_formats=["%H:%M"])

    def __init__(
        self, offered: RightNow, *, language: str, now: datetime, zone: ZoneInfo, data: Any = None
    ) -> None:
        super().__init__(offered, language=language, data=data)
        self.now, self.zone = now, zone
        missing = self.texts.hours.when_missing
        self.fields["at"].error_messages = {"required": missing, "invalid": missing}
        self.initial["at"] = offered.started_at or ""

    def clean_at(self) -> str:
        at = f"{self.cleaned_data['at']:%H:%M}"
        if started(at, on=self.offered.injection.injected_on, zone=self.zone) > self.now:
            raise forms.ValidationError(self.texts.hours.not_come)
        return at

    def change(self, *, now: datetime) -> FormChange:
        """What a valid form says."""
        return self._change(Form.START, {"at": self.cleaned_data["at"]}, part="", now=now)


def _scale(form: DayForm, item: Any) -> Scale:
    field = form["pain"]
    return Scale("pain", item.today, item, field.value() or "", [str(error) for error in field.errors])


def _key(moment: Moment) -> str:
    return BEFORE if moment.minutes is None else str(moment.minutes)
