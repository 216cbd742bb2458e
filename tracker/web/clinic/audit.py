"""Who looked at what: of a patient, of a colleague, what stands out in a week, what an emergency opened.

Reading the trail is written into it as well, with whom it named to the reader.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tracker.access import Membership, patients_visible_to
from tracker.actions.audit import record_audit_reading
from tracker.content.audit import ENGLISH
from tracker.domain.roles import Permission
from tracker.domain.unusual_access import Kind as Finding
from tracker.domain.zones import zone_of
from tracker.queries.audit import (
    NoSuchActor,
    NoSuchEvent,
    Seen,
    actor_words,
    emergencies,
    seen_by,
    whole_event,
)
from tracker.queries.audit_reviews import reviews, subject_of
from tracker.queries.lookers import USUAL_SPAN, Kind, Who, who_looked
from tracker.queries.team import team
from tracker.queries.unusual_access import Week, week_list, week_of
from tracker.web.actors import for_staff
from tracker.web.clinic.pages import form_status, page
from tracker.web.rows import row_or_404

WEEK = timedelta(days=7)
MOMENT = "%Y-%m-%dT%H:%M"

FINDINGS = {
    Finding.SAME_NAME: "Same family name",
    Finding.MANY_PATIENTS: "Many records in an hour",
    Finding.AT_NIGHT: "At night",
}

View = Callable[..., HttpResponse]


def by_clinics_clock(view: View) -> View:
    """Times are typed and shown as the clock of the clinic has them."""

    @wraps(view)
    def timed(request: HttpRequest, actor: Membership, *args: Any, **kwargs: Any) -> HttpResponse:
        with timezone.override(zone_of(actor.clinic.time_zone)):
            return view(request, actor, *args, **kwargs)

    return timed


def moment_field(label: str) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(label=label, widget=widget, input_formats=[MOMENT, f"{MOMENT}:%S"])


class SeenForm(forms.Form):
    """Numbers and times only, so that it may stand in an address."""

    since = moment_field("From")
    until = moment_field("To")

    def __init__(self, *args: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["who"] = forms.ChoiceField(label="Who", choices=people)
        self.order_fields(["who"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("since") and said.get("until") and said["since"] >= said["until"]:
            self.add_error("until", "This has to be later than the beginning.")
        return said


@for_staff(Permission.SEE_AUDIT)
@by_clinics_clock
@require_safe
def show(request: HttpRequest, actor: Membership) -> HttpResponse:
    """What there is to look at."""
    now = timezone.now()
    opened = emergencies(actor=actor, now=now)
    record_audit_reading(by=actor, now=now, about="overview")
    return page(
        request,
        actor,
        "audit",
        emergencies=opened,
        reviews=reviews(now=now),
        this_week=_week(actor, timezone.localdate()).monday,
        form=SeenForm(people=_people(actor), initial=_last_days(now)),
    )


@for_staff(Permission.SEE_AUDIT)
@by_clinics_clock
@require_safe
def seen(request: HttpRequest, actor: Membership) -> HttpResponse:
    """What one person or one phone saw and did between two moments."""
    of, now = request.GET.get("who", ""), timezone.now()
    try:
        who = actor_words(actor=actor, of=of)
    except NoSuchActor:
        raise Http404 from None
    people = _people(actor)
    if of not in dict(people):
        people.append((of, who))
    form = SeenForm(_last_days(now) | request.GET.dict(), people=people)
    if not form.is_valid():
        return page(request, actor, "audit_seen", status=form_status(form), form=form, who=who)
    span = {name: form.cleaned_data[name] for name in ("since", "until")}
    found = seen_by(actor=actor, of=of, **span, earlier=request.GET.get("earlier", ""))
    said = {name: f"{moment:%Y-%m-%dT%H:%M}" for name, moment in span.items()}
    record_audit_reading(by=actor, now=now, about=of, **said)
    return page(
        request,
        actor,
        "audit_seen",
        form=form,
        who=who,
        lines=[(line, _what(line)) for line in found.lines],
        following=urlencode({"who": of, **said, "earlier": found.earlier}) if found.earlier else "",
    )


@for_staff(Permission.SEE_AUDIT)
@by_clinics_clock
@require_safe
def event(request: HttpRequest, actor: Membership, number: int) -> HttpResponse:
    """Everything that one event says."""
    try:
        found = whole_event(actor=actor, number=number)
        who = ENGLISH.system if found.actor == "system" else actor_words(actor=actor, of=found.actor)
    except NoSuchEvent:
        raise Http404 from None
    except NoSuchActor:
        who = "A phone that is no longer on record"
    record_audit_reading(by=actor, now=timezone.now(), about=f"event:{number}")
    return page(request, actor, "audit_event", event=found, who=who, what=_what(found.seen))


@for_staff(Permission.SEE_AUDIT)
@by_clinics_clock
@require_safe
def week(request: HttpRequest, actor: Membership) -> HttpResponse:
    """What stands out in one week, made from the trail as it is now."""
    try:
        day = date.fromisoformat(request.GET["of"])
        shown = _week(actor, day)
        around = (shown.monday - WEEK, shown.monday + WEEK)
    except (KeyError, ValueError, OverflowError):
        raise Http404 from None
    lines = week_list(actor=actor, week=shown)
    record_audit_reading(by=actor, now=timezone.now(), about=subject_of(shown))
    return page(
        request,
        actor,
        "audit_week",
        monday=shown.monday,
        sunday=shown.monday + WEEK - timedelta(days=1),
        earlier=around[0],
        later=around[1] if around[1] <= timezone.localdate() else None,
        lines=[
            (line, FINDINGS[line.kind], _around(line.actor, line.first_at, line.last_at)) for line in lines
        ],
    )


@for_staff(Permission.SEE_AUDIT)
@by_clinics_clock
@require_safe
def looked(request: HttpRequest, actor: Membership, patient: UUID) -> HttpResponse:
    """Who looked at one patient's record, and who did what in it, in the last 90 days."""
    who, now = row_or_404(patients_visible_to(actor), patient), timezone.now()
    found = who_looked(patient=who, since=now - USUAL_SPAN, earlier=request.GET.get("earlier", ""))
    record_audit_reading(by=actor, now=now, about="looked")
    lines = [
        (look.at, _who(look.who), ENGLISH.what(look.action, look.subject, is_refused=look.is_refused))
        for look in found.lines
    ]
    return page(
        request, actor, "looked", patient=who, lines=lines, days=USUAL_SPAN.days, earlier=found.earlier
    )


