"""Where am I: the day, the expected phase, and the own scores as a chart, in words and as a table."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tracker.access import Device
from tracker.content.calling import CALLING
from tracker.content.course import COURSE, CourseTexts
from tracker.content.diary import DIARY
from tracker.content.languages import in_language
from tracker.domain.titles import figure
from tracker.domain.wording import PatientMessage
from tracker.queries import course as queries
from tracker.web.actors import for_patient
from tracker.web.chart import chart_response

from .pages import page


@for_patient
@require_safe
def course(request: HttpRequest, actor: Device) -> HttpResponse:
    """The patient's own course beside the expected one."""
    patient = actor.patient
    found = queries.course(patient=patient, now=timezone.now())
    texts, diary = in_language(COURSE, patient.language), in_language(DIARY, patient.language)
    steps = [(step, texts.phases[step.key]) for step in found.steps]
    return page(
        request,
        "course",
        actor=actor,
        tab="course",
        course=found,
        days_to_go=-(found.day or 0),
        baseline="" if found.baseline is None else figure(found.baseline),
        steps=steps,
        usual=[text.usual for step, text in steps if step.is_now],
        message=_sentence(found.message, texts) if found.message else "",
        low_before=texts.low_before if found.message and found.message.is_low_before else "",
        flare=texts.flare if found.message and found.message.flare else "",
        reasons_to_call=[texts.reasons_to_call[reason] for reason in found.reasons_to_call],
        call_once=texts.call_once,
        calling=in_language(CALLING, patient.language),
        readings=[(diary.moment(minutes), score) for minutes, score in found.readings],
    )


@for_patient
@require_safe
def chart(request: HttpRequest, actor: Device) -> HttpResponse:
    """The patient's own chart as SVG."""
    injection = actor.patient.current_injection_id
    if injection is None:
        raise Http404
    return chart_response(request, actor=actor, injection=injection)


def _sentence(message: PatientMessage, texts: CourseTexts) -> str:
    return texts.messages[message.key].format(
        points="" if message.points is None else figure(message.points),
        direction=texts.directions.get(message.direction or "", ""),
    )
