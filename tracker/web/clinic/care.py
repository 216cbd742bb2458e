"""Preparation and aftercare of one injection: the form, and beside it what the patient has done of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tracker.access import Actor, injections_visible_to
from tracker.actions import care
from tracker.content.care import CARE
from tracker.content.languages import in_language
from tracker.domain.care_steps import Part
from tracker.domain.roles import Permission
from tracker.domain.zones import zone_of
from tracker.queries.care import CareSheet, care_sheet
from tracker.web.actors import for_staff
from tracker.web.care_words import sugar_log, told
from tracker.web.clinic.care_form import CareForm
from tracker.web.clinic.pages import form_status, page, put_errors
from tracker.web.rows import row_or_404

STAFF_LANGUAGE = "en"


@for_staff(Permission.EDIT_INJECTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, actor: Actor, injection: UUID) -> HttpResponse:
    it = row_or_404(injections_visible_to(actor).select_related("patient"), injection)
    zone, sheet = zone_of(it.patient.time_zone), care_sheet(injection=it, now=timezone.now())
    form = CareForm(request.POST or None, plan=sheet.care, zone=zone)
    if request.method == "POST" and form.is_valid():
        try:
            care.write(by=actor, injection=it, plan=form.plan(), now=timezone.now())
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, "Plan saved. The patient sees it at once.")
            return redirect("clinic:care", injection)
    context = {"form": form, "sheet": sheet, "patient": it.patient, "steps": _steps(sheet)}
    return page(
        request,
        actor,
        "care",
        status=form_status(form),
        questions=_questions(sheet),
        sugar=sugar_log(sheet, in_language(CARE, STAFF_LANGUAGE)),
        **context,
    )


def _steps(sheet: CareSheet) -> list[tuple[str, bool]]:
    """What can be ticked before the injection, and whether it was."""
    texts = in_language(CARE, STAFF_LANGUAGE)
    ticked = [step for step in sheet.plan.steps if step.part is Part.BEFORE and step.can_tick]
    titles = [told(step, sheet.care, texts, rules=sheet.rules).title for step in ticked]
    done = [sheet.answers.done.get(step.key, False) for step in ticked]
    return list(zip(titles, done, strict=True))


def _questions(sheet: CareSheet) -> list[tuple[str, bool | None]]:
    """Each question with yes, no, or no answer yet."""
    texts = in_language(CARE, STAFF_LANGUAGE).questions
    return [(texts[one.key], sheet.answers.yes.get(one.key)) for one in sheet.plan.questions]
