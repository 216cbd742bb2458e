"""The label before the read-out (rule 12) with worsening (rule 14): the first line that applies."""

from __future__ import annotations

from tracker.domain.baseline import Yardstick
from tracker.domain.diary import Course
from tracker.domain.labels import Label
from tracker.domain.onset import Onset
from tracker.domain.ruleset import ESI_RULES, RuleSet


def early_label(
    course: Course, yardstick: Yardstick, onset: Onset | None, *, rules: RuleSet = ESI_RULES
) -> Label:
    """Where the patient stands before day 14, or before day 16 while the window is too thin."""
    silent = _silence(course, rules)
    if silent is not None:
        return silent
    if is_worsening(course, yardstick, rules=rules):
        return Label.WORSENING
    if onset is None:
        return Label.AWAITING_ONSET if course.to_day <= rules.onset_last_day else Label.SLOWER_THAN_USUAL
    if _is_fading(course, yardstick, onset, rules):
        return Label.FADING_EARLY
    return Label.ON_TRACK if onset.day <= rules.onset_last_day else Label.DELAYED_ONSET


def _silence(course: Course, rules: RuleSet) -> Label | None:
    if course.to_day == 0:
        return Label.PROCEDURE_DAY
    if not course.days:
        waiting = course.to_day < rules.silence_days
        return Label.AWAITING_FIRST_ENTRY if waiting else Label.NO_ENTRIES
    return Label.NO_RECENT_DATA if course.to_day - course.days[-1] >= rules.silence_days else None


def is_stale(course: Course, *, rules: RuleSet = ESI_RULES) -> bool:
    """Whether, from day 3 to day 28, the last scored day is 3 or more days ago, or there is none."""
    last = course.days[-1] if course.days else 0
    return course.to_day <= rules.stale_last_day and course.to_day - last >= rules.silence_days


def is_worsening(course: Course, yardstick: Yardstick, *, rules: RuleSet = ESI_RULES) -> bool:
    """Rule 14: from day 8, 2 of the last 3 entries of the last 7 days are worse. Off at a ceiling."""
    if course.to_day < rules.worsening_first_day or yardstick.baseline >= rules.ceiling_points:
        return False
    scores = course.latest(rules.worsening_most_entries, within_days=rules.worsening_days)
    return yardstick.count_worse(scores) >= rules.worsening_least_entries


def since_onset(course: Course, onset_day: int, *, rules: RuleSet = ESI_RULES) -> list[int]:
    """The latest scores that can show relief fading: "no longer" asks for days on which it had begun."""
    return course.latest(rules.fading_most_entries, within_days=rules.fading_days, since=onset_day)


def _is_fading(course: Course, yardstick: Yardstick, onset: Onset, rules: RuleSet) -> bool:
    scores = since_onset(course, onset.day, rules=rules)
    return len(scores) >= rules.fading_least_entries and not yardstick.moderate.met_by(
        sum(scores), len(scores)
    )
