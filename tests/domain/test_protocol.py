"""Protocols as data: what a clinic may choose, and how a protocol is written and read back."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from tracker.domain.care import RANGES, CareFigures
from tracker.domain.procedure import LEVELS, Region
from tracker.domain.protocol import (
    LIMITS,
    SHIPPED,
    InvalidProtocol,
    allowed,
    changes,
    from_json,
    shipped_for,
    to_json,
)
from tracker.domain.ruleset import ESI_RULES, RuleSet

NECK, LOW_BACK = SHIPPED.values()


def body_with(**changed):
    """The neck's protocol with some constants and choices changed."""
    body = to_json(NECK)
    for name, value in changed.items():
        body["care" if name in RANGES else "rules"][name] = value
    return body


def test_the_first_shipped_protocol_is_what_the_product_always_did():
    assert NECK.rules is ESI_RULES
    assert NECK.care == CareFigures()


def test_every_region_has_a_shipped_protocol_and_levels():
    assert {region: shipped_for(region).key for region in Region} == {
        Region.CERVICAL: "cervical-thoracic-interlaminar",
        Region.THORACIC: "cervical-thoracic-interlaminar",
        Region.LUMBAR: "lumbar-interlaminar",
    }
    assert all(LEVELS[region] for region in Region)


def test_the_low_back_is_read_out_at_another_day():
    assert (LOW_BACK.rules.readout_first_day, LOW_BACK.rules.readout_day) == (19, 21)


@pytest.mark.parametrize("protocol", SHIPPED.values(), ids=SHIPPED)
def test_a_protocol_reads_back_as_it_was_written(protocol):
    assert from_json(to_json(protocol), version=protocol.rules.version) == protocol


@pytest.mark.parametrize("protocol", SHIPPED.values(), ids=SHIPPED)
@pytest.mark.parametrize("name", LIMITS)
def test_what_is_shipped_lies_within_a_clinics_limits(protocol, name):
    body = to_json(protocol)
    assert from_json(
        body | {"rules": {name: body["rules"][name]} if protocol is NECK else body["rules"]}, version="x"
    )


def test_limits_are_of_constants_that_exist():
    assert LIMITS.keys() <= {one.name for one in fields(RuleSet)}


@pytest.mark.parametrize("name", [name for name in LIMITS if not LIMITS[name].most])
def test_a_constant_beyond_its_limits_is_refused_with_the_range(name):
    for wrong in (LIMITS[name].low - 1, LIMITS[name].high + 1, 2.5, "3", None, True):
        with pytest.raises(InvalidProtocol) as refused:
            from_json(body_with(**{name: wrong}), version="x")
        (problem,) = refused.value.problems
        assert (problem.field, problem.text) == (name, allowed(name))
        assert f"from {LIMITS[name].low} to {LIMITS[name].high}" in problem.text


@pytest.mark.parametrize("name", RANGES)
def test_a_figure_beyond_its_limits_is_refused_by_its_name(name):
    for wrong in ("3", 2.5, True, RANGES[name].least - 1, RANGES[name].most + 1):
        with pytest.raises(InvalidProtocol) as refused:
            from_json(body_with(**{name: wrong}), version="x")
        assert [one.field for one in refused.value.problems] == [name]


@pytest.mark.parametrize("name", RANGES)
def test_a_figure_may_be_left_open_only_where_that_says_something(name):
    if RANGES[name].may_be_blank:
        assert getattr(from_json(body_with(**{name: None}), version="x").care, name) is None
    else:
        with pytest.raises(InvalidProtocol, match=name):
            from_json(body_with(**{name: None}), version="x")


def test_drinks_that_end_before_the_food_are_refused():
    with pytest.raises(InvalidProtocol, match="clear_fluids_hours: Drinks end with the food"):
        from_json(body_with(fasting_hours=2, clear_fluids_hours=6), version="x")


@pytest.mark.parametrize(
    "wrong", [[1], [1, 2, 3], [4, 1], [1, 1], [1, 7], [1, True], (1, 4), 1, None, ["1", 4]]
)
def test_the_two_days_a_week_are_two_weekdays_in_order(wrong):
    with pytest.raises(InvalidProtocol, match="asked_weekdays: Choose 2 whole numbers from 0 to 6"):
        from_json(body_with(asked_weekdays=wrong), version="x")


def test_every_problem_is_named_at_once():
    with pytest.raises(InvalidProtocol) as refused:
        from_json(body_with(readout_day=99, ice_days=9) | {"name": " ", "colour": "red"}, version="x")
    assert [one.field for one in refused.value.problems] == ["colour", "name", "readout_day", "ice_days"]


def test_windows_that_contradict_each_other_are_named():
    with pytest.raises(InvalidProtocol) as refused:
        from_json(body_with(readout_first_day=15), version="x")
    (problem,) = refused.value.problems
    assert (problem.field, problem.above) == ("readout_first_day", "readout_day")


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"rules": {"day_of_rest": 7}}, "day_of_rest"), ({"care": {"tea": 1}}, "tea"), ({"key": "knee"}, "key")],
)
def test_what_is_not_known_is_refused(changed, field):
    with pytest.raises(InvalidProtocol, match=f"^{field}: "):
        from_json(to_json(NECK) | changed, version="x")


@pytest.mark.parametrize("name", ["late_days", "night_ends_hour", "clock_tolerance_hours"])
def test_how_an_entry_is_timed_is_no_clinics_choice(name):
    with pytest.raises(InvalidProtocol, match=f"{name}: It stays as shipped: {getattr(ESI_RULES, name)}"):
        from_json(body_with(**{name: getattr(ESI_RULES, name) + 1}), version="x")


@pytest.mark.parametrize(
    "body", [None, [], "x", {}, {"key": "lumbar-interlaminar", "name": "x", "rules": 3, "care": 3}]
)
def test_what_is_no_protocol_is_refused(body):
    with pytest.raises(InvalidProtocol):
        from_json(body, version="x")


def test_what_is_not_said_is_as_shipped():
    read = from_json({"key": NECK.key, "name": "Ours"}, version=ESI_RULES.version)
    assert read == replace(NECK, name="Ours")


def test_changes_name_what_a_version_does_otherwise():
    after = from_json(body_with(readout_day=13, fasting_hours=6) | {"name": "Ours"}, version="x")
    assert [(one.name, one.was, one.now) for one in changes(NECK, after)] == [
        ("name", NECK.name, "Ours"),
        ("readout_day", 14, 13),
        ("fasting_hours", None, 6),
    ]
