"""One clock for the server, a phone's pages and its worker, that a test moves on by days."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import time_machine
from playwright.sync_api import Page

from tests.browser.traffic import at_rest

AHEAD = "onset-test-ahead"
OF_PAGES = """{
  const Real = Date, first = %d, channel = new BroadcastChannel("%s");
  const by = () => Number(localStorage.getItem("%s") ?? first);
  self.Date = class extends Real {
    constructor(...parts) { parts.length ? super(...parts) : super(Real.now() + by()); }
    static now() { return Real.now() + by(); }
  };
  channel.onmessage = () => channel.postMessage(by());
  channel.postMessage(by());
}
"""
OF_WORKERS = """{
  const Real = Date, channel = new BroadcastChannel("%s");
  let by = %d;
  channel.onmessage = ({ data }) => { if (Number.isInteger(data)) by = data; };
  channel.postMessage("how far?");
  self.Date = class extends Real {
    constructor(...parts) { parts.length ? super(...parts) : super(Real.now() + by); }
    static now() { return Real.now() + by; }
  };
}
"""
"""A worker is the same release all the time, so that its clock is no part of its script: pages tell it."""


class Clock:
    """What time it is; `ahead` is how far that is from this machine's own clock, in ms."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self._traveller = traveller
        self._first = self.ahead

    @property
    def ahead(self) -> int:
        return round((time.time() - time_machine.escape_hatch.time.time()) * 1000)

    def of_pages(self) -> str:
        return OF_PAGES % (self._first, AHEAD, AHEAD)

    def of_workers(self) -> str:
        return OF_WORKERS % (AHEAD, self._first)

    def move(self, page: Page, to: datetime) -> None:
        """Once nothing is under way, for the server and a phone whose page is open."""
        at_rest()
        self._traveller.move_to(to)
        page.evaluate(f"by => localStorage.setItem('{AHEAD}', by)", self.ahead)


@contextmanager
def starting(at: datetime) -> Iterator[Clock]:
    with time_machine.travel(at, tick=True) as traveller:
        yield Clock(traveller)
