"""One injection's episode as a whole: from its marks and readings to what a worklist shows.

The rules themselves live in `progress` (therapeutic) and `diagnostic`; this module says which of them
apply when, and adds the states before an injection that the rules do not know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from .attention import Level, attention, soreness_attention
from .case_file import write_case
from .diagnostic import assess_block
from .diary import EpisodeDiary
from .progress import as_json, assess, baseline_so_far
from .ruleset import ESI_RULES, RuleSet
from .soreness import soreness_flag
from .track import LAST_DAY, DayMark

SCHEDULED, UNCONFIRMED = "scheduled", "unconfirmed"
"""Labels before the rules begin: the day has not come; it has passed and nobody said what happened."""


SteroidCourse = tuple[date, date | None]
"""First and last day; without the last it goes on."""


class Confounder(StrEnum):
    """Another treatment that may have done what the injection is credited with."""

    OTHER_REGION = "other_region"
    STEROIDS = "steroids"
    SURGERY = "surgery"


@dataclass(frozen=True, slots=True)
class Episode:
    """The facts of one injection. `injections` are (region, date) of all the patient's performed ones."""

    case_id: str
    region: str
    injected_on: date
    is_performed: bool
    is_diagnostic: bool
    marks: tuple[DayMark, ...]
    before: int | None
    after: tuple[tuple[int, int], ...]
    injections: tuple[tuple[str, date], ...]
    closed_on: date | None = None
    baseline_override: Fraction | None = None
    steroid_courses: tuple[SteroidCourse, ...] = ()
    surgeries: tuple[date, ...] = ()
    """Days on which surgery ended an episode of the patient, this one or another."""
    rescue: bool = False
    """A pain reliever was taken between a block and one of its readings."""

    @property
    def next_injection_day(self) -> int | None:
        """Rule 18: an episode ends the day before the next injection of the same region."""
        later = [on for region, on in self.injections if region == self.region and on > self.injected_on]
        return (min(later) - self.injected_on).days if later else None

    def is_confounded(self, *, as_of_day: int) -> bool:
        """Rule 18: another treatment within the episode is flagged and cuts nothing."""
        return bool(self.confounders(as_of_day=as_of_day))

    def confounders(self, *, as_of_day: int) -> tuple[Confounder, ...]:
        """What fell into it: an injection of another region, a course of oral steroids, surgery.

        Of a course any of its days counts, also where it began before: the drug works all the same. Surgery
        ends its own episode besides, so that no figure counts a later day; that is not the flag's doing.
        """
        last = min(as_of_day, (self.next_injection_day or LAST_DAY) - 1)
        episode = range(last + 1)
        other = any(
            region != self.region and (on - self.injected_on).days in episode
            for region, on in self.injections
        )
        steroids = any(
            (first - self.injected_on).days <= last and (end is None or end >= self.injected_on)
            for first, end in self.steroid_courses
        )
        surgery = any((on - self.injected_on).days in episode for on in self.surgeries)
        found = zip(Confounder, (other, steroids, surgery), strict=True)
        return tuple(name for name, is_there in found if is_there)

    def diary(self) -> EpisodeDiary:
        return EpisodeDiary.from_marks(
            self.marks,
            before=self.before,
            after=self.after,
            next_injection_day=self.next_injection_day,
            closed_day=(self.closed_on - self.injected_on).days if self.closed_on else None,
            baseline_override=self.baseline_override,
        )


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a worklist line needs, with the inputs and figures behind it, ready to be stored."""

    label: str
    as_of_day: int
    level: Level
    reasons: tuple[str, ...]
    last_day: int | None
    last_pain: int | None
    change: Fraction | None
    is_confounded: bool
    case: dict[str, Any]
    result: dict[str, Any] | None


def judge(episode: Episode, *, today: date, rules: RuleSet = ESI_RULES) -> Judgement:
    """Assess an episode as of a calendar day of the patient."""
    day = (today - episode.injected_on).days
    diary = episode.diary()
    baseline: Fraction | None
    reasons: tuple[str, ...]
    if day < 0 or not episode.is_performed:
        label = SCHEDULED if day < 0 else UNCONFIRMED
        baseline = baseline_so_far(diary, as_of_day=min(day, -1), rules=rules).mean
        level, reasons = (Level.NONE, ()) if day < 0 else (Level.GREY, ("unconfirmed",))
        result: dict[str, Any] | None = None
    elif episode.is_diagnostic:
        block = assess_block(episode.before, episode.after, rescue_analgesic=episode.rescue, rules=rules)
        label, result = f"diagnostic:{block.result}", None
        found = soreness_attention(soreness_flag(diary.soreness, to_day=day, rules=rules))
        baseline, level, reasons = None, found.level, found.reasons
    else:
        assessment = assess(diary, as_of_day=day, rules=rules)
        found = attention(assessment, day=day, diary=diary, rules=rules)
        label, result, baseline = str(assessment.label), as_json(assessment), assessment.baseline
        level, reasons = found.level, found.reasons
    # Later days belong to the next episode (rule 18).
    last_day, last_pain = _last(diary.pain, day if diary.last_day is None else min(day, diary.last_day))
    return Judgement(
        label=label,
        as_of_day=day,
        level=level,
        reasons=tuple(reasons),
        last_day=last_day,
        last_pain=last_pain,
        change=None if last_pain is None or baseline is None else last_pain - baseline,
        is_confounded=episode.is_performed and episode.is_confounded(as_of_day=day),
        case=write_case(episode.case_id, episode.case_id, diary, day, rules=rules),
        result=result,
    )


def _last(pain: Mapping[int, int], day: int) -> tuple[int | None, int | None]:
    """The newest scored day up to today, day 0 aside, and its score."""
    newest = max((d for d in pain if d <= day and d != 0), default=None)
    return newest, None if newest is None else pain[newest]
