"""Fixtures for everybody. The clock stands still, the network is closed, warnings are errors."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from django.test.testcases import TransactionTestCase

from tests.cast import NOW, ClinicCast, make_clinic
from tests.chromium import chromium
from tests.desks import desk_of
from tests.rights import as_application, emptying
from tests.scopes import in_a_request_of_its_own, outside, throughout
from tracker.charts.drawing import build_frames
from tracker.management.compiling import compile_all

compile_all()  # before the first text is read
Client.request = in_a_request_of_its_own(Client.request)
TransactionTestCase._fixture_teardown = emptying(TransactionTestCase._fixture_teardown)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Of several processes each takes a module at a time."""
    from tests.scheduling import ByModule

    return ByModule(config, log) if config.getvalue("dist") == "loadgroup" else None


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames):
            item.add_marker("database")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database, reached as the application reaches its own."""
    with django_db_blocker.unblock(), as_application():
        yield


@pytest.fixture(autouse=True)
def closed_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections leave for this machine only: a test that needs more is wrong."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"A test tried to reach {address}.")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def no_guesses_so_far() -> None:
    """What another test tried counts against nobody."""
    cache.clear()


@pytest.fixture(scope="session")
def drawn_frames() -> None:
    """The charts' frames, drawn once where the settings say."""
    build_frames(django_settings.FRAMES_DIR)


@pytest.fixture
def still_clock() -> Iterator[None]:
    """The clock at NOW, for tests that go through a view."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def our(db: None) -> Iterator[ClinicCast]:
    """The clinic that a test is about, and in whose scope it runs."""
    cast = make_clinic("harbour", given="Ada", family="Quill")
    with throughout(cast):
        yield cast


@pytest.fixture
def their(db: None) -> ClinicCast:
    """Another clinic, of which nothing may ever show."""
    with outside():
        return make_clinic("hilltop", given="Canary", family="Zanzibar")


@pytest.fixture
def phone(our: ClinicCast, still_clock: None) -> Client:
    """Our patient's phone, signed in by its device cookie."""
    client = Client()
    client.cookies[django_settings.DEVICE_COOKIE_NAME] = our.device_token
    return client


@pytest.fixture
def desk(our: ClinicCast, still_clock: None) -> Client:
    """Our clinician's browser, signed in."""
    return desk_of(our.clinician.user.email)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """A real browser, for the tests of one module."""
    with chromium() as running:
        yield running
