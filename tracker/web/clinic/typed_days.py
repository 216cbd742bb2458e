"""A whole diary typed in at once: from paper, or what a patient says on the telephone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tracker.access import Actor
from tracker.actions import diary
from tracker.actions.diary import Outcome
from tracker.content.diary import DIARY
from tracker.content.languages import in_language
from tracker.domain.roles import Permission
from tracker.domain.sync import Verdict
from tracker.domain.track import Source, Timing
from tracker.queries.typed_days import NoSheet, TypedDays, paper_days, telephone_days
from tracker.web.actors import for_staff
from tracker.web.clinic.pages import UNPROCESSABLE, page
from tracker.web.clinic.typed_forms import TypedRows, changes_in
from tracker.web.clinic.words import number_of_days


@dataclass(frozen=True, slots=True)
class Kind:
    """Where the rows come from, and the words that say so."""

    source: Source
    title: str
    days: Callable[..., TypedDays]
    saved_from: str


PAPER = Kind(Source.PAPER, "Type in a diary on paper", paper_days, "from paper")
TELEPHONE = Kind(Source.TELEPHONE, "Diary by telephone", telephone_days, "by telephone")


@for_staff(Permission.EDIT_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, actor: Actor, injection: UUID) -> HttpResponse:
    """The printed diary, a row a day; rows that say nothing new are not saved."""
    return _typed(request, actor, injection, PAPER)


@for_staff(Permission.EDIT_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def telephone(request: HttpRequest, actor: Actor, injection: UUID) -> HttpResponse:
    """Today and yesterday, as the patient says them on the telephone."""
    return _typed(request, actor, injection, TELEPHONE)


def _typed(request: HttpRequest, actor: Actor, injection: UUID, kind: Kind) -> HttpResponse:
    now = timezone.now()
    try:
        found = kind.days(actor=actor, injection=injection, now=now, opened_on=_opened_on(request))
    except NoSheet:
        raise Http404 from None
    rows = TypedRows(found.days, request.POST.dict() if request.method == "POST" else None)
    if request.method == "POST" and rows.is_valid():
        return _save(request, actor, injection, kind, found, rows, now)
    return page(
        request,
        actor,
        "typed_days",
        status=UNPROCESSABLE if rows.is_bound else 200,
        title=kind.title,
        by_telephone=kind is TELEPHONE,
        patient=found.patient,
        texts=in_language(DIARY, found.patient.language),
        rows=rows,
        has_recalled=any(not day.timing.is_scored for day in found.days),
        opened_on=found.today,
        back=reverse("clinic:injection", args=[injection]),
    )


def _opened_on(request: HttpRequest) -> date | None:
    """The day on which the page was opened that is being sent."""
    try:
        return date.fromisoformat(request.POST.get("opened_on", ""))
    except ValueError:
        return None


def _save(
    request: HttpRequest,
    actor: Actor,
    injection: UUID,
    kind: Kind,
    found: TypedDays,
    rows: TypedRows,
    now: datetime,
) -> HttpResponse:
    outcomes = diary.record(
        by=actor, patient=found.patient, changes=changes_in(rows, now=now), now=now, source=kind.source
    )
    messages.success(request, saved_words(outcomes, kind.saved_from))
    return redirect("clinic:injection", injection)


def saved_words(outcomes: tuple[Outcome, ...], where_from: str) -> str:
    """How many days were saved, and how many of them came too late to be scored."""
    entries = [one.entry for one in outcomes if one.entry and one.verdict != Verdict.INVALID]
    if not entries:
        return "Nothing new: no day was changed."
    late = sum(not Timing(entry.timing).is_scored for entry in entries)
    saved = f"Saved {where_from}: {number_of_days(len(entries))}."
    if not late:
        return saved
    which = "all" if late == len(entries) else str(late)
    return f"{saved} Entered too late to be scored, shown as recalled: {which}."
