"""P13-P15: the worklist of a clinic with 500 patients, among 10,000 and among 100,000."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks import floors, naive
from benchmarks.dataset import LARGE, PATIENTS, SMALL, among_many, database, dataset, with_diary, work_on
from benchmarks.in_process import Server, desk, get
from benchmarks.measure import Contender, Figure, Pace, counted, faster, race, slower
from tracker import tenancy
from tracker.models import Clinic, DiaryDay, DiaryEntry
from tracker.queries.worklist import worklist
from tracker.web.clinic import pages
from tracker.web.clinic import worklist as view

ADDRESS = f"/clinic/?size={PATIENTS}"
NAIVE_LINES = 25
"""Lines that the naive page is really made with; what they took counts 20 times."""


def data(pace: Pace) -> Iterator[Figure]:
    """P13. Both databases are open and take turns."""
    with database(dataset(SMALL)) as small, database(dataset(LARGE)) as large:
        took = race(
            {
                "large": Contender(_product(large)),
                "small": Contender(_product(small)),
                "floor": Contender(_floor(large)),
            },
            pace=pace,
        )
        asked = [_statements(work) for work in (_product(small), _product(large))]
    what = f"worklist of {PATIENTS} patients"
    yield slower("P13", f"{what} among 100,000", took["large"], "the same rows by the driver", took["floor"])
    yield slower("P13 growth", f"{what} among 100,000", took["large"], "among 10,000", took["small"])
    yield counted("P13 statements", what, max(map(len, asked)), "statements", "among 10,000", len(asked[0]))
    yield counted("P13 diary", what, sum(map(_reads_diary, asked[0] + asked[1])), "reads of a diary table")


def page(pace: Pace) -> Iterator[Figure]:
    """P14, P15: the page's HTML, and whole requests of a member of staff who is signed in."""
    with database(dataset(SMALL)) as small:
        fetch, rows = get(ADDRESS, cookies=desk(among_many())), _floor(small)
        clinic, today, fetched = with_diary().clinic, timezone.now().date(), rows()
        took = race(
            {
                "html": Contender(_rendering(Server(), fetch)),
                "html by hand": Contender(lambda: floors.worklist_page(fetched, today=today)),
                "page": Contender(Server().sending(fetch)),
                "by hand": Contender(lambda: floors.worklist_page(rows(), today=today)),
                "naive": Contender(_naive(clinic), 1),
            },
            pace=pace,
        )
    what = f"worklist page of {PATIENTS} lines"
    yield slower("P14", f"HTML of a {what}", took["html"], "f-strings of the same", took["html by hand"])
    yield slower("P14 page", what, took["page"], "driver and f-strings", took["by hand"])
    whole = [milliseconds * PATIENTS / NAIVE_LINES for milliseconds in took["naive"]]
    yield faster("P15", what, took["page"], "N+1 and pyplot (from 25 lines)", whole)


def _naive(clinic: Clinic) -> Callable[[], object]:
    today = timezone.now().date()

    def work() -> object:
        with tenancy.clinic(clinic.pk):
            return naive.worklist(patients=NAIVE_LINES, today=today)

    return work


def _rendering(server: Server, fetch: dict[str, Any]) -> Callable[[], object]:
    """The last step of a request, again and again: what it was given is caught on its way."""
    given: list[tuple[tuple[Any, ...], dict[str, Any]]] = []

    def caught(*arguments: Any, **context: Any) -> object:
        given.append((arguments, context))
        return pages.page(*arguments, **context)

    with patch.object(view, "page", caught):
        server.send(fetch)
    ((arguments, context),) = given
    return lambda: pages.page(*arguments, **context)


def _product(driver: sqlite3.Connection) -> Callable[[], object]:
    work_on(driver)
    member, now = among_many(), timezone.now()

    def work() -> object:
        work_on(driver)
        with tenancy.clinic(member.clinic_id):
            return worklist(actor=member, now=now, size=PATIENTS)

    return work


def _floor(driver: sqlite3.Connection) -> Callable[[], list[tuple]]:
    work_on(driver)
    clinic = among_many().clinic_id
    return lambda: floors.worklist_rows(driver, clinic)


def _statements(work: Callable[[], object]) -> list[str]:
    work()
    with CaptureQueriesContext(connection) as captured:
        work()
    return [query["sql"] for query in captured.captured_queries]


def _reads_diary(sql: str) -> bool:
    return any(model._meta.db_table in sql for model in (DiaryDay, DiaryEntry))


GROUPS = ((("P13",), data), (("P14", "P15"), page))
