from django.db import models

from tracker.tenancy import TenantModel

from .sealed import SealedTextField


class PushSubscription(TenantModel):
    """Where a phone's browser takes messages, and the keys by which only it reads them."""

    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+")
    device = models.OneToOneField("tracker.Device", on_delete=models.CASCADE, related_name="push")
    endpoint = SealedTextField(help_text="An address at the push service of the browser's maker.")
    p256dh = models.CharField(max_length=88, help_text="Its public key, base64url.")
    auth = SealedTextField(help_text="Its secret, base64url.")
    origin = models.CharField(max_length=200, help_text="The address under which the phone knows us.")
    made_at = models.DateTimeField()


class Reminder(TenantModel):
    """One reminder of one diary day by one channel: sent, or being sent. Unique, so it comes once."""

    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey("tracker.Patient", on_delete=models.CASCADE, related_name="reminders")
    day = models.DateField(help_text="The diary day, by the patient's calendar.")
    channel = models.CharField(max_length=8, help_text="push")
    leased_until = models.DateTimeField(null=True, blank=True, help_text="Not to be tried before.")
    attempts = models.PositiveSmallIntegerField(default=0, help_text="Leases without an answer.")
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "day", "channel"], name="one_reminder_a_day"),
        ]
