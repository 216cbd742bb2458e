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


def chart_response(request: HttpRequest, *, actor: Actor, injection: UUID | int) -> HttpResponse:
    """An injection's chart as SVG, or 304 where the reader's copy is still true: then no diary is read.

    `theme` and `size` come from the query string. Raises Http404 for a look that does not exist and for an
    injection that the actor cannot see. Without frames the answer is a 503.
    """
    look = _look(request)
    try:
        if (known := _still_true(request, actor, injection, look)) is not None:
            return known
        tag, chart = recovery_chart(actor=actor, injection=injection)
        svg = recovery_svg(chart, look, frames=_frames(settings.FRAMES_DIR))
    except NoChart:
        raise Http404 from None
    except FramesMissing as error:
        log.error("%s", error)
        return HttpResponse(NOT_READY, status=503, content_type="text/plain; charset=utf-8")
    return _tagged(HttpResponse(svg, content_type="image/svg+xml"), quote_etag(tag.etag(look)))


def _still_true(request: HttpRequest, actor: Actor, injection: UUID | int, look: Look) -> HttpResponse | None:
    """A 304, where the reader names the chart that would be sent."""
    if "If-None-Match" not in request.headers:
        return None
    etag = quote_etag(chart_tag(actor=actor, injection=injection).etag(look))
    answer = get_conditional_response(request, etag=etag)
    return None if answer is None else _tagged(answer, etag)


def _tagged(response: HttpResponse, etag: str) -> HttpResponse:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _look(request: HttpRequest) -> Look:
    look = LOOKS.get((request.GET.get("theme", "light"), request.GET.get("size", "phone")))
    if look is None:
        raise Http404
    return look


@cache
def _frames(folder: Path) -> FrameStore:
    """One store a process, so that every chart after the first finds its frame in memory."""
    return FrameStore(folder)
