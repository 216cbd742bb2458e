from django.db import models
from django.db.models import Q

from tracker.tenancy import TenantModel

from .sealed import SealedTextField


class Caregiver(TenantModel):
    """A person of their own who helps one patient, within a scope and a span that somebody agreed to."""

    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey("tracker.Patient", on_delete=models.CASCADE, related_name="caregivers")
    name = models.CharField(max_length=80)
    relation = models.CharField(max_length=40, help_text="For example daughter, or neighbour.")
    may_log = models.BooleanField(default=True)
    may_read = models.BooleanField(default=False)
    gets_alerts = models.BooleanField(default=False)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True, help_text="Last day, by the patient's calendar.")
    consent_by = models.CharField(max_length=40, help_text="Who agreed: device:<id> or staff:<membership>.")
    consent_reason = SealedTextField(default="", blank=True, help_text="Why staff agreed for the patient.")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)


class Invitation(TenantModel):
    """A one-time way in for one person. Only hashes of its token and its code are kept.

    The token is in the QR code's link; the short code is for typing. A code of six digits moves a person to
    another phone and has no token.
    """

    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey("tracker.Patient", on_delete=models.CASCADE, related_name="invitations")
    caregiver = models.ForeignKey(
        Caregiver, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    token_hash = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    code_hash = models.BinaryField(max_length=32, help_text="Keyed: six digits could be tried out otherwise.")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0, help_text="Wrong dates of birth so far.")
    redeemed_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=12, blank=True, help_text="reissued, tries or ended.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "code_hash"],
                condition=Q(redeemed_at=None, voided_at=None),
                name="one_open_invitation_a_code",
            ),
        ]
        indexes = [
            models.Index(
                fields=["clinic", "voided_at"], condition=Q(void_reason="tries"), name="locked_invitations"
            ),
        ]


class Device(TenantModel):
    """A phone that may act for one person: the patient, or a caregiver. Its tokens are kept as hashes only.

    `token_hash` opens a session. `append_hash` only hands in entries, also when the session is over.
    """

    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey("tracker.Patient", on_delete=models.CASCADE, related_name="devices")
    caregiver = models.ForeignKey(
        Caregiver, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    token_hash = models.BinaryField(max_length=32, unique=True)
    append_hash = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    name = models.CharField(max_length=80)
    is_borrowed = models.BooleanField(
        default=False, help_text="Somebody else's: it keeps nothing, and its time is short."
    )
    made_at = models.DateTimeField()
    last_seen_at = models.DateTimeField(null=True, blank=True, help_text="Kept to the day.")
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=40, blank=True)

    is_append_only = False
    """Not stored: came in by `append_hash` in this request, so that it may log and see nothing."""


class Confirmation(TenantModel):
    """A code that a person types to show once more who they are, before something that reaches far."""

    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+")
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="confirmations")
    code_hash = models.BinaryField(max_length=32)
    way = models.CharField(max_length=8, help_text="tracker.domain.step_up.Way")
    email = SealedTextField(default="", blank=True, help_text="A new address that this code verifies.")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, blank=True)


class Consent(TenantModel):
    """Which text somebody agreed to, and when; taking it back ends it."""

    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey("tracker.Patient", on_delete=models.CASCADE, related_name="consents")
    device = models.ForeignKey(Device, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    version = models.CharField(max_length=20, help_text="tracker.content.consent")
    language = models.CharField(max_length=8)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