def _people(actor: Membership) -> list[tuple[str, str]]:
    members = team(actor=actor, now=timezone.now())
    return [(f"staff:{one.id}", f"{one.name}, {one.role.label.lower()}") for one in members]


def _last_days(now: datetime) -> dict[str, str]:
    """The week until the next full hour."""
    until = timezone.localtime(now).replace(minute=0) + timedelta(hours=1)
    return {"since": (until - WEEK).strftime(MOMENT), "until": until.strftime(MOMENT)}


def _around(of: str, first: datetime, last: datetime) -> str:
    """The page of what somebody did around a finding."""
    since, until = timezone.localtime(first), timezone.localtime(last) + timedelta(minutes=1)
    return urlencode({"who": of, "since": since.strftime(MOMENT), "until": until.strftime(MOMENT)})


def _week(actor: Membership, day: date) -> Week:
    return week_of(day, zone_of(actor.clinic.time_zone))


def _what(line: Seen) -> str:
    return ENGLISH.what(line.action, line.subject, is_refused=line.is_refused)


def _who(who: Who) -> str:
    named = ", ".join(filter(None, (who.name, who.role.lower())))
    return {
        Kind.STAFF: named or "Staff who left",
        Kind.CAREGIVER: f"Caregiver: {named}" if named else "A caregiver",
        Kind.PATIENT: f"The patient’s own phone: {named}" if named else "The patient’s own phone",
        Kind.SYSTEM: ENGLISH.system,
    }[who.kind]
