"""Killing the worker, on the broker that comes with the product and on a real Redis: no row is lost."""

import os
import signal
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from tests.processes.conftest import wait_until

REDIS = os.environ.get("ONSET_TEST_REDIS_URL", "redis://127.0.0.1:6379")
WORKER = ("-m", "celery", "--quiet", "--app", "config", "worker", "--beat", "--concurrency", "1")


@pytest.fixture
def database(with_demo, tmp_path):
    """A demo clinic whose patients' day has turned while nothing ran."""
    connection = sqlite3.connect(tmp_path / "var" / "onset.sqlite3", isolation_level=None)
    yesterday = (datetime.now(UTC) - timedelta(days=1)).replace(tzinfo=None)
    connection.execute("UPDATE tracker_assessment SET roll_due_at = ?", [str(yesterday)])
    yield connection
    connection.close()


def due(database: sqlite3.Connection) -> int:
    now = datetime.now(UTC).replace(tzinfo=None)
    query = "SELECT count(*) FROM tracker_assessment WHERE roll_due_at <= ?"
    return database.execute(query, [str(now)]).fetchone()[0]


def let_leases_run_out(database: sqlite3.Connection) -> None:
    database.execute(
        "UPDATE tracker_assessment SET leased_until = '2000-01-01' WHERE leased_until IS NOT NULL"
    )


def test_a_worker_killed_in_the_middle_of_a_sweep_loses_no_patient(database, start):
    everybody = due(database)
    first = start(*WORKER)
    wait_until(lambda: due(database) < everybody)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    left = due(database)
    assert 0 < left < everybody
    let_leases_run_out(database)
    start(*WORKER)
    wait_until(lambda: due(database) == 0, seconds=90)


@pytest.mark.services
def test_the_same_schedule_runs_over_redis(database, redis_url, start):
    start(*WORKER, ONSET_BROKER_URL=redis_url)
    wait_until(lambda: due(database) == 0, seconds=90)


def test_run_due_does_the_same_without_a_worker(database, manage):
    done = manage("run_due")
    assert done.returncode == 0 and "0 patients rolled" not in done.stdout
    assert due(database) == 0


@pytest.fixture
def redis_url():
    """An empty database of a Redis that answers: what somebody keeps there is none of ours."""
    import redis

    try:
        url = next(url for url in (f"{REDIS}/{number}" for number in range(15, 0, -1)) if _is_empty(url))
    except (redis.ConnectionError, StopIteration):
        pytest.skip(f"no Redis with an empty database answers at {REDIS} (ONSET_TEST_REDIS_URL)")
    yield url
    with redis.Redis.from_url(url) as client:  # `start` has stopped the worker by now
        client.flushdb()


def _is_empty(url: str) -> bool:
    import redis

    with redis.Redis.from_url(url, socket_connect_timeout=1) as client:
        return client.dbsize() == 0
