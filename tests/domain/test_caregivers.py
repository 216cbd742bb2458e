"""Caregivers: scope, span and consent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tracker.domain.caregivers import Appointment, ConsentBy, Scope, Span, problems

TODAY = date(2026, 3, 10)
GOOD = Appointment(
    name="Bea Quill",
    relation="daughter",
    scope=Scope(may_log=True),
    span=Span(TODAY),
    consent_by=ConsentBy.PATIENT,
)


@pytest.mark.parametrize(
    ("from_on", "to_on", "on", "active"),
    [
        (date(2026, 3, 10), date(2026, 3, 12), date(2026, 3, 9), False),
        (date(2026, 3, 10), date(2026, 3, 12), date(2026, 3, 10), True),
        (date(2026, 3, 10), date(2026, 3, 12), date(2026, 3, 12), True),
        (date(2026, 3, 10), date(2026, 3, 12), date(2026, 3, 13), False),
        (date(2026, 3, 10), date(2026, 3, 10), date(2026, 3, 10), True),
        (date(2026, 3, 10), None, date(2056, 3, 10), True),
        (date(2026, 3, 10), None, date(2026, 3, 9), False),
    ],
)
def test_both_ends_of_a_span_belong_to_it(from_on, to_on, on, active):
    assert Span(from_on, to_on).is_active(on) is active


def test_a_caregiver_may_be_named():
    assert problems(GOOD, today=TODAY) == {}


@pytest.mark.parametrize("scope", [Scope(may_log=True), Scope(may_read=True), Scope(gets_alerts=True)])
def test_one_thing_is_enough(scope):
    assert problems(replace(GOOD, scope=scope), today=TODAY) == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"relation": ""}, "relation"),
        ({"scope": Scope()}, "scope"),
        ({"span": Span(TODAY, date(2026, 3, 9))}, "to_on"),
        ({"span": Span(date(2026, 3, 1), date(2026, 3, 9))}, "to_on"),
        ({"consent_by": ConsentBy.STAFF}, "consent_reason"),
        ({"consent_by": ConsentBy.STAFF, "consent_reason": " "}, "consent_reason"),
    ],
)
def test_what_is_missing_is_said(changes, field):
    found = problems(replace(GOOD, **changes), today=TODAY)
    assert list(found) == [field] and found[field].endswith(".")


@pytest.mark.parametrize(
    "changes",
    [
        {"span": Span(date(2026, 3, 1), TODAY)},
        {"span": Span(date(2026, 4, 1), date(2026, 4, 1))},
        {"consent_by": ConsentBy.STAFF, "consent_reason": "Both arms in casts; said so on the ward."},
    ],
)
def test_what_is_allowed(changes):
    assert problems(replace(GOOD, **changes), today=TODAY) == {}


def test_everything_wrong_is_said_at_once():
    nothing = Appointment("", "", Scope(), Span(TODAY, date(2026, 1, 1)), ConsentBy.STAFF)
    assert set(problems(nothing, today=TODAY)) == {"name", "relation", "scope", "to_on", "consent_reason"}
