import uuid

from django.db import models

from tracker.tenancy import TenantModel

from .clinic import validate_time_zone
from .sealed import SealedTextField


class Patient(TenantModel):
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
    email = SealedTextField(default="", blank=True, help_text="For confirmation codes; sealed.")
    email_verified_at = models.DateTimeField(null=True, blank=True)
    reminder_at = models.TimeField(
        null=True, blank=True, help_text="By the patient's clock; none: no reminder."
    )
    two_taps = models.BooleanField(
        default=False, help_text="The second number saves an entry; there is a way back for 10 seconds."
    )
    is_restricted = models.BooleanField(
        default=False, help_text="Opened by the care team only, else by break-glass."
    )
    consent_version = models.CharField(
        max_length=20, blank=True, help_text="Of the text that was agreed to last: a copy of Consent."
    )
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, help_text="When the patient took consent back."
    )
    alert_level = models.PositiveSmallIntegerField(
        default=0, help_text="Of the most urgent alert that nobody has seen to yet: kept by actions.alerts."
    )
    alerted_on = models.DateField(
        null=True, blank=True, help_text="The last day for which a sign of danger was named."
    )
    erase_on = models.DateField(
        null=True, blank=True, help_text="When the record is erased by itself, as announced to the clinic."
    )
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
        indexes = [
            models.Index(fields=["clinic", "family_name", "given_name", "id"]),
            models.Index(
                fields=["clinic", "erase_on"],
                condition=models.Q(erase_on__isnull=False),
                name="records_to_erase",
            ),
        ]

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"
