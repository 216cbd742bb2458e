"""A clinic: made by the operator of the machine, changed by its administrators."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from tracker import tenancy
from tracker.access import check_may
from tracker.actions import audit, codes, staff
from tracker.actions.staff_links import OneTimeLink
from tracker.domain.retention import LONGEST_YEARS
from tracker.domain.roles import Permission, Role
from tracker.models import Clinic, Membership


def every() -> list[int]:
    """The ids of all clinics: work for each is done in its own scope."""
    return list(Clinic.objects.order_by("pk").values_list("pk", flat=True))


def find(clinic_id: int) -> Clinic:
    """For the operator. Raises ValidationError where there is none."""
    found = Clinic.objects.filter(pk=clinic_id).first()
    if found is None:
        raise ValidationError(f"There is no clinic {clinic_id}.")
    return found


def add(*, name: str, phone: str, time_zone: str, now: datetime, is_demo: bool = False) -> Clinic:
    """Make a clinic. Raises ValidationError."""
    clinic = Clinic(
        name=name,
        phone=phone,
        time_zone=time_zone,
        locator=codes.new_locator(),
        is_demo=is_demo,
        made_at=now,
    )
    clinic.full_clean()
    with transaction.atomic():
        clinic.save()
        with tenancy.clinic(clinic.pk):
            audit.record(by=None, clinic_id=clinic.pk, action="clinic.add", now=now)
    return clinic


def bootstrap(
    *, name: str, phone: str, time_zone: str, email: str, administrator: str, now: datetime
) -> OneTimeLink:
    """Make a clinic with its first administrator, or neither. Raises ValidationError."""
    known = Clinic.objects.filter(name=name).first()
    if known:
        raise ValidationError(f"There is a clinic of this name already: number {known.pk}.")
    with transaction.atomic():
        clinic = add(name=name, phone=phone, time_zone=time_zone, now=now)
        return staff.enlist(clinic=clinic, email=email, name=administrator, role=Role.ADMINISTRATOR, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicChoices:
    """What administrators decide about their clinic: whom patients call, and how long records are kept."""

    phone: str
    emergency_number: str
    on_call_phone: str
    on_call_hours: str
    keep_years: int
    alert_email: str = ""


def change(*, by: Membership, choices: ClinicChoices, now: datetime) -> None:
    """Change what administrators may decide about their clinic. Raises ValidationError."""
    check_may(by, Permission.EDIT_CLINIC)
    clinic = by.clinic
    new = asdict(choices)
    changed = sorted(field for field, value in new.items() if getattr(clinic, field) != value)
    for field in changed:
        setattr(clinic, field, new[field])
    clinic.full_clean()
    if choices.on_call_hours and not choices.on_call_phone:
        raise ValidationError({"on_call_phone": "Give the number that is answered then, or empty the hours."})
    if not 0 <= choices.keep_years <= LONGEST_YEARS:
        raise ValidationError({"keep_years": f"Choose 0 to {LONGEST_YEARS} years."})
    with transaction.atomic():
        clinic.save(update_fields=changed)
        audit.record(by=by, clinic_id=clinic.pk, action="clinic.change", now=now, fields=changed)
