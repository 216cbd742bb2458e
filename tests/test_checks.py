import sqlite3

import pytest
from django.conf import settings
from django.core.checks import run_checks

from tracker import checks


def found() -> set[str | None]:
    return {message.id for message in run_checks() if str(message.id).startswith("onset.")}


def test_an_installation_at_its_defaults_has_nothing_to_complain_about():
    assert found() == set()


def test_an_sqlite_that_can_corrupt_is_named(monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    assert [message.id for message in checks.sqlite_is_sound(None)] == ["onset.W001"]


@pytest.mark.parametrize(
    ("debug", "https", "ids"),
    [
        (False, True, set()),
        (True, True, {"onset.E002"}),
        (False, False, {"onset.W003"}),
        (True, False, {"onset.E002", "onset.W003"}),
    ],
)
def test_a_public_address_asks_for_safe_settings(monkeypatch, debug, https, ids):
    for name, value in (("ALLOWED_HOSTS", ["diary.clinic.example"]), ("DEBUG", debug), ("HTTPS", https)):
        monkeypatch.setattr(settings, name, value)
    assert {message.id for message in checks.nothing_is_open_to_the_world(None)} == ids
