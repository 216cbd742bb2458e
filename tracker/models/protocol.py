import uuid

from django.db import models

from tracker.tenancy import TenantModel


class ClinicProtocol(TenantModel):
    """A clinic's copy of a shipped protocol: its versions, and a draft that is not published."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=40, help_text="The shipped protocol that it was copied from.")
    made_at = models.DateTimeField()
    draft = models.JSONField(null=True, blank=True, help_text="As tracker.domain.protocol writes it.")
    drafted_at = models.DateTimeField(null=True, blank=True)


class ProtocolVersion(TenantModel):
    """One published version. It is added and never changed: injections are pinned to it.

    Its key is random and never given twice, so that a process may keep what it has read once.
    """

    is_append_only = True  # read by tracker.tenancy.walls

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+", db_index=False)
    protocol = models.ForeignKey(ClinicProtocol, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(help_text="1, 2, 3, ... in each protocol.")
    body = models.JSONField(help_text="As tracker.domain.protocol writes it.")
    note = models.CharField(max_length=200, blank=True, help_text="Why it was changed.")
    published_by = models.ForeignKey("tracker.Membership", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["protocol", "number"], name="one_version_a_number"),
        ]
