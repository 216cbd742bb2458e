"""P16-P20: a long audit trail read, checked and added to, on SQLite and, where one answers, on PostgreSQL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from benchmarks.measure import QUICK, Figure, Pace, counted

EVENTS, A_FEW = 2_000_000, 50_000
POSTGRES = os.environ.get("BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")
"""A superuser: the benchmark makes a database and a role of its own there, and takes both away again."""

ROOT = Path(__file__).resolve().parents[1]


def trail(pace: Pace) -> Iterator[Figure]:
    events = A_FEW if pace == QUICK else EVENTS
    yield from _figures(_measured(events), events)
    with _postgres() as urls:
        if urls:
            found = _measured(events, **urls)
            yield from _figures(found, events, on=" PostgreSQL")
            yield _walls(found)


def _figures(found: dict[str, float], events: int, *, on: str = "") -> Iterator[Figure]:
    among = f"among {events:,} events{on and ' on'}{on}"
    commit = ("one row committed by the driver, p50", found["commit p50"])
    yield counted(f"P16{on}", f"who looked at a patient in 90 days, {among}", found["who looked"], "ms")
    yield counted(f"P16 ever{on}", f"the same in 333 days, {among}", found["who ever looked"], "ms")
    yield counted(f"P17{on}", f"what somebody saw, {among}", found["what somebody saw"], "ms")
    yield counted(f"P18{on}", f"the trail checked{on and ' on'}{on}", found["rows a second"], "rows/s of CPU")
    yield counted(f"P19 CPU{on}", f"one event{on and ' on'}{on}, p99", found["event CPU p99"], "ms CPU, p99")
    for share in ("p50", "p95", "p99"):
        what = f"one event with its transaction{on and ' on'}{on}"
        yield counted(f"P19 {share}{on}", what, found[f"event {share}"], f"ms, {share}", *commit)


def _walls(found: dict[str, float]) -> Figure:
    walled, bare = found["with a wall p50"], found["without p50"]
    what = "row-level security of a transaction, p50"
    return counted("P20", what, walled - bare, "ms", "the same by whom it does not bind", bare)


def _measured(events: int, **urls: str) -> dict[str, float]:
    """benchmarks.trail in a process of its own, since a process has one kind of database."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.trail", str(events)],
        cwd=ROOT,
        env=os.environ | urls,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


@contextmanager
def _postgres() -> Iterator[dict[str, str] | None]:
    """A database whose application is not its owner; None where no PostgreSQL answers."""
    name = f"onset_bench_{uuid.uuid4().hex[:8]}"
    try:
        server = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        yield None
        return
    password = uuid.uuid4().hex
    with server:
        server.execute(f"CREATE DATABASE {name}")
        server.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{password}'")
        there = POSTGRES.rpartition("/")[0]
        host = there.rpartition("@")[2]
        try:
            yield {
                "BENCH_DATABASE_URL": f"postgres://{name}:{password}@{host}/{name}",
                "BENCH_OWNER_DATABASE_URL": f"{there}/{name}",
            }
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
            server.execute(f"DROP ROLE {name}")


GROUPS = ((("P16", "P17", "P18", "P19", "P20"), trail),)
