import uuid
from datetime import date

from django.db import models

from tracker.domain.procedure import Approach, Closing, Guidance, Intent, Region, Side, Status
from tracker.tenancy import TenantModel

from .sealed import SealedTextField


class Injection(TenantModel):
    """One epidural injection, planned or done. Its date may move; diary entries never hang on it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey("tracker.Patient", on_delete=models.CASCADE, related_name="injections")
    status = models.CharField(max_length=12, choices=Status.choices(), default=Status.SCHEDULED)
    injected_on = models.DateField("date", help_text="Planned, or performed, by the patient's calendar.")
    protocol_version = models.ForeignKey(
        "tracker.ProtocolVersion",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="What it was entered under; none: as shipped for its region.",
    )
    region = models.CharField(max_length=12, choices=Region.choices(), default=Region.CERVICAL)
    level = models.CharField(max_length=20, help_text="For example C7-T1.")
    side = models.CharField(max_length=8, choices=Side.choices(), default=Side.MIDLINE)
    approach = models.CharField(max_length=16, choices=Approach.choices(), default=Approach.INTERLAMINAR)
    intent = models.CharField(max_length=12, choices=Intent.choices(), default=Intent.THERAPEUTIC)
    guidance = models.CharField(max_length=12, choices=Guidance.choices(), default=Guidance.FLUOROSCOPY)
    contrast = models.BooleanField("contrast used", default=True)
    anaesthetic = models.CharField(
        max_length=80, blank=True, help_text="For example lidocaine 1 %, 2 ml. Empty where none was given."
    )
    indication = models.CharField("indication (ICD-10-CM)", max_length=8)
    operator = models.CharField(max_length=120)
    baseline_override = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    baseline_reason = SealedTextField(null=True, blank=True, help_text="None without a correction.")
    visit_on = models.DateField(
        null=True, blank=True, help_text="Next visit; in the week before it pain is asked for each day."
    )
    closed_on = models.DateField(null=True, blank=True)
    closed_reason = models.CharField(max_length=12, choices=Closing.choices(), blank=True)

    class Meta:
        indexes = [models.Index(fields=["patient", "injected_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(baseline_override=None)
                | (
                    models.Q(baseline_override__gte=0, baseline_override__lte=10)
                    & models.Q(baseline_reason__isnull=False)
                ),
                name="a_corrected_baseline_has_a_reason",
            ),
        ]

    @property
    def surgery_on(self) -> date | None:
        """The day of the surgery that ended its episode; None where something else did, or nothing."""
        return self.closed_on if self.closed_reason == Closing.SURGERY else None


class InjectionAgent(TenantModel):
    """One drug of an injectate, with the lot it came from."""

    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+")
    injection = models.ForeignKey(Injection, on_delete=models.CASCADE, related_name="agents")
    name = models.CharField(max_length=80)
    dose_mg = models.DecimalField("dose (mg)", max_digits=7, decimal_places=2)
    lot = models.CharField("lot number", max_length=40, blank=True)
