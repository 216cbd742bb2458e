"""Where am I: the day, the expected phase, and the own scores as a chart, in words and as a table."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tracker.access import Device
from tracker.domain.roles import Permission
from tracker.queries import course as queries
from tracker.web.actors import for_phone
from tracker.web.chart import chart_response
from tracker.web.course_words import phase_texts, words_of

from .pages import calling_of, page


@for_phone(Permission.SEE_OWN_DIARY)
@require_safe
def course(request: HttpRequest, actor: Device) -> HttpResponse:
    """The patient's own course beside the expected one."""
    language, clinic = actor.patient.language, actor.patient.clinic
    found = queries.course(patient=actor.patient, now=timezone.now())
    phases = phase_texts(found.rules, language=language, clinic=clinic)
    steps = [(step, phases[step.key]) for step in found.steps]
    return page(
        request,
        "course",
        actor=actor,
        tab="course",
        course=found,
        days_to_go=-(found.day or 0),
        steps=steps,
        usual=[text.usual for step, text in steps if step.is_now],
        calling=calling_of(actor),
        **words_of(found, language=language, clinic=clinic),
    )


@for_phone(Permission.SEE_OWN_DIARY)
@require_safe
def chart(request: HttpRequest, actor: Device) -> HttpResponse:
    """The patient's own chart as SVG."""
    injection = actor.patient.current_injection_id
    if injection is None:
        raise Http404
    return chart_response(request, actor=actor, injection=injection)
