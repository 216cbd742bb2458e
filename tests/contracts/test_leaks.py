"""A word that stands in every text of a patient's record turns up in no log, no address and no message.

All pages are opened and all forms sent, right ones and wrong ones, while things work and while they break.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from celery import current_app
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import IntegrityError, OperationalError, transaction
from django.http import HttpResponse
from django.test import Client
from psycopg.errors import UniqueViolation

from config.logs import Line
from tests.api.bodies import ENTRIES, SYNC, entry, post
from tests.cast import NOW, ClinicCast, make_clinic
from tests.contracts.access_table import TABLE
from tests.contracts.forms import sent
from tests.contracts.world import address, phone_of, prepare
from tests.desks import desk_of
from tests.factors import confirm
from tests.scopes import inside, outside
from tracker import tasks
from tracker.domain.roles import Role
from tracker.models import Assessment, Caregiver, Device, Injection, OutgoingMail, Patient

pytestmark = pytest.mark.django_db

CANARY = re.compile("canary", re.IGNORECASE)
SCORES = re.compile(r"\b(pain|soreness|score)\b\W{0,3}\d", re.IGNORECASE)
ROUTES = sorted((name, verb) for verb, name in TABLE if not name.startswith("api:"))


@pytest.fixture
def finch(still_clock: None, drawn_frames: None, db: None) -> Iterator[ClinicCast]:
    """A clinic with a patient of whom every text has the word."""
    cast = make_clinic("finch", given="Canarybird", family="Canaryfeather")
    with inside(cast):
        prepare(cast)
        Patient.objects.filter(pk=cast.patient.pk).update(record_number="CANARY-77")
        Injection.objects.update(operator="Dr Canary", anaesthetic="canaryocaine")
        Caregiver.objects.update(name="Wilma Canary", relation="canary aunt")
        Device.objects.update(name="Canary phone")
        yield cast


@pytest.fixture
def clients(finch: ClinicCast) -> dict[str, Client]:
    desk = desk_of(finch.staff[Role.ADMINISTRATOR].user.email)
    confirm(desk)
    found = {"patient": phone_of(finch), "clinic": desk, "account": desk, "nobody": Client()}
    for client in found.values():
        client.raise_request_exception = False
    cache.clear()
    return found


@pytest.fixture
def lines(caplog, monkeypatch) -> list[str]:
    """What is logged, as it would be written, and more of it than any installation writes."""
    for name, level in ((None, "INFO"), ("tracker", "DEBUG"), ("django.request", "INFO")):
        caplog.set_level(level, logger=name)
    written: list[str] = []
    line = Line(django_settings.LOGGING["formatters"]["line"]["format"])
    monkeypatch.setattr(caplog.handler, "emit", lambda record: written.append(line.format(record)))
    return written


def ask(client: Client, verb: str, path: str, form: dict[str, str]) -> HttpResponse:
    """One request, whose writing is taken back: signing out and erasing are among them."""
    with transaction.atomic():
        answer = getattr(client, verb.lower())(path, form)
        transaction.set_rollback(True)
    return answer


def forms(name: str, cast: ClinicCast) -> list[dict[str, str]]:
    """What the page's form sends: all right, with the word wherever text is taken; and all wrong."""
    right = sent(name, cast)
    told = {key: f"Canary {value}" if key in TEXTS else value for key, value in right.items()}
    wrong = dict.fromkeys({*right, "email", "name", "reason"}, "canary\n\0 canary")
    return [told, wrong]


TEXTS = {
    "family_name",
    "given_name",
    "record_number",
    "operator",
    "anaesthetic",
    "reason",
    "q",
    "name",
    "relation",
}


def asked(cast: ClinicCast) -> list[tuple[str, str, str, dict[str, str]]]:
    """Every page and every form: route, verb, address, fields."""
    return [
        (name, verb, address(name, cast), form)
        for name, verb in ROUTES
        for form in (forms(name, cast) if verb == "POST" else [{}])
    ]


