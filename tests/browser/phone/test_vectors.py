"""What phone and server both decide, they decide alike: the domain's own tables, read in a browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page

from tests.domain.cases import VECTORS

pytestmark = pytest.mark.browser

VERDICT = "([change, sameId, current]) => onset.verdicts.decide(change, sameId, current)"
OFFERED = "([now, zone]) => onset.days.offered(Date.parse(now), zone).days"
ANSWERED = "(verdict) => onset.answers.stateAfter(verdict)"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    """An empty page with the scripts that have a twin, or a table."""
    page = browser.new_page()
    for name in ("days", "verdicts", "answers"):
        page.evaluate(Path(str(finders.find(f"js/phone/{name}.js"))).read_text())
    return page


def rows(name: str) -> list[dict]:
    found: list[dict] = json.loads((VECTORS / name).read_text())
    assert found
    return found


def entry(row: dict | None) -> dict | None:
    """An entry as verdicts.js knows it: `at` is when it was really made."""
    if row is None:
        return None
    at = row.get("corrected_at", "19:00")
    return {"day": "2026-03-05"} | {name: row[name] for name in row if name != "corrected_at"} | {"at": at}


@pytest.mark.row(5)
def test_a_browser_reaches_every_verdict_of_the_table(page):
    for row in rows("sync_verdicts.json"):
        found = page.evaluate(VERDICT, [entry(row[name]) for name in ("change", "same_id", "current")])
        assert found == {"verdict": row["verdict"], "becomesCurrent": row["becomes_current"]}, row["name"]


@pytest.mark.row(28)
def test_a_browser_offers_the_same_days_as_the_server(page):
    for row in rows("offered_days.json"):
        assert page.evaluate(OFFERED, [row["now"], row["zone"]]) == row["offered"], row["name"]


def test_a_browser_keeps_what_no_answer_settles(page):
    for row in rows("phone_answers.json"):
        assert page.evaluate(ANSWERED, row["verdict"]) == row["becomes"], row["verdict"]


@pytest.mark.row(32)
def test_a_zone_that_a_browser_does_not_know_gives_way_to_its_own(page):
    assert page.evaluate("onset.days.known('Mars/Olympus_Mons')") is None
    assert len(page.evaluate(OFFERED, ["2026-05-20T12:00:00Z", "Mars/Olympus_Mons"])) == 3
