"""The worklist: everybody who was injected, those who need somebody first."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from tracker.access import Actor
from tracker.content.staff import LEVELS
from tracker.domain.roles import Permission
from tracker.queries.worklist import PAGE_SIZE, SORTS, BadCursor, WorklistLine, worklist
from tracker.web.actors import for_staff
from tracker.web.clinic.pages import page
from tracker.web.clinic.words import day_words, signed, silence, standing

SIZES = (25, PAGE_SIZE, 100, 500)
Row = tuple[object, ...]


@for_staff(Permission.SEE_PATIENTS)
@require_safe
def show(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One page of the list, as its address asks for it: it can be bookmarked."""
    asked = {name: _asked(request, name) for name in ("q", "label", "sort", "size")}
    size = int(asked["size"]) if asked["size"] in map(str, SIZES) else PAGE_SIZE
    try:
        found = worklist(
            actor=actor,
            now=timezone.now(),
            search=asked["q"],
            label=asked["label"],
            sort=asked["sort"],
            cursor=request.GET.get("after", ""),
            size=size,
        )
    except BadCursor as error:
        return page(request, actor, "worklist_lost", status=400, problem=error, first=_address(asked))
    return page(
        request,
        actor,
        "worklist",
        rows=[_row(line) for line in found.lines],
        asked=asked | {"size": size, "sort": asked["sort"] if asked["sort"] in SORTS else "attention"},
        labels=found.labels,
        everybody=found.patients(),
        matching=found.patients(asked["label"]),
        sorts=[(name, sort.title) for name, sort in SORTS.items()],
        sizes=SIZES,
        first=_address(asked) if request.GET.get("after") else "",
        following=_address(asked, after=found.next_cursor) if found.next_cursor else "",
    )


def _asked(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\0", "").strip()


def _address(asked: dict[str, str], **more: str) -> str:
    return "?" + urlencode({name: text for name, text in (asked | more).items() if text})


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
        "" if line.last_day is None else day_words(line.last_day),
        "" if line.change is None else signed(line.change),
        "" if line.silent_days is None else silence(line.silent_days),
        line.spark,
    )
    return (line.name, line.record_number, *map(SafeString, ours))