def answers(clients: dict[str, Client], asked: list[Any]) -> Iterator[tuple[str, HttpResponse]]:
    """What everybody gets: each page by whom it is for, then the API, then somebody who gets in nowhere."""
    for name, verb, path, form in asked:
        client = clients.get(re.split("[:_]", name)[0], clients["nobody"])
        yield f"{verb} {name}", ask(client, verb, path, form)
    for body in (entry(), entry(pain=11), entry(canary="canary"), ["canary"]):
        yield "API", post(clients["patient"], ENTRIES, body)
        yield "API", post(clients["patient"], SYNC, {"changes": [body]})
    for body in ({"search": "Canaryfeather"}, {"search": "canary", "sort": "canary"}):
        yield "API", post(clients["clinic"], "/api/v1/worklist/", body)
    sign_in = {"login": "canary@canary.example", "password": "canary"}
    yield "sign-in", ask(clients["nobody"], "POST", "/accounts/login/", sign_in)


def links(answer: HttpResponse) -> list[str]:
    """Every address that an answer leads to."""
    found = [answer.headers.get("Location", "")]
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        found += re.findall(r'\b(?:href|src|srcset|action|formaction)="([^"]*)"', answer.text)
    return found


SAID = "Canaryfeather is no name, and 7 no pain\nDETAIL:  Key (family_name)=(Canaryfeather) exists."


def quoting(kind: type[Exception], cause: Exception | None = None) -> Callable[..., None]:
    """Something that breaks and says whose data it had in hand."""

    def breaks(*args: object, **kwargs: object) -> None:
        raise kind(SAID) from cause

    return breaks


WAYS: dict[str, Callable[..., None] | None] = {
    "all is well": None,
    "a fault of ours": quoting(RuntimeError),
    "a rule of the database": quoting(IntegrityError, UniqueViolation(SAID)),
    "no database": quoting(OperationalError),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_log_and_no_address_names_anybody(finch, clients, lines, monkeypatch, way):
    breaks, everything = WAYS[way], asked(finch)
    if breaks:
        monkeypatch.setattr("tracker.actions.audit.record", breaks)
        monkeypatch.setattr("tracker.actions.audit.record_reading", breaks)
    statuses, addresses = [], []
    for name, answer in answers(clients, everything):
        statuses.append(answer.status_code)
        addresses += [f"{name}: {link}" for link in links(answer) if CANARY.search(link)]
    assert addresses == []
    assert [line for line in lines if CANARY.search(line) or SCORES.search(line)] == []
    if breaks:  # it did break, and was told
        assert statuses.count(503 if way == "no database" else 500) > 20
        assert len(lines) > 20


def test_the_word_is_there_to_be_found(finch, clients):
    """Otherwise the test above would be true of an empty record."""
    page = clients["clinic"].get(f"/clinic/patients/{finch.patient.public_id}/").text
    for word in ("Canarybird", "Canaryfeather", "CANARY-77", "Dr Canary", "canaryocaine"):
        assert word in page
    assert "Wilma Canary" in clients["patient"].get("/you/helpers/").text


# --- Messages ------------------------------------------------------------------------------------


def test_no_message_of_the_worker_can_carry_anything():
    ours = {name: task for name, task in current_app.tasks.items() if name.startswith("tracker.")}
    assert ours
    assert {name for name, task in ours.items() if inspect.signature(task.run).parameters} == set()
    for tick in django_settings.CELERY_BEAT_SCHEDULE.values():
        assert tick.keys() <= {"task", "schedule", "options"} and tick["options"].keys() <= {"expires"}
        assert tick["task"] in ours


def test_a_job_that_fails_names_nobody(finch, lines, monkeypatch):
    monkeypatch.setattr("tracker.actions.assessments.refresh", quoting(RuntimeError))
    Assessment.objects.update(roll_due_at=NOW)
    with outside():
        tasks.roll_day.run()
    assert any("Rolling the day failed for patient" in line for line in lines)
    assert [line for line in lines if CANARY.search(line)] == []


def test_no_subject_of_a_mail_names_anybody(finch, clients):
    clients["patient"].post("/you/contact/change/", {"email": "canary@canary.example"})
    mails: list[Any] = list(OutgoingMail.objects.all())
    assert mails
    assert [mail.subject for mail in mails if CANARY.search(mail.subject)] == []
