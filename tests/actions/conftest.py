"""Several at the same moment, each over a connection of their own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tests.scopes import inside

AtOnce = Callable[..., list[Any]]


@pytest.fixture
def at_once(our) -> AtOnce:
    """Runs functions at the same moment, each in a thread with its own connection, in our clinic's scope."""

    def in_its_thread(start: Barrier, work: Callable[[], Any]) -> Any:
        connection.ensure_connection()
        try:
            start.wait(timeout=20)
            with inside(our):
                return work()
        finally:
            connection.close()

    def run(*works: Callable[[], Any]) -> list[Any]:
        start = Barrier(len(works))
        with ThreadPoolExecutor(len(works)) as pool:
            return [done.result(60) for done in [pool.submit(in_its_thread, start, work) for work in works]]

    return run
