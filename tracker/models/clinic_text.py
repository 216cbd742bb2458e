from django.db import models

from tracker.tenancy import TenantModel


class ClinicText(TenantModel):
    """A sentence as a clinic words it, in one language. It is added and never changed: the newest one stands.

    An empty one takes the clinic's wording back: the shipped sentence stands again.
    """

    is_append_only = True  # read by tracker.tenancy.walls

    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+", db_index=False)
    language = models.CharField(max_length=10)
    name = models.CharField(max_length=120, help_text="As tracker.content.leaves names it.")
    text = models.TextField(blank=True)
    written_by = models.ForeignKey("tracker.Membership", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["clinic", "language", "name"])]
