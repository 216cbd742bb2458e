"""The diary: today's entry, any other day's, and the list of all."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tracker.access import Device, can
from tracker.actions import diary as actions
from tracker.actions.diary import Outcome
from tracker.content.course import COURSE
from tracker.content.diary import DIARY
from tracker.content.forms import FORMS
from tracker.content.languages import in_language
from tracker.domain.roles import Permission
from tracker.domain.schedule import rhythm
from tracker.domain.sync import Change, Verdict
from tracker.queries import today as queries
from tracker.queries.clinic_texts import worded
from tracker.queries.reach import reaches
from tracker.queries.today import History, Today
from tracker.web.actors import for_phone, refuse
from tracker.web.course_words import marks_of, rhythm_words
from tracker.web.failures import STORAGE_FAILURES, is_passing, unavailable

from .confirm import STEPS_UP, stepped_up, to_step_up
from .forms import EntryForm
from .pages import TRY_AGAIN, page


@for_phone(Permission.LOG_OWN_DIARY, Permission.SEE_OWN_DIARY)
@require_safe
def today(request: HttpRequest, actor: Device) -> HttpResponse:
    """What to do today: the form, or what is saved already, and the days that are still missing.

    It is where every phone begins: who may only read is led on to the course.
    """
    if not can(actor, Permission.LOG_OWN_DIARY):
        return redirect("patient:course")
    now = timezone.now()
    shown = queries.today(reader=actor, now=now, saved=_date(request.GET.get("saved")))
    language, sheet = actor.patient.language, shown.sheet
    course = worded("course", COURSE, language, clinic=actor.patient.clinic)
    return page(
        request,
        "today",
        actor=actor,
        tab="today",
        shown=shown,
        sheet=sheet,
        form=EntryForm(sheet, language=language),
        reasons_to_call=[course.reasons_to_call[reason] for reason in shown.reasons_to_call],
        call_once=course.call_once,
        forms=in_language(FORMS, language),
        to_answer=_to_answer(shown, language),
        rhythm=rhythm_words(rhythm(sheet.schedule_day, rules=sheet.rules), sheet.rules, language=language),
    )


def _to_answer(shown: Today, language: str) -> list[tuple[str, str]]:
    """The forms that today still asks for, with the words that lead to each."""
    texts = in_language(FORMS, language)
    waiting = [one.asked.form.value for one in shown.forms if one.answer is None]
    return [(form, getattr(texts, form).offer) for form in waiting]


@for_phone(Permission.LOG_OWN_DIARY)
@require_http_methods(["GET", "HEAD", "POST"])
def day(request: HttpRequest, actor: Device, on: date) -> HttpResponse:
    """One day's entry: add a missed one or correct what is there."""
    now = timezone.now()
    if not reaches(reader=actor, on=on, now=now):
        return to_step_up("patient:earlier") if can(actor, STEPS_UP) else refuse(request, actor)
    sheet = queries.sheet(reader=actor, on=on, now=now)
    form = EntryForm(
        sheet, language=actor.patient.language, data=request.POST if request.method == "POST" else None
    )
    if request.method == "POST" and form.is_valid():
        try:
            outcome = _save(form.change(now=now), actor=actor, now=now)
        except STORAGE_FAILURES as error:
            if not is_passing(error):
                raise
            form.add_error(None, TRY_AGAIN)
            return unavailable(_form_page(request, actor, form))
        if outcome.verdict is not Verdict.INVALID:
            return redirect(f"{reverse('patient:today')}?{urlencode({'saved': on.isoformat()})}")
        form.add_error(outcome.field if outcome.field in form.fields else None, outcome.problem)
    return _form_page(request, actor, form, status=422 if request.method == "POST" else 200)


@for_phone(Permission.SEE_OWN_DIARY)
@require_safe
def history(request: HttpRequest, actor: Device) -> HttpResponse:
    """Every logged day as far as a phone reaches, newest first, each with a way to correct it."""
    logged = queries.history(reader=actor, now=timezone.now(), before=_date(request.GET.get("before")))
    return _days_page(request, actor, "history", logged)


@for_phone(STEPS_UP)
@require_safe
@stepped_up
def earlier(request: HttpRequest, actor: Device) -> HttpResponse:
    """The days before those."""
    logged = queries.earlier(reader=actor, now=timezone.now(), before=_date(request.GET.get("before")))
    return _days_page(request, actor, "earlier", logged)


def _days_page(request: HttpRequest, actor: Device, template: str, logged: History) -> HttpResponse:
    texts = in_language(DIARY, actor.patient.language)
    days = [(one, marks_of(one.entry, texts)) for one in logged.days]
    may_go_on = logged.goes_on and can(actor, STEPS_UP)
    return page(
        request,
        template,
        actor=actor,
        tab="today",
        days=days,
        earlier_than=logged.earlier_than,
        goes_on=may_go_on,
    )


def _form_page(request: HttpRequest, actor: Device, form: EntryForm, *, status: int = 200) -> HttpResponse:
    sheet = form.sheet
    counts = sheet.timing.is_scored or sheet.is_future
    return page(
        request,
        "day",
        actor=actor,
        tab="today",
        status=status,
        form=form,
        sheet=sheet,
        not_counted="" if counts else form.texts.not_counted,
    )


def _save(said: Change, *, actor: Device, now: datetime) -> Outcome:
    """Store an entry. The same page sent again is the same entry.

    With other numbers (after "back") it is a correction of that entry.
    """
    outcome = _record(said, actor=actor, now=now)
    if outcome.verdict is Verdict.ID_REUSED and not _says_the_same(outcome, said):
        said = replace(said, client_id=uuid.uuid4(), replaces=said.client_id)
        outcome = _record(said, actor=actor, now=now)
    return outcome


def _record(said: Change, *, actor: Device, now: datetime) -> Outcome:
    (outcome,) = actions.record(by=actor, patient=actor.patient, changes=[said], now=now)
    return outcome


def _says_the_same(outcome: Outcome, said: Change) -> bool:
    entry = outcome.entry
    return entry is not None and (entry.describes_on, entry.pain, entry.soreness) == (
        said.day,
        said.pain,
        said.soreness,
    )


def _date(text: str | None) -> date | None:
    """A date of the query string; anything else counts as not given."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
