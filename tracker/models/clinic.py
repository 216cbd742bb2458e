import zoneinfo

from django.core.exceptions import ValidationError
from django.db import models


def validate_time_zone(name: str) -> None:
    """Refuse a name that the IANA time zone database does not know."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError) as error:
        raise ValidationError(f"“{name}” is no time zone. Write it as in Europe/Berlin.") from error


class Clinic(models.Model):
    """One practice. Every clinical row carries it; nothing of it is ever shown to another."""

    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    is_demo = models.BooleanField(default=False, help_text="Its rows may be thrown away by `demo --reset`.")
    made_at = models.DateTimeField()
