import re

from django.core.exceptions import ValidationError
from django.db import models

from tracker.domain.zones import known_zone


def validate_time_zone(name: str) -> None:
    """Refuse a name that the IANA time zone database does not know."""
    if known_zone(name) is None:
        raise ValidationError(f"“{name}” is no time zone. Write it as in Europe/Berlin.")


def validate_emergency_number(number: str) -> None:
    """Refuse what a telephone could not dial."""
    if not re.fullmatch(r"\+?[0-9]{2,15}", number):
        raise ValidationError("Digits only, as they are dialled: 911 or 112.")


class Clinic(models.Model):
    """One practice. Every clinical row carries it; nothing of it is ever shown to another."""

    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    emergency_number = models.CharField(
        max_length=20,
        default="911",
        validators=[validate_emergency_number],
        help_text="What people of its country call in an emergency.",
    )
    on_call_phone = models.CharField(max_length=40, blank=True, help_text="When the clinic is closed.")
    on_call_hours = models.CharField(
        max_length=80, blank=True, help_text="When somebody answers it, in words."
    )
    alert_email = models.EmailField(
        blank=True,
        help_text="Where it is said at once that somebody named a sign of danger; no name, no sign.",
    )
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    locator = models.CharField(
        max_length=3,
        unique=True,
        help_text="Begins every code of this clinic; says where to look, no secret.",
    )
    keep_years = models.PositiveSmallIntegerField(
        default=10, help_text="How long a record is kept after its last activity."
    )
    is_demo = models.BooleanField(default=False, help_text="Its rows may be thrown away by `demo --reset`.")
    texts_version = models.UUIDField(
        null=True,
        blank=True,
        help_text="Another one with each change of its wording; none: as shipped.",
    )
    made_at = models.DateTimeField()
