"""Measure what a phone waits for, and write benchmarks/PHONE.md; 1 where a limit is crossed.

python -m benchmarks.phone            five rounds of each
python -m benchmarks.phone --rounds 1
"""

from __future__ import annotations

import os
import shutil
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from benchmarks.phone import visits
from benchmarks.phone.profiles import SLOW_4G, SLOW_CPU, THREE_G
from benchmarks.phone.visits import PHONE, Phones
from benchmarks.product import Product, running

PAGE = Path(__file__).parents[1] / "PHONE.md"
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@dataclass(frozen=True, slots=True)
class Line:
    """A figure with its limit, beside the floor of the same run where there is one."""

    name: str
    found: float
    at_most: float
    unit: str
    floor: float | None = None

    def __str__(self) -> str:
        ratio = "" if self.floor is None else f"{self.found / self.floor:.2f}x of {self.floor:.4g}"
        verdict = "met" if self.found <= self.at_most else "MISSED"
        return f"| {self.name} | {self.found:.4g} {self.unit} | {self.at_most:g} | {ratio} | {verdict} |"


def lines(phones: Phones, rounds: int) -> Iterator[Line]:
    """Every figure: the median of the rounds."""

    def of(work: Callable[[Phones], float]) -> float:
        return median(work(phones) for _ in range(rounds))

    visited = [visits.first_visit(phones) for _ in range(rounds)]
    traffic = visited[0][1]
    yield Line("first visit: compressed bytes", traffic.bytes, 15_000, "B")
    yield Line("first visit: their headers, on top", traffic.headers, 10_000, "B")
    yield Line("first visit: requests", len(traffic.requests), 6, "")
    yield Line("worker: compressed bytes", visits.weight_of_the_worker(phones), 4_000, "B")
    yield Line(
        f"first visit: largest paint, {SLOW_4G.name}, CPU x4",
        median(painted for painted, _ in visited),
        1500,
        "ms",
        of(visits.bare_page),
    )
    pairs = [(visits.again_without_a_network(phones), visits.kept_page(phones)) for _ in range(rounds)]
    floor = median(bare.painted for _, bare in pairs)
    painted, filled = (median(getattr(one, name) for one, _ in pairs) for name in ("painted", "filled"))
    yield Line("without a network: largest paint, CPU x4", painted, 300, "ms", floor)
    yield Line("the same, until the store has filled it in", filled, 500, "ms", floor)
    yield Line("the same, how far anything moved (CLS)", max(one.moved for one, _ in pairs), 0, "")
    yield Line("without a network: Save to its confirmation", of(visits.save_without_a_network), 100, "ms")
    yield Line("the same, CPU x4", of(partial(visits.save_without_a_network, cpu=SLOW_CPU)), 400, "ms")
    for network in (SLOW_4G, THREE_G):
        yield Line(
            f"100 queued entries sent, {network.name}",
            of(partial(visits.send_a_queue, network=network)),
            2,
            "s",
            of(partial(visits.bare_request, network=network)),
        )


def phones_of(browser: Browser, product: Product) -> Phones:
    """One patient's phone, joined by the link that the product prints."""
    born_on, link = product.early
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(link)
    page.get_by_label("Your date of birth").fill(born_on)
    page.get_by_role("button", name="Yes, go on").click()
    page.wait_for_load_state()
    return Phones(browser, product.address, context.cookies())


def main() -> int:
    parser = ArgumentParser(prog="python -m benchmarks.phone", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Chromium is missing. On Debian: apt-get install chromium")
    load = os.getloadavg()[0]
    with running() as product, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        found = []
        for line in lines(phones_of(browser, product), rounds):
            print(line, flush=True)
            found.append(line)
        about = (
            f"{datetime.now(tz=UTC):%Y-%m-%d %H:%M} UTC, Chromium {browser.version}, {os.cpu_count()} cores"
        )
        browser.close()
    head = (
        "# A phone's figures\n\nWritten by `python -m benchmarks.phone`: "
        f"medians of {rounds} rounds. {about}, load {load:.1f}.\n"
    )
    rows = "\n".join(str(line) for line in found)
    PAGE.write_text(f"{head}\n| | found | at most | beside its floor | |\n|---|---|---|---|---|\n{rows}\n")
    return int(any(line.found > line.at_most for line in found))


if __name__ == "__main__":
    raise SystemExit(main())
