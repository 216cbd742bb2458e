"""How far the picture of a chart has come, and the picture itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from tracker import trail
from tracker.access import Actor, injections_visible_to
from tracker.charts.chart import Look
from tracker.models import ChartPicture
from tracker.queries.charts import NoChart, chart_tag

PRINT_LOOK = Look(theme="light", size="wide")
"""A picture leaves the screen: it is printed or put into a letter."""


class State(StrEnum):
    NONE = "none"
    DRAWING = "drawing"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Picture:
    """`is_current` is false where the diary has changed since the picture was drawn."""

    state: State
    is_current: bool


def picture(*, actor: Actor, injection: UUID) -> Picture:
    """The state of an injection's picture, in two statements that read none of its bytes. Raises NoChart."""
    tag = chart_tag(actor=actor, injection=injection).etag(PRINT_LOOK)
    row = (
        _pictures(actor, injection)
        .annotate(is_drawn=Q(png__isnull=False), has_failed=Q(failed_at__isnull=False))
        .values_list("tag", "is_drawn", "has_failed")
        .first()
    )
    if row is None:
        return Picture(State.NONE, False)
    drawn_from, is_drawn, has_failed = row
    state = State.READY if is_drawn else State.FAILED if has_failed else State.DRAWING
    return Picture(state, drawn_from == tag)


def picture_png(*, actor: Actor, injection: UUID) -> bytes:
    """The bytes of a picture that is ready. Raises NoChart where none is."""
    found = (
        _pictures(actor, injection)
        .filter(png__isnull=False)
        .values_list("png", "injection__patient_id")
        .first()
    )
    if found is None:
        raise NoChart
    png, patient_id = found
    trail.saw([patient_id])
    return bytes(png or b"")


def look_name(look: Look) -> str:
    """How a look is stored with its picture; `look_of` reads it back."""
    return f"{look.theme}-{look.size}-{look.language}"


def look_of(name: str) -> Look:
    return Look(*name.split("-"))  # type: ignore[arg-type]  # look_name wrote it


def _pictures(actor: Actor, injection: UUID) -> QuerySet[ChartPicture]:
    visible = injections_visible_to(actor).filter(public_id=injection, assessment__isnull=False)
    return ChartPicture.objects.filter(injection__in=visible, look=look_name(PRINT_LOOK))
