"""Consent: who has to be asked."""

from __future__ import annotations

import pytest

from tracker.domain.consent import CURRENT, VERSIONS, Given, State, state


@pytest.mark.parametrize(
    ("latest", "where", "asked"),
    [
        (None, State.MISSING, True),
        (Given(CURRENT), State.GIVEN, False),
        (Given("2020-01"), State.OUTDATED, True),
        (Given("2099-01"), State.OUTDATED, True),
        (Given(CURRENT, is_withdrawn=True), State.WITHDRAWN, False),
        (Given("2020-01", is_withdrawn=True), State.WITHDRAWN, False),
    ],
)
def test_where_a_patient_stands(latest, where, asked):
    assert state(latest) == where
    assert state(latest).has_to_be_asked is asked


def test_a_new_text_asks_everybody_again():
    assert state(Given(CURRENT), current="2027-01") == State.OUTDATED


def test_versions_are_in_order_and_the_last_one_counts():
    assert list(VERSIONS) == sorted(set(VERSIONS)) and VERSIONS[-1] == CURRENT
