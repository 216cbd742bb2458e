from django.db import models

from tracker.tenancy import TenantModel


class Track(TenantModel):
    """An episode's diary, a byte a day (tracker.domain.track), and the readings of its day 0.

    Entries and readings are the truth; this is their copy, and `check_tracks` proves that both agree.
    """

    injection = models.OneToOneField("tracker.Injection", on_delete=models.CASCADE, primary_key=True)
    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+", db_index=False)
    codes = models.BinaryField(default=bytes)
    provenance = models.BinaryField(default=bytes)
    before = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Right now, before it.")
    after = models.JSONField(default=list, help_text="[minutes, score] pairs, in order.")
    rescue = models.BooleanField(
        default=False, help_text="A pain reliever was taken between the block and a reading."
    )
    rev = models.PositiveIntegerField(default=1, help_text="Grows whenever the chart would look different.")


class Assessment(TenantModel):
    """What the rules say of one injection as of one day, with the inputs they saw.

    Written in the transaction of the entry, so that a worklist never reads a diary.
    """

    injection = models.OneToOneField("tracker.Injection", on_delete=models.CASCADE, primary_key=True)
    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+", db_index=False)
    patient = models.ForeignKey("tracker.Patient", on_delete=models.CASCADE, related_name="+")
    as_of_day = models.SmallIntegerField(help_text="Study day; below 0 before the injection.")
    label = models.CharField(max_length=40, help_text="Rules 2, 9, 11, 12, or a state before them.")
    attention = models.PositiveSmallIntegerField(default=0, help_text="tracker.domain.attention.Level")
    attention_reasons = models.JSONField(default=list)
    last_on = models.DateField(null=True, blank=True, help_text="Newest day with a scored average pain.")
    last_pain = models.PositiveSmallIntegerField(null=True, blank=True)
    change = models.DecimalField(
        max_digits=4, decimal_places=2, null=True, blank=True, help_text="last_pain minus the baseline."
    )
    is_confounded = models.BooleanField(default=False, help_text="Rule 18: another treatment fell into it.")
    rule_set = models.CharField(max_length=40)
    case = models.JSONField(help_text="The inputs, as `manage.py assess` reads them.")
    result = models.JSONField(
        null=True, blank=True, help_text="The figures, as `manage.py assess` prints them."
    )
    assessed_at = models.DateTimeField()
    roll_due_at = models.DateTimeField(null=True, blank=True, help_text="When its next day begins.")
    leased_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["roll_due_at"]), models.Index(fields=["clinic", "label"])]


class ChartPicture(TenantModel):
    """A PNG of a chart: asked for by a page, drawn by a worker, kept until its data change."""

    injection = models.ForeignKey("tracker.Injection", on_delete=models.CASCADE, related_name="+")
    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+")
    look = models.CharField(max_length=20, help_text="Theme, size and language.")
    tag = models.CharField(max_length=60, help_text="The chart's ETag: what it was drawn from.")
    asked_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    png = models.BinaryField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["injection", "look"], name="one_picture_a_look"),
        ]
