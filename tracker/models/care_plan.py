from django.db import models
from django.db.models import Q

from tracker.tenancy import TenantModel

from .sealed import SealedTextField


class CarePlan(TenantModel):
    """How one injection is prepared for and looked after: what the clinic chose and typed for this patient.

    The ranges of the figures stand in tracker.domain.care. Without a row the shipped figures hold.
    """

    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+")
    injection = models.OneToOneField("tracker.Injection", on_delete=models.CASCADE, related_name="care_plan")
    planned_for = models.DateField(help_text="The injection's date as the plan was written.")
    arrive_at = models.TimeField(null=True, blank=True, help_text="By the patient's clock.")
    fasting_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    clear_fluids_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    visit_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    observation_minutes = models.PositiveSmallIntegerField()
    company_hours = models.PositiveSmallIntegerField()
    no_driving_hours = models.PositiveSmallIntegerField()
    ice_minutes = models.PositiveSmallIntegerField()
    ice_days = models.PositiveSmallIntegerField()
    no_bath_hours = models.PositiveSmallIntegerField()
    no_lifting_days = models.PositiveSmallIntegerField()
    sugar_days = models.PositiveSmallIntegerField()
    sugar_limit = models.PositiveSmallIntegerField(null=True, blank=True, help_text="mg/dL")
    needs_driver = models.BooleanField(default=True)
    is_diabetic = models.BooleanField(default=False)
    pain_relievers = SealedTextField(null=True, blank=True, help_text="What was agreed on, in words.")
    thinner_plan = SealedTextField(null=True, blank=True, help_text="What was agreed on, in words.")
    prescriber_agreed = models.BooleanField(default=False)
    thinner_last_dose_at = models.DateTimeField(null=True, blank=True)
    thinner_restart_at = models.DateTimeField(null=True, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(thinner_plan__isnull=True) | Q(prescriber_agreed=True),
                name="a_thinner_plan_is_agreed_to",
            ),
        ]
