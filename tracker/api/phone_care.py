"""The plan as a phone keeps it: in words, with the days of each step, so that it finds today's by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tracker.content.care import CARE, VERSION
from tracker.queries.care import CareSheet, care_of
from tracker.queries.clinic_texts import worded
from tracker.web.care_words import Told, plan_words


def care_block(patient: Any, now: datetime) -> dict[str, Any] | None:
    """The plan that the patient has to know about; two statements."""
    sheet = care_of(patient=patient, now=now)
    if sheet is None:
        return None
    texts = worded("care", CARE, patient.language, clinic=patient.clinic)
    steps = plan_words(sheet, language=patient.language, clinic=patient.clinic)
    return {
        "version": VERSION,
        "injected_on": sheet.injected_on.isoformat(),
        "is_performed": sheet.is_performed,
        "is_for_another_day": sheet.plan.is_for_another_day,
        "steps": [_step(told) for told in steps],
        "questions": [
            {
                "key": one.key,
                "text": texts.questions[one.key],
                "first_day": one.first_day,
                "last_day": one.last_day,
                "yes": sheet.answers.yes.get(one.key),
            }
            for one in sheet.plan.questions
        ],
        "sugar": _sugar(sheet),
    }


def _step(told: Told) -> dict[str, Any]:
    step = told.step
    return {
        "key": step.key,
        "part": step.part.value,
        "first_day": step.first_day,
        "last_day": step.last_day,
        "title": told.title,
        "text": told.text,
        "span": told.span,
        "can_tick": step.can_tick,
        "done": told.done,
    }


def _sugar(sheet: CareSheet) -> dict[str, Any] | None:
    if sheet.plan.sugar_last_day is None:
        return None
    return {
        "last_day": sheet.plan.sugar_last_day,
        "limit": sheet.care.figures.sugar_limit,
        "values": [
            {"on": on.isoformat(), "time": time, "mg_dl": mg_dl}
            for (on, time), mg_dl in sheet.answers.sugar.items()
        ],
    }
