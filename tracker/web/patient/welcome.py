"""What comes after joining: consent, language and reminder; the score before the injection; the icon."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tracker.access import Device, consent_of
from tracker.actions import consents, responses
from tracker.actions.consents import Outdated
from tracker.content.consent import CONSENT, ConsentText
from tracker.content.languages import in_language
from tracker.domain.consent import CURRENT, State
from tracker.domain.roles import Permission
from tracker.queries import right_now as queries
from tracker.web.actors import for_phone
from tracker.web.failures import STORAGE_FAILURES, is_passing, unavailable
from tracker.web.languages import of_reader, remember_choice

from .now_forms import FirstScoreForm
from .pages import TRY_AGAIN, page
from .phone_kinds import kind_of
from .preferences import ChoicesForm


class ConsentForm(ChoicesForm):
    """The same with the text that is agreed to."""

    version = forms.CharField(widget=forms.HiddenInput, initial=CURRENT, required=False)


def consent_text(actor: Device, language: str) -> ConsentText:
    """The text that counts, filled with what is so at this clinic."""
    clinic = actor.patient.clinic
    return in_language(CONSENT[CURRENT], language).of_clinic(clinic.name, keep_years=clinic.keep_years)


@for_phone(None)
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, actor: Device) -> HttpResponse:
    """Ask for the consent once, and again where its text has changed; a helper cannot give it."""
    state = consent_of(actor)
    if actor.caregiver is not None and not state.may_record:
        return page(request, "welcome_helper", actor=actor)
    if state is State.GIVEN or actor.caregiver is not None:
        return redirect(f"{reverse('patient:today')}?plain" if actor.is_borrowed else "patient:today")
    language = of_reader(request, actor)
    form = ConsentForm(actor, request.POST if request.method == "POST" else None, language=language)
    if form.is_valid():
        try:
            _agree(actor, form, language)
            then = redirect("patient:today" if state is State.OUTDATED else "patient:first_score")
            return remember_choice(request, then)
        except (Outdated, ValidationError) as error:
            form.add_error(None, str(error) if isinstance(error, Outdated) else error)
    status = 422 if form.errors else 200
    text = consent_text(actor, language)
    return page(request, "welcome", actor=actor, status=status, form=form, text=text, state=state)


def _agree(actor: Device, form: ConsentForm, language: str) -> None:
    consents.give(
        by=actor,
        patient=actor.patient,
        version=form.cleaned_data["version"],
        language=language,
        now=timezone.now(),
    )
    form.save(actor)


@for_phone(Permission.MANAGE_OWN_ACCESS)
@require_safe
def agreed(request: HttpRequest, actor: Device) -> HttpResponse:
    """The text again, for whoever wants to know what they said yes to."""
    if consent_of(actor) is not State.GIVEN:
        return redirect("patient:welcome")
    text = consent_text(actor, of_reader(request, actor))
    return page(request, "agreed", actor=actor, tab="you", text=text)


@for_phone(None)
@require_safe
def no(request: HttpRequest, actor: Device) -> HttpResponse:
    """What it means not to agree: nothing is recorded, care is the same, warning signs stay readable."""
    return page(request, "welcome_no", actor=actor)


@for_phone(Permission.LOG_OWN_DIARY)
@require_http_methods(["GET", "HEAD", "POST"])
def first_score(request: HttpRequest, actor: Device) -> HttpResponse:
    """On the day of the injection: the score before it, unless it is there. On any other day lead on."""
    now = timezone.now()
    offered = queries.right_now(reader=actor, now=now)
    if offered is None or offered.moments[0].is_given:
        return redirect("patient:home_screen")
    data = request.POST if request.method == "POST" else None
    form = FirstScoreForm(offered, language=actor.patient.language, data=data)
    if not form.is_valid():
        return page(request, "first_score", actor=actor, status=422 if form.errors else 200, form=form)
    try:
        responses.record(by=actor, patient=actor.patient, changes=[form.change(now=now)], now=now)
    except STORAGE_FAILURES as error:
        if not is_passing(error):
            raise
        form.add_error(None, TRY_AGAIN)
        return unavailable(page(request, "first_score", actor=actor, form=form))
    return redirect("patient:home_screen")


@for_phone(None)
@require_safe
def home_screen(request: HttpRequest, actor: Device) -> HttpResponse:
    """How to keep the diary one tap away, for the kind of phone that asks; a borrowed one keeps nothing."""
    if actor.is_borrowed:
        return redirect("patient:today")
    return page(request, "home_screen", actor=actor, tab="you", kind=kind_of(request))
