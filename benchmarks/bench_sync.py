"""P7-P12: what an entry, a batch and a chart cost as whole requests, over a file with 10,000 patients."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

from django.conf import settings

from benchmarks import floors
from benchmarks.dataset import SMALL, database, dataset
from benchmarks.in_process import Server, get, phone, post
from benchmarks.measure import Contender, Figure, Pace, faster, race, slower
from benchmarks.people import AWAY_DAYS, month_of_entries, patient_away, todays_entry, token_of, with_course
from tracker.models import Patient

ENTRIES, SYNC, CHART, HELLO = "/api/v1/entries/", "/api/v1/sync/", "/course/chart.svg", "/hello/"
CALLS = 12
"""Single entries that each contender sends in a round: every patient sends one, so they can run out."""


def entries(pace: Pace) -> Iterator[Figure]:
    """P7-P9: today's entry of patients with all kinds of diaries."""
    days = count()
    with database(dataset(SMALL)), _driver() as driver:
        server, needed, people = Server(), CALLS * pace.rounds + 1, with_course()
        product = _each_once(server, ENTRIES, people[:needed])
        row = _each_once(server, "/naive/rows/", people[needed : 2 * needed], day_field="describes_on")
        whole = _each_once(
            server, "/naive/entries/", people[2 * needed : 3 * needed], day_field="describes_on"
        )
        hello = Contender(server.sending(get(HELLO)))
        turns = race(
            {"product": Contender(_each_once(server, ENTRIES, people[-needed:]), CALLS), "hello": hello},
            pace=pace,
            by_turns=True,
        )
        took = race(
            {
                "product": Contender(product, CALLS),
                "hello": hello,
                "driver": Contender(lambda: floors.upsert(driver, next(days))),
                "row": Contender(row, CALLS),
                "whole": Contender(whole, CALLS),
            },
            pace=pace,
        )
    yield slower("P7", "one entry saved", turns["product"], "hello, by turns", turns["hello"])
    yield slower("P7 blocks", "one entry saved", took["product"], "hello, in a block", took["hello"])
    yield slower("P8", "one entry saved", took["product"], "upsert by the driver", took["driver"])
    yield faster("P9", "one entry saved", took["product"], "the same by plain DRF", took["whole"])
    yield faster("P9 row", "one entry saved", took["product"], "its row alone by plain DRF", took["row"])


def batches(pace: Pace) -> Iterator[Figure]:
    """P10, P11: a phone that was away for 30 days, against one that sends the same days one by one."""
    with database(dataset(SMALL)):
        server, needed = Server(), pace.rounds + 1
        phones = [phone(token_of(patient_away())) for _ in range(2 * needed)]
        batch = iter([post(SYNC, {"changes": month_of_entries()}, cookies=own) for own in phones[:needed]])
        single = iter(
            [[post(ENTRIES, one, cookies=own) for one in month_of_entries()] for own in phones[needed:]]
        )
        took = race(
            {
                "batch": Contender(lambda: server.send(next(batch)), 1),
                "single": Contender(lambda: [server.send(one, expect=201) for one in next(single)], 1),
            },
            pace=pace,
        )
    one = [whole / AWAY_DAYS for whole in took["single"]]
    what = f"batch of {AWAY_DAYS} entries"
    yield slower("P10", what, took["batch"], "one entry of the same patient", one)
    yield faster("P11", what, took["batch"], f"{AWAY_DAYS} requests", took["single"])


def charts(pace: Pace) -> Iterator[Figure]:
    """P12: the chart on the patient's page."""
    with database(dataset(SMALL)):
        server = Server()
        fetch = get(CHART, cookies=phone(token_of(with_course()[0])))
        again = fetch | {"HTTP_IF_NONE_MATCH": server.answer(fetch)[0]["ETag"]}
        contenders = {
            "chart": Contender(server.sending(fetch)),
            "304": Contender(server.sending(again, expect=304)),
            "hello": Contender(server.sending(get(HELLO))),
        }
        turns = race(contenders, pace=pace, by_turns=True)
        blocks = race(contenders, pace=pace)
    for name, took, beside in (("", turns, "hello, by turns"), (" blocks", blocks, "hello, in a block")):
        yield slower(f"P12{name}", "chart fetched", took["chart"], beside, took["hello"])
        yield slower(f"P12 304{name}", "chart still true", took["304"], beside, took["hello"])


def _each_once(
    server: Server, path: str, patients: Sequence[Patient], *, day_field: str = "day"
) -> Callable[[], bytes]:
    """Sends today's entry of the next patient at each call."""
    waiting = iter(
        [
            post(path, todays_entry(patient, day_field=day_field), cookies=phone(token_of(patient)))
            for patient in patients
        ]
    )
    return lambda: server.send(next(waiting), expect=201)


@contextmanager
def _driver() -> Iterator[sqlite3.Connection]:
    """A file of its own, opened by the driver with the product's own settings."""
    path = Path(settings.DATA_DIR) / f"floor-{uuid.uuid4().hex}.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as driver:
        driver.executescript(settings.SQLITE_OPTIONS["init_command"])
        floors.make_table(driver)
        yield driver


GROUPS = ((("P7", "P8", "P9"), entries), (("P10", "P11"), batches), (("P12",), charts))
