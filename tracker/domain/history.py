"""What led to an injection and what was done beside it, and what payers ask to see of that.

The needs I1 to I4 are those of docs/evidence.md, section 2.2. They are shown as there or missing: whether a
payer accepts what is there is not ours to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .procedure import Word

PAYER_WEEKS = 4
"""Weeks of pain (I3) and of conservative care (I4) that payers ask for (docs/evidence.md, section 2.2)."""


class CareKind(Word):
    PHYSICAL_THERAPY = "physical_therapy"
    EXERCISE = "exercise", "Exercise at home"
    PAIN_MEDICINE = "pain_medicine"
    NERVE_MEDICINE = "nerve_medicine", "Medicine for nerve pain"
    MANUAL = "manual", "Manual or chiropractic treatment"
    ACTIVITY = "activity", "Changed activity"
    OTHER = "other"


class CareResult(Word):
    NO_RELIEF = "no_relief"
    NOT_ENOUGH = "not_enough", "Some relief, not enough"
    NOT_TOLERATED = "not_tolerated"
    HELPED = "helped"


class ImagingKind(Word):
    MRI = "mri", "MRI"
    CT = "ct", "CT"
    MYELOGRAM = "myelogram"
    XRAY = "xray", "X-ray"


class Concordance(Word):
    """Whether the imaging explains the pain that is treated."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class CareSpan:
    """One treatment that was tried; without `to_on` it goes on."""

    from_on: date | None
    to_on: date | None
    result: str


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that payers ask for, by its number in the evidence: there or not, and what there is."""

    number: str
    title: str
    is_present: bool
    detail: str


def pain_weeks(*, since: date | None, weeks: int | None, injected_on: date) -> int | None:
    """Full weeks of pain before the injection, as told in weeks or by a date."""
    if since is not None:
        return (injected_on - since).days // 7
    return weeks


def care_weeks(care: Iterable[CareSpan], *, injected_on: date) -> int:
    """Full weeks before the injection on which something was tried; a day in two rows counts once."""
    days: set[int] = set()
    for one in care:
        if one.from_on is None or not one.result:
            continue
        last = min(one.to_on or injected_on, injected_on)
        days.update(range(one.from_on.toordinal(), last.toordinal() + 1))
    return len(days) // 7


def payer_needs(
    *,
    indication: str,
    concordant: str,
    baseline_readings: int,
    weeks_of_pain: int | None,
    weeks_of_care: int,
) -> tuple[Need, ...]:
    """What of I1 to I4 is on record."""
    asked = f"payers ask for {PAYER_WEEKS} or more"
    return (
        Need(
            "I1",
            "Indication, and imaging that explains it",
            bool(indication) and concordant == Concordance.YES,
            _imaging(concordant),
        ),
        Need(
            "I2",
            "Pain on a scale before the injection",
            baseline_readings > 0,
            f"{baseline_readings} scores from 0 to 10" if baseline_readings else "no score",
        ),
        Need(
            "I3",
            "How long the pain had lasted",
            weeks_of_pain is not None,
            "not recorded" if weeks_of_pain is None else f"{_weeks(weeks_of_pain)}; {asked}",
        ),
        Need(
            "I4",
            "Conservative care: kind, time and result",
            weeks_of_care > 0,
            f"{_weeks(weeks_of_care)} with a result; {asked}"
            if weeks_of_care
            else "none with dates and result",
        ),
    )


def _imaging(concordant: str) -> str:
    words: dict[str, str] = {
        Concordance.YES: "imaging is concordant",
        Concordance.NO: "imaging is not concordant",
        Concordance.UNCLEAR: "concordance is unclear",
    }
    return words.get(concordant, "no imaging recorded")


def _weeks(count: int) -> str:
    return "1 week" if count == 1 else f"{count} weeks"
