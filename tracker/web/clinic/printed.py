"""The diary on paper, for a patient without a phone: printed from the record, typed in later."""

from __future__ import annotations

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

FIRST_PAGE_DAYS = 8
"""What fits below the heading on a sheet of Letter paper, the shorter of the two formats."""


@for_staff(Permission.EDIT_PATIENTS)
@require_safe
def diary_sheet(request: HttpRequest, actor: Actor, injection: UUID) -> HttpResponse:
    """Two pages to print, in the patient's language."""
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
        pages=(days[:FIRST_PAGE_DAYS], days[FIRST_PAGE_DAYS:]),
        scores=SCORES,
        back=reverse("clinic:injection", args=[injection]),
    )


def _title(words: str, number: int, injection_day: str) -> str:
    return words.format(number=number) if number else injection_day
