"""Enrolment in the recovery bay: one short form, then the code that the patient's phone scans."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.access import Actor, patients_visible_to
from tracker.actions import injections, invitations, patients
from tracker.domain.procedure import Approach, Guidance, Intent, Side, Status
from tracker.domain.roles import Permission
from tracker.domain.zones import zone_of
from tracker.queries import enrolment
from tracker.queries.protocols import offered
from tracker.web.actors import for_staff
from tracker.web.clinic.forms import PatientForm
from tracker.web.clinic.injection_forms import LEVELS, InjectionForm
from tracker.web.clinic.injections import usual
from tracker.web.clinic.pages import form_status, page, put_errors
from tracker.web.qr import as_svg
from tracker.web.rows import row_or_404

ASKED = ("injected_on", "status", "region", "level", "indication", "operator")
"""What is asked of the injection here; the rest stands as usual and can be corrected later.

The protocol is asked for as well where the clinic has published more than one.
"""


class EnrolForm(PatientForm):
    """A patient. The id is made with the form: sent twice, it is one patient."""

    enrolment = forms.UUIDField(widget=forms.HiddenInput)

    field_order = (
        "family_name",
        "given_name",
        "born_on",
        "record_number",
        "language",
        "time_zone",
        "enrolment",
    )

    def clean(self) -> dict[str, object]:
        said = super().clean() or {}
        self.public_id: UUID = said.pop("enrolment", uuid.uuid4())
        return said


class ShortInjectionForm(InjectionForm):
    """The same record as everywhere; what is not asked keeps the clinic's usual values."""

    def __init__(self, data: Any, *, usual: dict[str, object]) -> None:
        ours = offered()
        asked = (*ASKED, "protocol") if len(ours) > 1 else ASKED
        sent = None if data is None else usual | {name: data.get(name) for name in asked}
        super().__init__(sent, initial=usual)
        self.offer_protocols(ours)
        self.asked = [self[name] for name in asked]


@for_staff(Permission.INVITE_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Patient and injection at once; the answer is the code. Sent again, it is one patient with a new one."""
    as_usual = _usual(actor)
    sent = request.POST or None
    form = EnrolForm(sent, initial={"time_zone": actor.clinic.time_zone, "enrolment": uuid.uuid4()})
    injection = ShortInjectionForm(sent, usual=as_usual)
    if sent and form.is_valid() & injection.is_valid():
        try:
            patient = _enrolled(actor, form, injection, now=timezone.now())
            return hand_over(request, actor, patient)
        except ValidationError as error:
            put_errors(form, error)
    status = max(form_status(form), form_status(injection))
    return page(request, actor, "enrol", status=status, form=form, injection=injection, levels=LEVELS)


def _usual(actor: Actor) -> dict[str, object]:
    """What most injections are; in the recovery bay it has just been done."""
    kinds: dict[str, object] = {
        "side": Side.MIDLINE,
        "approach": Approach.INTERLAMINAR,
        "intent": Intent.THERAPEUTIC,
        "guidance": Guidance.FLUOROSCOPY,
    }
    found = usual(actor, zone_of(actor.clinic.time_zone)) | kinds | {"status": Status.PERFORMED}
    found["operator"] = found["operator"] or enrolment.last_operator(actor=actor)
    return found


def _enrolled(actor: Actor, form: EnrolForm, injection: ShortInjectionForm, *, now: datetime) -> Any:
    """The form's patient with an injection. Raises ValidationError; what was saved by then is found again."""
    known = patients_visible_to(actor).filter(public_id=form.public_id).first()
    patient = known or patients.add(by=actor, record=form.record(), now=now, public_id=form.public_id)
    if patient.current_injection_id is None:
        protocol = injection.cleaned_data["protocol"]
        record = injection.record()
        injections.add(by=actor, patient=patient, record=record, agents=[], now=now, protocol=protocol)
    return patient


@for_staff(Permission.INVITE_PATIENTS)
@require_POST
def invite(request: HttpRequest, actor: Actor, patient: UUID) -> HttpResponse:
    """Make a one-time code and show it once; the one before it opens nothing any more."""
    return hand_over(request, actor, row_or_404(patients_visible_to(actor), patient))


def hand_over(request: HttpRequest, actor: Actor, patient: Any, *, caregiver: Any = None) -> HttpResponse:
    """The code for the phone's camera, as a link and for typing, on a sheet that can be printed."""
    now = timezone.now()
    issued = invitations.issue(by=actor, patient=patient, caregiver=caregiver, now=now)
    join = request.build_absolute_uri(reverse("patient:join"))
    link = f"{join}#{issued.token}"
    whose = [patient.public_id]
    return page(
        request,
        actor,
        "invitation",
        patient=patient,
        caregiver=caregiver,
        issued=issued,
        link=link,
        qr=as_svg(link),
        until=(now + settings.INVITATION_LIFE).astimezone(zone_of(actor.clinic.time_zone)),
        join=join,
        back=reverse("clinic:caregivers" if caregiver else "clinic:patient", args=whose),
        again=reverse("clinic:caregiver_invite", args=[*whose, caregiver.pk])
        if caregiver
        else reverse("clinic:invite", args=whose),
    )


@for_staff(Permission.INVITE_PATIENTS)
@require_safe
def code_state(request: HttpRequest, actor: Actor, invitation: int) -> HttpResponse:
    """What became of a code, for the page that shows it: asked by its script every two seconds."""
    state = enrolment.code_state(actor=actor, invitation=invitation, now=timezone.now())
    if state is None:
        raise Http404
    return JsonResponse({"state": state})


code_state.is_background = True  # type: ignore[attr-defined]  # keeps no session alive


@for_staff(Permission.INVITE_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def phoneless(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Patients who are on the list, to give one a code. A search is posted: addresses hold no names."""
    asked = request.POST.get("q", "").replace("\0", "").strip()
    found = enrolment.phoneless(actor=actor, search=asked)
    return page(request, actor, "phoneless", patients=found, asked=asked, most=enrolment.LONGEST_LIST)
