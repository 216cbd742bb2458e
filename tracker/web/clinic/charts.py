"""The chart on the clinic's pages, and its picture for a letter: asked for here, drawn by a worker."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tracker.access import Actor, injections_visible_to
from tracker.actions import pictures
from tracker.domain.roles import Permission
from tracker.queries.charts import NoChart
from tracker.queries.pictures import picture as picture_of
from tracker.queries.pictures import picture_png
from tracker.web.actors import for_staff
from tracker.web.chart import chart_response
from tracker.web.clinic.pages import page
from tracker.web.rows import row_or_404


@for_staff(Permission.SEE_PATIENTS)
@require_safe
def svg(request: HttpRequest, actor: Actor, injection: UUID) -> HttpResponse:
    return chart_response(request, actor=actor, injection=injection)


@for_staff(Permission.SEE_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def picture(request: HttpRequest, actor: Actor, injection: UUID) -> HttpResponse:
    """POST asks for the picture; GET says how far it is and looks again by itself until it is there."""
    try:
        if request.method == "POST":
            it = row_or_404(injections_visible_to(actor), injection)
            pictures.ask(by=actor, injection=it, now=timezone.now())
            return redirect("clinic:picture", injection)
        found = picture_of(actor=actor, injection=injection)
    except NoChart:
        raise Http404 from None
    return page(request, actor, "picture", picture=found, injection=injection)


@for_staff(Permission.SEE_PATIENTS)
@require_safe
def png(request: HttpRequest, actor: Actor, injection: UUID) -> HttpResponse:
    try:
        return HttpResponse(picture_png(actor=actor, injection=injection), content_type="image/png")
    except NoChart:
        raise Http404 from None
