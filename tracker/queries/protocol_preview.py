"""What a protocol asks of a patient on which day: the preview of whoever changes it. No statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.domain.asking import asked_forms, asks_rescue
from tracker.domain.forms import Form
from tracker.domain.protocol import Protocol
from tracker.domain.ruleset import RuleSet
from tracker.domain.schedule import Rhythm, asks_soreness, rhythm

LAST_DAY = 120
"""Behind the longest schedule that is asked twice a week comes only the monthly score."""


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring days that ask the same; `last` is None where it goes on."""

    first: int
    last: int | None
    rhythm: Rhythm
    soreness: bool
    rescue: bool
    forms: tuple[Form, ...]
    readings: tuple[int, ...]


def asked_when(protocol: Protocol) -> tuple[Span, ...]:
    """The schedule from the baseline's first day on, for a patient whose site stays sore."""
    rules = protocol.rules
    spans: list[Span] = []
    last = max(LAST_DAY, rules.twice_a_week_last_day + 1)
    for day, asked in _days(rules, last):
        if spans and _same(spans[-1], asked):
            asked = Span(spans.pop().first, day, *_asks(asked))
        spans.append(asked)
    return (*spans[:-1], Span(spans[-1].first, None, *_asks(spans[-1])))


def _days(rules: RuleSet, last: int) -> Iterator[tuple[int, Span]]:
    for day in range(rules.baseline_first_day, last + 1):
        forms = tuple(asked.form for asked in asked_forms(day, rules=rules))
        yield (
            day,
            Span(
                first=day,
                last=day,
                rhythm=rhythm(day, rules=rules),
                soreness=asks_soreness(day, soreness={}, rules=rules),
                rescue=asks_rescue(day, rules=rules),
                forms=forms,
                readings=rules.reading_minutes if day == 0 else (),
            ),
        )


def _asks(span: Span) -> tuple[Rhythm, bool, bool, tuple[Form, ...], tuple[int, ...]]:
    return span.rhythm, span.soreness, span.rescue, span.forms, span.readings


def _same(one: Span, other: Span) -> bool:
    return _asks(one) == _asks(other)
