"""What a phone has to fetch, compressed as it travels: a build that is heavier fails."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.cast import NOW
from tracker.actions import care
from tracker.domain.care import CareFigures, CarePlan

pytestmark = pytest.mark.django_db

FIRST_VISIT, REQUESTS, WORKER = 15_000, 6, 4_000
"""Bytes, requests and bytes."""

EPISODE = 25_000
"""Bytes: the page with all its words, and the whole copy of one episode. Scripts are no content."""

MAY_WAIT = re.compile(r"apple-touch-icon")
"""Fetched by a phone only when it is put on the home screen."""


def fetched_by(html: str) -> list[str]:
    """What the page itself makes a browser fetch."""
    tags = re.findall(r"<(?:link|script|img)\b[^>]*>", html)
    found = (re.search(r'(?:src|href)="([^"]+)"', tag) for tag in tags if not MAY_WAIT.search(tag))
    return [match[1] for match in found if match]


def weight_of(phone: Client, address: str) -> int:
    if address.startswith("/static/"):
        path = finders.find(address.removeprefix("/static/"))
        return len(brotli.compress(Path(str(path)).read_bytes()))
    return len(phone.get(address, headers={"accept-encoding": "gzip, br"}).content)


def test_a_first_visit_is_light_and_takes_few_requests(phone):
    files = fetched_by(phone.get("/diary/").text)
    weights = {address: weight_of(phone, address) for address in ["/diary/", *files]}
    assert len(weights) <= REQUESTS, weights
    assert sum(weights.values()) <= FIRST_VISIT, weights


def test_the_worker_is_light():
    answer = Client().get("/sw.js", headers={"accept-encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert len(answer.content) <= WORKER


def test_all_of_an_episode_without_a_network_is_light(our, phone):
    """The words of a whole plan, with every choice that makes it longer."""
    on = datetime.combine(our.injection.injected_on, time(20), tzinfo=UTC)
    plan = CarePlan(
        figures=CareFigures(fasting_hours=6, clear_fluids_hours=2, visit_minutes=90, sugar_limit=250),
        arrive_at=time(8, 30),
        is_diabetic=True,
        pain_relievers="What we agreed on with you. " * 5,
        thinner_plan="What we agreed on with you and your other doctor. " * 5,
        prescriber_agreed=True,
        thinner_last_dose_at=on - timedelta(days=5),
        thinner_restart_at=on + timedelta(days=1),
    )
    care.write(by=our.clinician, injection=our.injection, plan=plan, now=NOW)
    our.log(dict.fromkeys(range(-7, 11), 5), soreness=dict.fromkeys(range(11), 2))
    copy = phone.get("/api/v1/mine/").json()
    assert copy["care"]["steps"] and copy["course"]["words"] and len(copy["days"]) == 18
    weights = {"page": weight_of(phone, "/app/en/"), "copy": len(brotli.compress(json.dumps(copy).encode()))}
    assert sum(weights.values()) <= EPISODE, weights
