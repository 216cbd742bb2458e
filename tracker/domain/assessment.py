"""What an assessment says, field by field, and how it is written into a file."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from fractions import Fraction
from operator import attrgetter

from tracker.domain.labels import (
    BaselineQuality,
    Confidence,
    DurabilityState,
    Immediate,
    Label,
    PayerTest,
    Subtype,
)
from tracker.domain.scales import half_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """An episode as of one day: labels for clinicians; points, percent and study days, all exact.

    A low or missing baseline leaves all but baseline, immediate, soreness and payer test null or false.
    """

    label: Label
    evaluated_to_day: int
    baseline: Fraction | None
    baseline_quality: BaselineQuality
    baseline_n: int
    onset_day: int | None = None
    onset_after_day: int | None = None
    day14_mean: Fraction | None = None
    day14_n: int = 0
    percent_relief: Fraction | None = None
    confidence: Confidence | None = None
    borderline: bool = False
    subtype: Subtype | None = None
    flare: str | None = None
    immediate: Immediate
    soreness: str
    stale: bool = False
    first_sustained_50: int | None = None
    last_documented_50: int | None = None
    relief_days: int | None = None
    durability_state: DurabilityState | None = None
    payer_3month: PayerTest = PayerTest.NOT_ASSESSABLE


FIELDS = tuple(field.name for field in fields(Assessment))
"""The fields in the order of a case file."""

_values_of = attrgetter(*FIELDS)


def as_json(assessment: Assessment) -> dict[str, object]:
    """The assessment as a case file holds it: plain values in order, fractions to 4 decimals."""
    return {name: _plain(value) for name, value in zip(FIELDS, _values_of(assessment), strict=True)}


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return float(half_up(value, decimals=4))
    return value.value if isinstance(value, StrEnum) else value
