from django.db import models

from tracker.domain.attention import Level
from tracker.tenancy import TenantModel

from .provenance import Provenance
from .sealed import SealedTextField


class Response(Provenance):
    """One form as it was answered, beside the diary. Rows are added, never changed: the newest answer to a
    form, day and part stands (tracker.domain.forms)."""

    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+", db_index=False)
    patient = models.ForeignKey(
        "tracker.Patient", on_delete=models.CASCADE, related_name="responses", db_index=False
    )
    client_id = models.UUIDField(help_text="Made by the phone: the same answer sent twice is stored once.")
    form = models.CharField(max_length=12, help_text="tracker.domain.forms.Form")
    describes_on = models.DateField()
    part = models.CharField(
        max_length=40, blank=True, help_text="Which step or moment, where a form has several."
    )
    said = models.JSONField(help_text="Item to value, as domain/forms.py reads it.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "client_id"], name="one_response_a_client_id"),
        ]
        indexes = [models.Index(fields=["patient", "form", "describes_on"])]


class Alert(TenantModel):
    """A sign of danger that a patient named, or a question before the injection that was answered yes.

    It stands until a member of staff says that it was seen to: no later answer takes it back."""

    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+", db_index=False)
    patient = models.ForeignKey("tracker.Patient", on_delete=models.CASCADE, related_name="alerts")
    response = models.OneToOneField(Response, on_delete=models.CASCADE, related_name="alert")
    level = models.PositiveSmallIntegerField(choices=[(level.value, level.name.lower()) for level in Level])
    raised_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        "tracker.Membership",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    note = SealedTextField(default="", blank=True, help_text="What was done, in the words of the staff.")
