"""Several injections of one region on one chart, with the relief of each."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from tracker.access import Actor
from tracker.charts.overlay import describe_overlay
from tracker.domain.roles import Permission
from tracker.queries.series import InjectionSeries, NoSeries, injection_series
from tracker.web.actors import for_staff
from tracker.web.chart import overlay_response
from tracker.web.clinic.pages import page


@for_staff(Permission.SEE_PATIENTS)
@require_safe
def show(request: HttpRequest, actor: Actor, injection: UUID) -> HttpResponse:
    found = _found(actor, injection)
    return page(
        request,
        actor,
        "series",
        series=found,
        description=describe_overlay(found.overlay),
        injection=injection,
        back=reverse("clinic:injection", args=[injection]),
    )


@for_staff(Permission.SEE_PATIENTS)
@require_safe
def chart(request: HttpRequest, actor: Actor, injection: UUID) -> HttpResponse:
    return overlay_response(request, _found(actor, injection).overlay)


def _found(actor: Actor, injection: UUID) -> InjectionSeries:
    try:
        return injection_series(actor=actor, injection=injection)
    except NoSeries:
        raise Http404 from None
