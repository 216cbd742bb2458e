"""Our patient's phone, that works by itself: its worker answers, and its store is filled."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.phone.phones import clock, keys_for, prepared, ready
from tests.cast import ClinicCast
from tracker.web import app_shell


@pytest.fixture(autouse=True)
def workers_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker's clock goes by the server's too: otherwise it would find its phone half a year off."""
    script = app_shell.worker_script
    monkeypatch.setattr(app_shell, "worker_script", lambda: clock() + script())


@pytest.fixture
def keys(our: ClinicCast) -> dict[str, str]:
    return keys_for(our.clinician, our.patient)


@pytest.fixture
def phone(opened, our: ClinicCast, keys: dict[str, str], live_server) -> Page:
    return ready(prepared(opened, live_server.url, keys))
