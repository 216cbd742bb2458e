"""Who is to be reminded now, and which phone may still be asked whether it wants to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from tracker.access import Device, can
from tracker.domain.consent import Given, state
from tracker.domain.forms import Form
from tracker.domain.procedure import Status
from tracker.domain.reminders import LOOKS_BACK, Due, Wish, due, is_worth_it, looked_at, restarts_soon
from tracker.domain.roles import Permission
from tracker.domain.ruleset import ESI_RULES
from tracker.domain.schedule import is_due
from tracker.domain.study_days import local_today
from tracker.domain.zones import zone_of
from tracker.gateways import push_service
from tracker.models import CarePlan, DiaryDay, Injection, Patient, PushSubscription, Reminder, Response
from tracker.queries.current_injection import CurrentInjection
from tracker.queries.today import schedule_day, study_day_of

PUSH = "push"
LOST_LEASES = 3
"""A reminder that took its worker down this often is the cause."""


@dataclass(frozen=True, slots=True)
class DueReminder:
    """Who is to be reminded. `of_plan`: of a step of the care plan, so that it comes on a logged day, too."""

    patient_id: int
    due: Due
    of_plan: bool = False


def phones_ask() -> bool:
    """Whether phones ask if they may remind: only the app does, and only where reminders leave."""
    return settings.APP_IS_ON and push_service.is_on()


def push_key_for(device: Device) -> str:
    """The key to subscribe with, while this phone may be offered reminders and has none; else empty.

    For the patient's own phones, where a time is chosen. One statement at most.
    """
    wants = can(device, Permission.MANAGE_OWN_ACCESS) and device.patient.reminder_at is not None
    if not wants or device.is_borrowed or not push_service.is_on():
        return ""
    has_one = PushSubscription.objects.filter(device=device).exists()
    return "" if has_one else push_service.public_key()


def subscriptions(*, now: datetime) -> QuerySet[PushSubscription]:
    """Those of phones that are signed in."""
    return PushSubscription.objects.filter(
        device__ended_at=None, device__expires_at__gt=now, device__is_borrowed=False, device__caregiver=None
    )


def may_be_sent(*, now: datetime) -> Q:
    """Of reminders that are on record: those to be tried again, which nobody is sending."""
    return Q(sent_at=None, leased_until__lte=now, attempts__lt=LOST_LEASES)


def due_reminders(*, now: datetime) -> list[DueReminder]:
    """In the clinic in scope. One statement while it is nobody's time, five otherwise."""
    times = {patient: found for patient in _with_phones(now) if (found := _time(patient, now))}
    if not times:
        return []
    taken, logged, planned = _taken(times, now), _logged(times), _planned(times)
    restarting = _restarting(times)
    return [
        DueReminder(patient.pk, found, of_plan=patient.pk in restarting)
        for patient, found in times.items()
        if (patient.pk, found.day) not in taken
        and (
            patient.pk in restarting
            or is_worth_it(
                found.day, asked=_asked(patient, found.day, planned[patient.pk]), logged=logged[patient.pk]
            )
        )
    ]


def _with_phones(now: datetime) -> QuerySet[Patient]:
    phones = subscriptions(now=now).filter(device__patient=OuterRef("pk"))
    return (
        Patient.objects.select_related("current_injection__track")
        .defer("email", "current_injection__baseline_reason")  # sealed: opening them would take time
        .filter(Exists(phones), reminder_at__isnull=False, withdrawn_at=None)
        .order_by("reminder_at", "pk")
    )


def _time(patient: Patient, now: datetime) -> Due | None:
    """Whether it is the time, for somebody who agreed and whose episode goes on."""
    current = patient.current_injection
    is_over = current is not None and (current.status == Status.CANCELLED or current.closed_on is not None)
    given = Given(patient.consent_version, is_withdrawn=False) if patient.consent_version else None
    if is_over or not state(given).may_record:
        return None
    return due(Wish(patient.reminder_at, zone_of(patient.time_zone)), now=now)


def _taken(times: dict[Patient, Due], now: datetime) -> set[tuple[int, date]]:
    on_record = Reminder.objects.filter(
        patient__in=times, channel=PUSH, day__in={found.day for found in times.values()}
    )
    return set(on_record.exclude(may_be_sent(now=now)).values_list("patient_id", "day"))


def _restarting(times: dict[Patient, Due]) -> set[int]:
    """Who takes a blood thinner again today or tomorrow, by a plan that holds, and has not ticked it."""
    ticks = Response.objects.filter(
        patient=OuterRef("injection__patient"),
        form=Form.PREPARATION,
        part="restart",
        describes_on__gte=OuterRef("injection__injected_on"),
    )
    plans = (
        CarePlan.objects.filter(
            injection__patient__in=times,
            injection__status=Status.PERFORMED,
            injection__closed_on=None,
            planned_for=F("injection__injected_on"),
            thinner_plan__isnull=False,
            thinner_restart_at__isnull=False,
        )
        .annotate(tick=Subquery(ticks.order_by("-corrected_at", "-pk").values("said")[:1]))
        .values_list("injection__patient", "thinner_restart_at", "tick")
    )
    who = {patient.pk: (zone_of(patient.time_zone), found.day) for patient, found in times.items()}
    return {
        patient_id
        for patient_id, again_at, tick in plans
        if not (tick and tick["done"])
        and restarts_soon(local_today(again_at, who[patient_id][0]), day=who[patient_id][1])
    }


def _logged(times: dict[Patient, Due]) -> dict[int, set[date]]:
    first = min(found.day for found in times.values()) - LOOKS_BACK
    days: dict[int, set[date]] = defaultdict(set)
    rows = DiaryDay.objects.filter(patient__in=times, describes_on__gte=first)
    for patient_id, on in rows.values_list("patient_id", "describes_on"):
        days[patient_id].add(on)
    return days


def _planned(times: dict[Patient, Due]) -> dict[int, list[date]]:
    """Days of injections that are to come, beside the current one."""
    days: dict[int, list[date]] = defaultdict(list)
    current = [patient.current_injection_id for patient in times if patient.current_injection_id]
    rows = Injection.objects.filter(patient__in=times, status=Status.SCHEDULED).exclude(pk__in=current)
    for patient_id, on in rows.values_list("patient_id", "injected_on"):
        days[patient_id].append(on)
    return days


def _asked(patient: Patient, day: date, planned: list[date]) -> list[date]:
    """The days that the schedule asks for, from the enrolment on."""
    row = patient.current_injection
    next_on = min((on for on in planned if on >= day), default=None)
    current = CurrentInjection(row, next_on) if row else None
    rules = current.rules if current else ESI_RULES
    first = local_today(patient.enrolled_at, zone=zone_of(patient.time_zone))
    asked = []
    for on in looked_at(day):
        study_day = schedule_day(on, study_day_of(on, row.injected_on if row else None), current)
        if on >= first and is_due(on, day=study_day, rules=rules):
            asked.append(on)
    return asked
