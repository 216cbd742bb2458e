from django.db import models
from django.db.models import Q

from tracker.domain.track import Source, Timing
from tracker.tenancy import TenantModel

from .provenance import Provenance


def _score(field: str) -> Q:
    return Q(**{f"{field}__gte": 0, f"{field}__lte": 10})


class DiaryEntry(Provenance):
    """One revision of one diary day, as it came in. Rows are added, never changed.

    Every entry is found by its patient. The index on `device` is for erasing: the database looks up what
    points to a row that goes.
    """

    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+", db_index=False)
    patient = models.ForeignKey(
        "tracker.Patient", on_delete=models.CASCADE, related_name="entries", db_index=False
    )
    client_id = models.UUIDField(help_text="Made by the phone: the same entry sent twice is stored once.")
    describes_on = models.DateField()
    pain = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Average pain that day, NRS 0-10."
    )
    soreness = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Injection site, 0-10.")
    skew_seconds = models.IntegerField(null=True, blank=True, help_text="Server minus device, as measured.")
    timing = models.PositiveSmallIntegerField(choices=[(timing.value, timing.name) for timing in Timing])
    replaces = models.UUIDField(null=True, blank=True, help_text="client_id of the revision it corrects.")

    class Meta:
        constraints = [
            # The patient is part of the key: another patient's entry with the same id is no duplicate.
            models.UniqueConstraint(fields=["patient", "client_id"], name="one_entry_a_client_id"),
            models.CheckConstraint(condition=_score("pain") | Q(pain=None), name="entry_pain_0_10"),
            models.CheckConstraint(
                condition=_score("soreness") | Q(soreness=None), name="entry_soreness_0_10"
            ),
            models.CheckConstraint(
                condition=Q(pain__isnull=False) | Q(soreness__isnull=False), name="entry_says_something"
            ),
        ]
        indexes = [models.Index(fields=["patient", "describes_on", "id"])]


def _revision(*, null: bool = False) -> models.ForeignKey:
    # RESTRICT: a revision that stands for a day goes with its patient only. Days are found by their date;
    # without the index, erasing one patient would read every day of everybody for each entry.
    return models.ForeignKey(DiaryEntry, null=null, on_delete=models.RESTRICT, related_name="+")


class DiaryDay(TenantModel):
    """Which revisions stand for a day: the newest, and for each series the one that the rules may score.

    Pain and soreness are two series: an entry about one of them leaves the other where it was.
    """

    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+", db_index=False)
    patient = models.ForeignKey(
        "tracker.Patient", on_delete=models.CASCADE, related_name="diary_days", db_index=False
    )
    describes_on = models.DateField()
    current = _revision()
    scored_pain = _revision(null=True)
    scored_soreness = _revision(null=True)
    is_edited = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "describes_on"], name="one_current_entry_a_day"),
        ]

    @property
    def standing(self) -> tuple[int | None, int | None]:
        """Pain and soreness as somebody sees them who looks at the day: the newest that was said of each."""
        pain, soreness = self.current.pain, self.current.soreness
        if pain is None and self.scored_pain:
            pain = self.scored_pain.pain
        if soreness is None and self.scored_soreness:
            soreness = self.scored_soreness.soreness
        return pain, soreness


class Reading(TenantModel):
    """A "right now" score on the day of the injection: before it (`minutes` is null), or minutes after."""

    clinic = models.ForeignKey("tracker.Clinic", on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey("tracker.Patient", on_delete=models.CASCADE, related_name="readings")
    injection = models.ForeignKey("tracker.Injection", on_delete=models.CASCADE, related_name="readings")
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    pain = models.PositiveSmallIntegerField(help_text="Pain right now, NRS 0-10.")
    entered_at = models.DateTimeField()
    source = models.PositiveSmallIntegerField(choices=[(source.value, source.name) for source in Source])

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_score("pain"), name="reading_pain_0_10"),
            models.UniqueConstraint(fields=["injection", "minutes"], name="one_reading_a_moment"),
            models.UniqueConstraint(
                fields=["injection"], condition=Q(minutes=None), name="one_reading_before"
            ),
        ]
