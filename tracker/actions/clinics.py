"""A clinic and its people, as the operator of the machine makes them."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from tracker.actions import audit
from tracker.domain.roles import STAFF_ROLES, Role
from tracker.models import Clinic, Membership, User


def add(*, name: str, phone: str, time_zone: str, now: datetime) -> Clinic:
    """Make a clinic. Raises ValidationError."""
    clinic = Clinic(name=name, phone=phone, time_zone=time_zone, made_at=now)
    clinic.full_clean()
    with transaction.atomic():
        clinic.save()
        audit.record(by=None, clinic_id=clinic.pk, action="clinic.add", now=now)
    return clinic


def add_member(
    *, clinic: Clinic, email: str, name: str, role: Role, password: str, now: datetime
) -> Membership:
    """Give somebody an account and a role in a clinic. Raises ValidationError."""
    if role not in STAFF_ROLES:
        raise ValidationError({"role": f"“{role}” is no role of staff."})
    user = User(email=email.lower(), name=name)
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    with transaction.atomic():
        user.save()
        member = Membership.objects.create(clinic=clinic, user=user, role=role)
        audit.record(by=None, clinic_id=clinic.pk, action="member.add", now=now, subject=f"staff:{member.pk}")
    return member
