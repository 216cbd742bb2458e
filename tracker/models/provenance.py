from django.db import models

from tracker.domain.track import Source
from tracker.tenancy import TenantModel


class Provenance(TenantModel):
    """Of a row that somebody entered: when by which clock, how it came, and through which phone or member of
    staff."""

    entered_at = models.DateTimeField(help_text="The device's clock at submission.")
    received_at = models.DateTimeField(help_text="The server's clock.")
    corrected_at = models.DateTimeField(help_text="entered_at by the server's clock, never after receipt.")
    source = models.PositiveSmallIntegerField(choices=[(source.value, source.name) for source in Source])
    device = models.ForeignKey(
        "tracker.Device", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    membership = models.ForeignKey(
        "tracker.Membership",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )

    class Meta:
        abstract = True
