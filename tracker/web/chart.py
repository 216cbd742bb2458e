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
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tracker.access import Actor, Device
from tracker.charts.chart import Language, Look, Size, Theme
from tracker.charts.overlay import Overlay, overlay_svg
from tracker.charts.recovery import FramesMissing, FrameStore, recovery_svg
from tracker.queries.charts import NoChart, chart_tag, recovery_chart

log = logging.getLogger(__name__)

LOOKS = {
    (theme, size, language): Look(theme, size, language)
    for theme in get_args(Theme)
    for size in get_args(Size)
    for language in get_args(Language)
}

NOT_READY = _("The chart cannot be drawn just now. The scores are safe; the table below shows them.")


def chart_response(request: HttpRequest, *, actor: Actor, injection: UUID | int) -> HttpResponse:
    """An injection's chart as SVG, or 304 where the reader's copy is still true: then no diary is read.

    `theme` and `size` come from the query string, the language is the page's. Raises Http404 for a look that
    does not exist and for an injection that the actor cannot see. Without frames the answer is a 503.
    """
    look = look_asked(request)
    try:
        if (known := _still_true(request, actor, injection, look)) is not None:
            return known
        tag, chart = recovery_chart(actor=actor, injection=injection)
        svg = recovery_svg(chart, look, frames=_frames(settings.FRAMES_DIR))
    except NoChart:
        raise Http404 from None
    except FramesMissing:
        log.error("A frame of the charts is missing: run `python manage.py buildframes`")
        return HttpResponse(f"{NOT_READY}\n", status=503, content_type="text/plain; charset=utf-8")
    answer = HttpResponse(svg, content_type="image/svg+xml")
    return _tagged(answer, quote_etag(tag.etag(look)), actor)


def _still_true(request: HttpRequest, actor: Actor, injection: UUID | int, look: Look) -> HttpResponse | None:
    """A 304, where the reader names the chart that would be sent."""
    if "If-None-Match" not in request.headers:
        return None
    etag = quote_etag(chart_tag(actor=actor, injection=injection).etag(look))
    answer = get_conditional_response(request, etag=etag)
    return None if answer is None else _tagged(answer, etag, actor)


def _tagged(response: HttpResponse, etag: str, actor: Actor) -> HttpResponse:
    """The reader's browser may keep it and asks each time; a borrowed phone keeps nothing."""
    is_borrowed = isinstance(actor, Device) and actor.is_borrowed
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-store" if is_borrowed else "private, no-cache"
    return response


def look_asked(request: HttpRequest) -> Look:
    asked = request.GET
    look = LOOKS.get((asked.get("theme", "light"), asked.get("size", "phone"), get_language()))
    if look is None or not asked.keys() <= {"theme", "size"}:
        raise Http404
    return look


@cache
def _frames(folder: Path) -> FrameStore:
    """One store a process, so that every chart after the first finds its frame in memory."""
    return FrameStore(folder)


def overlay_response(request: HttpRequest, overlay: Overlay) -> HttpResponse:
    """Several injections over one another, as SVG; nobody keeps it. Without frames the answer is a 503."""
    try:
        svg = overlay_svg(overlay, look_asked(request), frames=_frames(settings.FRAMES_DIR))
    except FramesMissing:
        log.error("A frame of the charts is missing: run `python manage.py buildframes`")
        return HttpResponse(NOT_READY, status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse(svg, content_type="image/svg+xml")
