"""The recovery chart over HTTP: one answer for the patient's page and for the clinic's."""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path
from typing import get_args
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from tracker.access import Actor
from tracker.charts.chart import Look, Size, Theme
from tracker.charts.recovery import FramesMissing, FrameStore, recovery_svg
from tracker.queries.charts import NoChart, chart_tag, recovery_chart

log = logging.getLogger(__name__)

LOOKS = {(theme, size): Look(theme, size) for theme in get_args(Theme) for size in get_args(Size)}

NOT_READY = "The chart cannot be drawn just now. The scores are safe; the table below shows them.\n"


def chart_response(request: HttpRequest, *, actor: Actor, injection: UUID) -> HttpResponse:
    """An injection's chart as SVG, or 304 where the reader's copy is still true: then no diary is read.

    `theme` and `size` come from the query string. Raises Http404 for a look that does not exist and for an
    injection that the actor cannot see. Without frames the answer is a 503.
    """
    look = _look(request)
    try:
        tag = chart_tag(actor=actor, injection=injection)
    except NoChart:
        raise Http404 from None
    etag = quote_etag(tag.etag(look))
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        try:
            answer = _drawn(tag.injection_id, look)
        except FramesMissing as error:
            log.error("%s", error)
            return HttpResponse(NOT_READY, status=503, content_type="text/plain; charset=utf-8")
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _look(request: HttpRequest) -> Look:
    look = LOOKS.get((request.GET.get("theme", "light"), request.GET.get("size", "phone")))
    if look is None:
        raise Http404
    return look


def _drawn(injection_id: int, look: Look) -> HttpResponse:
    svg = recovery_svg(recovery_chart(injection_id=injection_id), look, frames=_frames(settings.FRAMES_DIR))
    return HttpResponse(svg, content_type="image/svg+xml")


@cache
def _frames(folder: Path) -> FrameStore:
    """One store a process, so that every chart after the first finds its frame in memory."""
    return FrameStore(folder)
