from django.db import models


class AuditEvent(models.Model):
    """Who did what to whom, and when. Never a score, a name or a note."""

    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40, help_text="staff:<membership>, device:<id> or system.")
    action = models.CharField(max_length=40)
    patient_id = models.BigIntegerField(null=True, help_text="No foreign key: the trail outlives the row.")
    subject = models.CharField(max_length=60, blank=True, help_text="Kind and id of what was touched.")
    detail = models.JSONField(default=dict, help_text="Names of fields and counts, no health values.")

    class Meta:
        indexes = [models.Index(fields=["patient_id", "id"]), models.Index(fields=["clinic", "id"])]
