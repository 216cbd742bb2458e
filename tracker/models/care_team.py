from django.db import models

from tracker.tenancy import TenantModel

from .sealed import SealedTextField


class CareTeamMember(TenantModel):
    """Somebody of staff who looks after one patient: a restricted record opens for them."""

    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey("tracker.Patient", on_delete=models.CASCADE, related_name="care_team")
    membership = models.ForeignKey("tracker.Membership", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "membership"], name="once_in_a_care_team"),
        ]


class BreakGlass(TenantModel):
    """One member of staff opened a restricted record in an emergency, said why, and for how long."""

    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey("tracker.Patient", on_delete=models.CASCADE, related_name="+")
    membership = models.ForeignKey("tracker.Membership", on_delete=models.PROTECT, related_name="+")
    reason = SealedTextField()
    at = models.DateTimeField()
    until = models.DateTimeField()
