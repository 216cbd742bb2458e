from django.db import models


class Invitation(models.Model):
    """A one-time way in for one patient. Only the hash of its code is kept."""

    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey("tracker.Patient", on_delete=models.CASCADE, related_name="invitations")
    code_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    redeemed_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)


class Device(models.Model):
    """A phone that may act for one patient. It holds a token in a cookie; only the hash is kept."""

    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey("tracker.Patient", on_delete=models.CASCADE, related_name="devices")
    token_hash = models.BinaryField(max_length=32, unique=True)
    name = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
