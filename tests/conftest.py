"""Fixtures for everybody. The clock stands still, the network is closed, warnings are errors."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
import time_machine
from django.conf import settings as django_settings
from django.test import Client

from tests.cast import NOW, PASSWORD, ClinicCast, make_clinic
from tests.chromium import chromium
from tracker.charts.drawing import build_frames


@pytest.fixture(autouse=True)
def closed_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections leave for this machine only: a test that needs more is wrong."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"A test tried to reach {address}.")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


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
def our(db: None) -> ClinicCast:
    """The clinic that a test is about."""
    return make_clinic("harbour", given="Ada", family="Quill")


@pytest.fixture
def their(db: None) -> ClinicCast:
    """Another clinic, of which nothing may ever show."""
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
    client = Client()
    assert client.login(email=our.clinician.user.email, password=PASSWORD)
    return client


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """A real browser, for the tests of one module."""
    with chromium() as running:
        yield running
