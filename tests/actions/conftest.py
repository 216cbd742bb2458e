"""Several at the same moment, each over a connection of their own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from tests.scopes import inside

AtOnce = Callable[..., list[Any]]


@pytest.fixture
def at_once(our, tmp_path: Path) -> AtOnce:
    """Runs functions at the same moment, each in a thread with its own connection, in our clinic's scope.

    SQLite's tests live in memory, where threads do not lock as they do on a file: so here they get a file.
    """
    file = tmp_path / "shared.sqlite3" if connections["default"].vendor == "sqlite" else None
    if file:
        with connections["default"].cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])

    def in_its_thread(start: Barrier, work: Callable[[], Any]) -> Any:
        own = connections.create_connection("default")
        own.settings_dict = own.settings_dict | ({"NAME": str(file)} if file else {})
        connections["default"] = own
        try:
            own.ensure_connection()
            start.wait(timeout=20)
            with inside(our):
                return work()
        finally:
            own.close()

    def run(*works: Callable[[], Any]) -> list[Any]:
        start = Barrier(len(works))
        with ThreadPoolExecutor(len(works)) as pool:
            return [done.result(60) for done in [pool.submit(in_its_thread, start, work) for work in works]]

    return run
