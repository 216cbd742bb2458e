from datetime import date

from django.db import models

from tracker.domain.history import CareKind, CareResult, Concordance, ImagingKind
from tracker.tenancy import TenantModel

from .sealed import SealedTextField


class InjectionHistory(TenantModel):
    """What led to one injection, and what else was taken: a clinician's record, which no rule scores."""

    injection = models.OneToOneField(
        "tracker.Injection", on_delete=models.CASCADE, primary_key=True, related_name="history"
    )
    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+", db_index=False)
    pain_since = models.DateField(null=True, blank=True, help_text="When the pain began.")
    pain_weeks = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How long it had lasted, where no date is known."
    )
    imaging_kind = models.CharField(max_length=12, choices=ImagingKind.choices(), blank=True)
    imaging_on = models.DateField(null=True, blank=True)
    imaging_concordant = models.CharField(max_length=8, choices=Concordance.choices(), blank=True)
    imaging_finding = SealedTextField(null=True, blank=True, help_text="In short; sealed. None without one.")
    steroids_from = models.DateField(null=True, blank=True, help_text="A course of oral steroids: rule 18.")
    steroids_to = models.DateField(null=True, blank=True)

    @property
    def steroid_course(self) -> tuple[date, date | None] | None:
        """First and last day; None where none was taken."""
        return (self.steroids_from, self.steroids_to) if self.steroids_from else None


class ConservativeCare(TenantModel):
    """One treatment without a needle that was tried before an injection."""

    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+")
    injection = models.ForeignKey("tracker.Injection", on_delete=models.CASCADE, related_name="care")
    kind = models.CharField(max_length=20, choices=CareKind.choices())
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True, help_text="None: it goes on.")
    result = models.CharField(max_length=16, choices=CareResult.choices(), blank=True)
