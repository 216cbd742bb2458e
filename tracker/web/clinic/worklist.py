"""The worklist: everybody who was injected, those who need somebody first."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from tracker.access import Membership, can
from tracker.charts.sparkline import VIEW_BOX
from tracker.content.staff import LEVELS
from tracker.domain.roles import Permission
from tracker.domain.track import Source
from tracker.queries.audit_reviews import unread_review
from tracker.queries.erasure import number_due
from tracker.queries.locked_invitations import locked_invitations
from tracker.queries.worklist import PAGE_SIZE, SORTS, BadCursor, WorklistLine, worklist
from tracker.web.actors import for_staff
from tracker.web.clinic.pages import page
from tracker.web.clinic.record_rows import SOURCES
from tracker.web.clinic.words import day_words, signed, silence, standing

SIZES = (25, PAGE_SIZE, 100, 500)
ADDRESSED = ("label", "sort", "size", "after")
"""What may stand in an address: none of it says who anybody is."""

Row = tuple[object, ...]


@for_staff(Permission.SEE_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, actor: Membership) -> HttpResponse:
    """One page of the list. Its address can be bookmarked; a search is posted, as addresses hold no names."""
    sent = request.POST if request.method == "POST" else request.GET
    asked = {name: _clean(sent.get(name, "")) for name in ADDRESSED}
    search = _clean(request.POST.get("q", ""))
    if request.method == "POST" and not search:
        return redirect(reverse("clinic:worklist") + _address(asked))
    size = int(asked["size"]) if asked["size"] in map(str, SIZES) else PAGE_SIZE
    try:
        found = worklist(
            actor=actor,
            now=timezone.now(),
            search=search,
            label=asked["label"],
            sort=asked["sort"],
            cursor=asked["after"],
            size=size,
        )
    except BadCursor as error:
        return page(
            request, actor, "worklist_lost", status=400, problem=error, first=_address(asked, after="")
        )
    return page(
        request,
        actor,
        "worklist",
        view_box=SafeString(VIEW_BOX),
        rows=[_row(line) for line in found.lines],
        locked=() if asked["after"] else locked_invitations(actor=actor, now=timezone.now()),
        asked=asked
        | {"q": search, "size": size, "sort": asked["sort"] if asked["sort"] in SORTS else "attention"},
        labels=found.labels,
        everybody=found.patients(),
        matching=found.patients(asked["label"]),
        sorts=[(name, sort.title) for name, sort in SORTS.items()],
        sizes=SIZES,
        first=_address(asked, after=""),
        following=_address(asked, after=found.next_cursor or ""),
        next_cursor=found.next_cursor,
        unread=unread_review(actor=actor, now=timezone.now()) if can(actor, Permission.SEE_AUDIT) else None,
        due=number_due(member=actor, now=timezone.now()) if can(actor, Permission.ERASE_PATIENTS) else 0,
    )


def _clean(text: str) -> str:
    return text.replace("\0", "").strip()


def _address(asked: dict[str, str], **changes: str) -> str:
    """The list so narrowed, as a link that keeps to the same page."""
    return "?" + urlencode({name: text for name, text in (asked | changes).items() if text})


def _last_day(day: int, source: Source | None) -> str:
    """The day of the last score; and who entered it, where that was not the patient."""
    by = "" if source in (None, Source.PATIENT) else SOURCES[source]
    return f"{day_words(day)}, {by}" if by else day_words(day)


def _row(line: WorklistLine) -> Row:
    """A line as plain strings: the template only places them, which is what keeps 500 lines fast.

    What people typed is escaped there. The other strings are words and numbers of our own, and say so:
    to look for markup in them takes half the time of the page.
    """
    ours = (
        str(line.public_id),
        "" if line.day is None else standing(line.day),
        line.title,
        line.attention.name.lower() if line.attention else "",
        LEVELS[line.attention],
        "; ".join(line.reasons),
        "" if line.last_pain is None else str(line.last_pain),
        "" if line.last_day is None else _last_day(line.last_day, line.last_source),
        "" if line.change is None else signed(line.change),
        "" if line.silent_days is None else silence(line.silent_days),
        line.spark,
    )
    return (line.name, line.record_number, *map(SafeString, ours))
