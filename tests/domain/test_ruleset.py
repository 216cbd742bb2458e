"""Rule sets: every constant has a source, and a contradiction is named by its field."""

from __future__ import annotations

from dataclasses import fields

import pytest

from tracker.domain.ruleset import (
    ESI_RULES,
    RULE_SETS,
    InvalidRuleSet,
    RuleSet,
    UnknownRuleSet,
    rule_set,
    source_of,
)

CONSTANTS = [field.name for field in fields(RuleSet) if field.name != "version"]


@pytest.mark.parametrize("name", CONSTANTS)
def test_every_constant_names_its_source(name):
    assert source_of(name)


@pytest.mark.parametrize("name", CONSTANTS)
@pytest.mark.parametrize("wrong", [-1000, 1_000_000, 2.5, True, "3", None])
def test_a_wrong_constant_is_refused_by_its_name(name, wrong):
    with pytest.raises(InvalidRuleSet, match=f"{name} is "):
        RuleSet(**{name: wrong})


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"moderate_percent": 60}, "moderate_percent"),
        ({"baseline_first_day": -1, "baseline_last_day": -2}, "baseline_first_day"),
        ({"baseline_last_day": 0}, "baseline_last_day"),
        ({"readout_first_day": 15}, "readout_first_day"),
        ({"readout_last_day": 13}, "readout_day"),
        ({"flare_last_end_day": 2}, "flare_last_start_day"),
        ({"confirm_extended_days": 2}, "confirm_days"),
        ({"late_days": 0}, "late_days"),
        ({"version": ""}, "version"),
        ({"daily_last_day": 27}, "stale_last_day"),
        ({"twice_a_week_last_day": 27}, "daily_last_day"),
        ({"reading_minutes": ()}, "reading_minutes"),
        ({"reading_minutes": [30, 240]}, "reading_minutes"),
        ({"reading_minutes": (30, "240")}, "reading_minutes is '240'"),
        ({"asked_weekdays": (1, 7)}, "asked_weekdays is 7"),
    ],
)
def test_constants_that_contradict_each_other_are_refused(changed, named):
    with pytest.raises(InvalidRuleSet, match=named):
        RuleSet(**changed)


def test_the_default_rules_are_version_1_0():
    assert ESI_RULES.version == "esi-rules 1.0"
    assert rule_set("esi-rules 1.0") is ESI_RULES is RULE_SETS["esi-rules 1.0"]


def test_an_unknown_version_is_refused_with_those_that_are_known():
    with pytest.raises(UnknownRuleSet, match=r"'esi-rules 9'.*esi-rules 1\.0"):
        rule_set("esi-rules 9")
