import uuid

from django.db import models
from django.db.models.functions import Now


class Epoch(models.Model):
    """Since when this database goes on without a gap: one row of the whole installation, of no clinic.

    A restored backup lacks what came after it. A new `value` tells every phone to send its last days again.
    """

    THE_ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ONLY)
    value = models.UUIDField(default=uuid.uuid4)
    began_at = models.DateTimeField(
        db_default=Now(), help_text="When the database was made, or after a restore."
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_epoch")]
