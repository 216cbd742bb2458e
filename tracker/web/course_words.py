"""A course and its days in a patient's words: one text for the page and for the copy that a phone keeps."""

from __future__ import annotations

from typing import Any

from django.utils.dates import WEEKDAYS

from tracker.content.course import COURSE, CourseTexts, PhaseText
from tracker.content.diary import DIARY, DiaryTexts
from tracker.content.languages import in_language
from tracker.content.leaves import reworded
from tracker.domain.ruleset import RuleSet
from tracker.domain.schedule import Rhythm
from tracker.domain.timeline import Phase, PhaseKey, phases
from tracker.domain.titles import figure
from tracker.domain.wording import PatientMessage, ReliefMessage
from tracker.queries.clinic_texts import worded
from tracker.queries.course import Course
from tracker.queries.today import Entry


def words_of(found: Course, *, language: str, clinic: Any = None) -> dict[str, Any]:
    """What is said about a course, by the name under which a page asks for it."""
    texts, diary = worded("course", COURSE, language, clinic=clinic), in_language(DIARY, language)
    message = found.message
    return {
        "baseline": "" if found.baseline is None else figure(found.baseline),
        "message": _sentence(message, texts, found.rules) if message else "",
        "low_before": texts.low_before if message and message.is_low_before else "",
        "relief": _relief(found.relief, texts) if found.relief else "",
        "flare": texts.flare if message and message.flare else "",
        "reasons_to_call": [texts.reasons_to_call[reason] for reason in found.reasons_to_call],
        "call_once": texts.call_once,
        "readings": [(diary.moment(minutes), score) for minutes, score in found.readings],
    }


def phase_texts(rules: RuleSet, *, language: str, clinic: Any = None) -> dict[PhaseKey, PhaseText]:
    """The phases in words, with the days of these rules."""
    texts = worded("course", COURSE, language, clinic=clinic).phases
    return {phase.key: _dated(texts[phase.key], phase) for phase in phases(rules)}


def _dated(text: PhaseText, phase: Phase) -> PhaseText:
    return reworded(text, lambda _, said: said.format(first=phase.first_day, last=phase.last_day))


def rhythm_words(rhythm: Rhythm, rules: RuleSet, *, language: str) -> str:
    """How often pain is asked for, with the days of the week."""
    days = [str(WEEKDAYS[day]) for day in rules.asked_weekdays]
    return in_language(DIARY, language).rhythms[rhythm].format(first=days[0], second=days[-1])


def marks_of(entry: Entry, texts: DiaryTexts) -> tuple[str, ...]:
    """What a reader should know of a day's entry beside its scores."""
    return texts.marks(
        entry.timing,
        entry.source,
        is_edited=entry.is_edited,
        counted_pain=entry.counted_pain,
        counted_soreness=entry.counted_soreness,
        entered_by=entry.entered_by,
    )


def _relief(message: ReliefMessage, texts: CourseTexts) -> str:
    said = texts.relief[message.key].format(first=message.first_day, last=message.last_day, days=message.days)
    return f"{said} {texts.late}" if message.is_late else said


def _sentence(message: PatientMessage, texts: CourseTexts, rules: RuleSet) -> str:
    return texts.messages[message.key].format(
        points="" if message.points is None else figure(message.points),
        direction=texts.directions.get(message.direction or "", ""),
        first=rules.onset_first_day,
        last=rules.onset_last_day,
        day=rules.readout_day,
    )
