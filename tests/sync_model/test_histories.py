"""Whatever phones, network, server and backups do, nothing is lost or doubled. More: `make histories`."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sync_model.machine import Histories
from tests.sync_model.real import Real, cast_of
from tests.sync_model.tally import Tally

WANTED = int(os.environ.get("ONSET_HISTORIES", "0"))


@pytest.fixture
def quiet_log() -> Iterator[None]:
    """Every crash writes a line of log, and a run has hundreds."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


def many(count: int) -> settings:
    return settings(
        max_examples=WANTED or count,
        stateful_step_count=30,
        deadline=None,
        derandomize=not WANTED,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )


def run(machine: type[Histories], count: int) -> Tally:
    run_state_machine_as_test(machine, settings=many(count))
    print(f"\n{machine.tally}")
    return machine.tally


def test_no_history_loses_or_doubles_an_entry_by_the_rules_alone():
    class OfTheRules(Histories):
        tally = Tally("rules alone")

    tally = run(OfTheRules, 300)
    assert (tally.lost, tally.duplicated) == (0, 0)
    assert tally.histories >= (WANTED or 300)


@pytest.mark.django_db
def test_no_history_loses_or_doubles_an_entry_on_the_server(our, still_clock, quiet_log):
    cast = cast_of(our)

    class OfTheServer(Histories):
        server = staticmethod(lambda: Real(cast))
        tally = Tally("server")

    tally = run(OfTheServer, 20)
    assert (tally.lost, tally.duplicated) == (0, 0)
    assert tally.histories >= (WANTED or 20)
