from django.db import models

from tracker.tenancy import TenantModel

from .sealed import SealedTextField


class OutgoingMail(TenantModel):
    """A mail that is owed: written with its cause in one transaction, sent by a worker, kept a week more."""

    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(
        "tracker.Patient",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Whom it is about, if anybody: it goes with them.",
    )
    key = models.CharField(max_length=80, help_text="Names the cause: the same mail is owed once.")
    recipient = SealedTextField()
    subject = models.CharField(max_length=120)
    body = SealedTextField()
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    first_failed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clinic", "key"], name="one_mail_a_key")]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(sent_at=None, given_up_at=None), name="mail_owed"
            ),
        ]
