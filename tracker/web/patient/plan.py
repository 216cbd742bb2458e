"""The plan: before, the day itself, and after, with today's part first."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tracker.access import Device, can
from tracker.actions import responses
from tracker.actions.responses import FormChange, FormOutcome
from tracker.content.care import CARE, CareTexts
from tracker.content.languages import in_language
from tracker.domain.care import is_high
from tracker.domain.care_steps import Part
from tracker.domain.roles import Permission
from tracker.domain.sync import Verdict
from tracker.queries.care import CareSheet, care_of
from tracker.queries.clinic_texts import worded
from tracker.web.actors import for_phone, refuse
from tracker.web.care_words import Told, plan_words, sugar_log
from tracker.web.failures import STORAGE_FAILURES, is_passing, unavailable

from .pages import TRY_AGAIN, calling_of, page
from .plan_forms import QuestionForm, SugarForm, TickForm

SUGAR_SHOWN = timedelta(days=1)
"""A value above the limit keeps its advice on the page that day and the next."""


@for_phone(Permission.SEE_OWN_DIARY)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, actor: Device) -> HttpResponse:
    """Read it, tick a step, answer a question, or write down a sugar value."""
    now = timezone.now()
    sheet = care_of(patient=actor.patient, now=now)
    if request.method != "POST" or sheet is None:
        return _page(request, actor, sheet)
    if not can(actor, Permission.LOG_OWN_DIARY):
        return refuse(request, actor)
    form = _sent(request, sheet, in_language(CARE, actor.patient.language))
    if not form.is_valid():
        return _page(request, actor, sheet, form if isinstance(form, SugarForm) else None, status=422)
    change = form.change(sheet, now)
    if change is None:
        return _page(request, actor, sheet, status=422)
    try:
        _record(change, actor=actor, now=now)
    except STORAGE_FAILURES as error:
        if not is_passing(error):
            raise
        return unavailable(_page(request, actor, sheet, problem=str(TRY_AGAIN)))
    return redirect(request.path)


def _sent(request: HttpRequest, sheet: CareSheet, texts: CareTexts) -> TickForm | QuestionForm | SugarForm:
    if "mg_dl" in request.POST:
        return SugarForm(request.POST, sheet=sheet, texts=texts)
    return QuestionForm(request.POST) if "question" in request.POST else TickForm(request.POST)


def _record(change: FormChange, *, actor: Device, now: datetime) -> FormOutcome:
    """Sent again after "back" with another answer, it is another answer."""
    given = {"by": actor, "patient": actor.patient, "now": now}
    (outcome,) = responses.record(changes=[change], **given)  # type: ignore[arg-type]  # as the action names them
    if outcome.verdict is Verdict.ID_REUSED:
        again = replace(change, client_id=uuid.uuid4())
        (outcome,) = responses.record(changes=[again], **given)  # type: ignore[arg-type]  # the same
    return outcome


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answer: None while there is none."""

    key: str
    text: str
    yes: bool | None

    @property
    def is_no(self) -> bool:
        return self.yes is False


def _page(
    request: HttpRequest,
    actor: Device,
    sheet: CareSheet | None,
    sugar: SugarForm | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    patient = actor.patient
    texts = worded("care", CARE, patient.language, clinic=patient.clinic)
    context = _context(sheet, texts, actor, sugar) if sheet else {}
    return page(
        request,
        "plan",
        actor=actor,
        tab="plan",
        status=status,
        sheet=sheet,
        texts=texts,
        problem=problem,
        calling=calling_of(actor),
        **context,
    )


def _context(sheet: CareSheet, texts: CareTexts, actor: Device, sugar: SugarForm | None) -> dict[str, Any]:
    patient = actor.patient
    told = plan_words(sheet, language=patient.language, clinic=patient.clinic)
    asked = _asked(sheet, texts)
    asks_sugar = sheet.plan.asks_sugar(sheet.day)
    return {
        "parts": _parts(told, sheet.day, is_done=sheet.is_performed),
        "asked": asked,
        "has_to_call": any(one.yes for one in asked),
        "all_no": bool(asked) and all(one.yes is False for one in asked),
        "sugar": (sugar or SugarForm(sheet=sheet, texts=texts)) if asks_sugar else None,
        "sugar_log": sugar_log(sheet, texts),
        "is_sugar_high": _is_sugar_high(sheet),
        "client_id": uuid.uuid4,  # called by the template: each form has its own
        "days_to_go": -sheet.day,
    }


def _asked(sheet: CareSheet, texts: CareTexts) -> list[Asked]:
    """None once it is known that the injection was done."""
    if sheet.is_performed:
        return []
    questions = (one for one in sheet.plan.questions if one.holds(sheet.day))
    return [Asked(one.key, texts.questions[one.key], sheet.answers.yes.get(one.key)) for one in questions]


@dataclass(frozen=True, slots=True)
class Shown:
    """One list of steps. `is_open`: about today; else folded away below it."""

    part: Part
    steps: tuple[Told, ...]
    is_open: bool


def _parts(told: tuple[Told, ...], day: int, *, is_done: bool) -> list[Shown]:
    """Today's lists first. After the day what holds today stands open, and every step by its days below."""
    by_part = {part: tuple(one for one in told if one.step.part is part) for part in Part}
    after_today = tuple(one for one in by_part[Part.AFTER] if one.step.holds(day))
    if day > 0:
        return [
            *([Shown(Part.AFTER, after_today, is_open=True)] if after_today else []),
            Shown(Part.AFTER, by_part[Part.AFTER], is_open=False),
        ]
    before = tuple(one for one in by_part[Part.BEFORE] if one.step.last_day >= day)
    if day == 0 and is_done:
        return [
            Shown(Part.AFTER, after_today, is_open=True),
            Shown(Part.DAY, by_part[Part.DAY], is_open=False),
            Shown(Part.AFTER, by_part[Part.AFTER], is_open=False),
        ]
    return [
        Shown(Part.BEFORE, before, is_open=True),
        Shown(Part.DAY, by_part[Part.DAY], is_open=day == 0),
        Shown(Part.ABOUT, by_part[Part.ABOUT], is_open=False),
        Shown(Part.AFTER, by_part[Part.AFTER], is_open=False),
    ]


def _is_sugar_high(sheet: CareSheet) -> bool:
    limit = sheet.care.figures.sugar_limit
    recent = (mg_dl for (on, _), mg_dl in sheet.answers.sugar.items() if on >= sheet.today - SUGAR_SHOWN)
    return any(is_high(mg_dl, limit=limit) for mg_dl in recent)
