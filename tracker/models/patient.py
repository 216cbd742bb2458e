import uuid

from django.db import models

from .clinic import validate_time_zone


class Patient(models.Model):
    """A person with a diary. Days are counted in `time_zone`, fixed at enrolment: travel shifts nothing."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+")
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    born_on = models.DateField()
    record_number = models.CharField(max_length=40, blank=True, help_text="The clinic's own number.")
    time_zone = models.CharField(max_length=64, validators=[validate_time_zone])
    language = models.CharField(max_length=8, default="en")
    enrolled_at = models.DateTimeField()
    current_injection = models.OneToOneField(
        "tracker.Injection",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The one that the worklist shows: kept by actions.injections, never by hand.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "record_number"],
                condition=~models.Q(record_number=""),
                name="record_number_unique_in_clinic",
                violation_error_message="Another patient of this clinic has this record number.",
            ),
        ]
        indexes = [models.Index(fields=["clinic", "family_name", "given_name", "id"])]

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"
