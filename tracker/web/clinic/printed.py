"""The diary on paper, for a patient without a phone: printed from the record, typed in later."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from tracker.access import Actor
from tracker.content.diary import DIARY
from tracker.content.languages import in_language
from tracker.content.paper import PAPER
from tracker.domain.roles import Permission
from tracker.domain.scales import SCORES
from tracker.queries.printed_diary import printed_diary
from tracker.queries.typed_days import NoSheet
from tracker.web.actors import for_staff
from tracker.web.calling_words import calling_words
from tracker.web.clinic.pages import page

FIRST_PAGE_DAYS, NEXT_PAGE_DAYS, LAST_PAGE_DAYS = 8, 10, 7
"""What fits on a sheet of Letter paper, the shorter of the two formats: below the heading and how to fill it
in, below the heading alone, and between it and when to call."""

Day = tuple[str, date]
"""Its title and its date."""


@for_staff(Permission.EDIT_PATIENTS)
@require_safe
def diary_sheet(request: HttpRequest, actor: Actor, injection: UUID) -> HttpResponse:
    """Pages to print, in the patient's language: two for the usual 14 days."""
    try:
        found = printed_diary(actor=actor, injection=injection)
    except NoSheet:
        raise Http404 from None
    texts = in_language(PAPER, found.language)
    days = [(_title(texts.day, number, texts.injection_day), on) for number, on in enumerate(found.days)]
    return page(
        request,
        actor,
        "printed_diary",
        sheet=found,
        texts=texts,
        items=in_language(DIARY, found.language),
        calling=calling_words(found.language, clinic=actor.clinic),
        pages=_sheets(days),
        scores=SCORES,
        back=reverse("clinic:injection", args=[injection]),
    )


def _sheets(days: list[Day]) -> list[list[Day]]:
    """The days of each sheet of paper. On the last one, which says when to call, there may be none."""
    sheets, rest = [days[:FIRST_PAGE_DAYS]], days[FIRST_PAGE_DAYS:]
    while len(rest) > LAST_PAGE_DAYS:
        sheets.append(rest[:NEXT_PAGE_DAYS])
        rest = rest[NEXT_PAGE_DAYS:]
    return [*sheets, rest]


def _title(words: str, number: int, injection_day: str) -> str:
    return words.format(number=number) if number else injection_day
