from django.db import models

from tracker.tenancy import TenantModel


class AuditEvent(TenantModel):
    """Who did or saw what of whom, and when. Never a score, a name or a note; rows are only ever added.

    Each row's `mac` covers the row and the `mac` before it: a clinic's events are one chain.
    """

    is_append_only = True  # read by tracker.tenancy.walls

    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveBigIntegerField(help_text="1, 2, 3, ... in each clinic: a gap is a cut.")
    at = models.DateTimeField()
    actor = models.CharField(max_length=40, help_text="staff:<membership>, device:<id> or system.")
    on_behalf_of = models.CharField(max_length=40, blank=True, help_text="patient:<id>, for a caregiver.")
    action = models.CharField(max_length=40)
    patient_id = models.BigIntegerField(null=True, help_text="No foreign key: the trail outlives the row.")
    patients = models.TextField(blank=True, help_text="A list's patients, as ,12,15,99,")
    subject = models.CharField(
        max_length=60, blank=True, help_text="Kind and id of what was touched, or a page."
    )
    outcome = models.CharField(max_length=8, default="done", help_text="done or refused.")
    request_id = models.CharField(max_length=32, blank=True)
    network = models.CharField(max_length=45, blank=True, help_text="The caller's address, its end cut off.")
    detail = models.JSONField(default=dict, help_text="Names of fields and counts, no health values.")
    mac = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clinic", "number"], name="one_event_a_number"),
        ]
        indexes = [
            models.Index(fields=["patient_id", "id"]),
            models.Index(fields=["clinic", "actor", "at"]),
            models.Index(fields=["clinic", "at"], condition=~models.Q(patients=""), name="events_of_lists"),
        ]


class AuditHead(TenantModel):
    """The end of a clinic's chain: how many events, and the last one's `mac`. A cut tail shows here."""

    clinic = models.OneToOneField(
        "tracker.Clinic", on_delete=models.PROTECT, related_name="+", primary_key=True
    )
    count = models.PositiveBigIntegerField(default=0)
    mac = models.BinaryField(max_length=32, default=bytes)
