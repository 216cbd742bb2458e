"""Why an assessment says what it says, for a clinician: exact figures, each with its rule."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.assessment import Assessment
from tracker.domain.diary import Course, EpisodeDiary
from tracker.domain.explain_flags import flag_reasons
from tracker.domain.explain_label import Reason, label_reason
from tracker.domain.explain_relief import relief_reasons
from tracker.domain.labels import BaselineQuality, Confidence, Label
from tracker.domain.ruleset import ESI_RULES, RuleSet
from tracker.domain.titles import counted, figure, label_title

__all__ = ["Reason", "label_title", "reasons"]


def reasons(
    assessment: Assessment, diary: EpisodeDiary, *, anaesthetic: bool = True, rules: RuleSet = ESI_RULES
) -> tuple[Reason, ...]:
    """The figures behind an assessment of this diary: baseline and label first, then what else is known.

    `anaesthetic`: whether the injectate held one; an early change without one is named so.
    """
    course = Course.of(diary.pain, to_day=assessment.evaluated_to_day)
    return (
        Reason(1, _baseline(assessment, diary, rules)),
        label_reason(assessment, course, rules),
        *_read_out(assessment, rules),
        *_onset(assessment, rules),
        *relief_reasons(assessment, course, rules),
        *flag_reasons(assessment, diary, anaesthetic=anaesthetic, rules=rules),
        *_silence(assessment, course),
    )


def _baseline(assessment: Assessment, diary: EpisodeDiary, rules: RuleSet) -> str:
    if assessment.baseline is None:
        return 'No baseline: no day before the injection was scored, and no "right now" before it.'
    level, n = figure(assessment.baseline), assessment.baseline_n
    if diary.baseline_override is not None:
        return f"The baseline of {level} was set by a clinician and counts as limited."
    if assessment.baseline_quality == BaselineQuality.GOOD:
        window = f"days {rules.baseline_first_day} to {rules.baseline_last_day}"
        return f"The baseline of {level} is the mean of the {counted(n, 'scored day')} in {window}."
    return (
        f"The baseline of {level} is limited: it rests on {counted(n, 'reading')}, "
        f"and {rules.baseline_good_entries} scored days before the injection are asked for."
    )


def _read_out(assessment: Assessment, rules: RuleSet) -> Iterator[Reason]:
    if assessment.confidence == Confidence.PROVISIONAL:
        yield Reason(8, f"The read-out is provisional until day {rules.readout_last_day}.")
    if assessment.confidence == Confidence.LIMITED:
        asked = f"a firm one asks for {rules.readout_firm_entries}"
        yield Reason(8, f"The read-out is limited: it rests on {assessment.day14_n} scored days; {asked}.")
    if assessment.borderline and assessment.percent_relief is not None:
        yield Reason(
            20,
            f"Borderline: {figure(assessment.percent_relief)} % is less than {rules.borderline_percent} "
            f"points from {rules.moderate_percent} % or {rules.substantial_percent} %.",
        )


def _onset(assessment: Assessment, rules: RuleSet) -> Iterator[Reason]:
    if assessment.onset_day is None or assessment.onset_after_day is None:
        return
    day, first = assessment.onset_day, assessment.onset_after_day + 1
    when = (
        f"on day {day}"
        if first == day
        else f"between day {first} and day {day}: the days between have no entry"
    )
    bar = f"{rules.moderate_percent} % and {counted(rules.moderate_points, 'point')}"
    yield Reason(6, f"Relief of {bar}, confirmed by the days after it, began {when}.")


_SILENT = (Label.NO_RECENT_DATA, Label.NO_ENTRIES)
"""Labels that say the silence themselves."""


def _silence(assessment: Assessment, course: Course) -> Iterator[Reason]:
    if not assessment.stale or assessment.label in _SILENT:
        return
    if not course.days:
        yield Reason(12, "No day since the injection has a scored entry.")
        return
    ago = assessment.evaluated_to_day - course.days[-1]
    yield Reason(12, f"The last scored day is day {course.days[-1]}, {ago} days ago.")
