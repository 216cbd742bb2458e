"""Settings that would go wrong later are named at the start."""

import ast
import re
import sqlite3
from pathlib import Path

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from tracker import checks
from tracker.models import Clinic

ROOT = Path(__file__).resolve().parents[1]
LONG_KEY = "K3y" + "of sixty-four different characters made by a good generator, not by me"
PUBLIC = {"ALLOWED_HOSTS": ["diary.clinic.example"], "HTTPS": True, "SECRET_KEY": LONG_KEY}


def found(**options) -> set[str | None]:
    return {message.id for message in run_checks(**options) if str(message.id).startswith("onset.")}


@pytest.fixture
def given(monkeypatch):
    """Settings as an operator would have them."""

    def given(**values: object) -> None:
        for name, value in values.items():
            monkeypatch.setattr(settings, name, value)

    return given


def test_an_installation_at_its_defaults_has_nothing_to_complain_about():
    assert found() == set()


def test_a_public_address_done_right_has_nothing_to_complain_about(given):
    given(**PUBLIC)
    assert found() == set()
    checks.refuse_unsafe_settings()


def test_an_sqlite_that_can_corrupt_is_named(monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    assert [message.id for message in checks.sqlite_is_sound(None)] == ["onset.W001"]


@pytest.mark.parametrize(
    ("wrong", "ids"),
    [
        ({"DEBUG": True}, {"onset.E002"}),
        ({"HTTPS": False}, {"onset.E003"}),
        ({"HTTPS": False, "PLAIN_HTTP": True}, {"onset.W003"}),
        ({"HTTPS": False, "DEBUG": True}, {"onset.E002", "onset.E003"}),
        ({"SECRET_KEY": "short"}, {"onset.E004"}),
        ({"SECRET_KEY": "a" * 80}, {"onset.E004"}),
        ({"SECRET_KEY": "django-insecure-" + LONG_KEY}, {"onset.E004"}),
        ({"ALLOWED_HOSTS": ["*"]}, {"onset.E006"}),
        ({"ALLOWED_HOSTS": ["localhost"], "DEBUG": True}, {"onset.E002"}),  # HTTPS is for the public too
    ],
    ids=lambda said: str(said if isinstance(said, dict) else sorted(said)),
)
def test_a_public_address_asks_for_safe_settings(given, wrong, ids):
    given(**(PUBLIC | wrong))
    assert found() == ids
    if any(".E" in one for one in ids):
        with pytest.raises(ImproperlyConfigured, match=r"onset\.E"):
            checks.refuse_unsafe_settings()


def test_on_this_machine_alone_a_key_and_a_page_may_be_what_they_are(given):
    given(SECRET_KEY="short", DEBUG=True)
    assert found() == set()


# --- Files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("mode", "is_open"), [(0o600, False), (0o640, False), (0o644, True), (0o602, True)])
@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_secret_that_everybody_on_the_machine_can_read_is_named(given, tmp_path, mode, is_open, kind):
    (tmp_path / "key").write_text("x")
    (tmp_path / "key").chmod(mode if kind == "file" else 0o600)
    tmp_path.chmod(mode | 0o700 if kind == "folder" else 0o700)
    given(DATA_DIR=tmp_path, SECRET_FILES=[tmp_path / "key"])
    assert found() == ({"onset.W005"} if is_open else set())
    given(**PUBLIC)
    assert found() == ({"onset.E005"} if is_open else set())


def test_a_secret_given_by_a_variable_needs_no_file(given, tmp_path):
    given(SECRET_FILES=[tmp_path / "never made"])
    assert found() == set()


# --- Databases -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_demo_and_https_do_not_go_together(given, our):
    given(**PUBLIC)
    assert "onset.E007" not in found(databases=["default"])
    Clinic.objects.filter(pk=our.clinic.pk).update(is_demo=True)
    assert "onset.E007" in found(databases=["default"])
    assert "onset.E007" not in found()  # a server that starts asks no database
    given(HTTPS=False, PLAIN_HTTP=True)
    assert "onset.E007" not in found(databases=["default"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "loud", "quiet"),
    [
        ("log_error_verbosity", "default", "terse"),
        ("log_min_error_statement", "error", "panic"),
        ("log_statement", "all", "none"),
        ("log_min_duration_statement", "500", "-1"),
    ],
)
def test_a_postgresql_that_writes_what_people_typed_into_its_log_is_named(monkeypatch, name, loud, quiet):
    said = dict(checks.QUIET_POSTGRESQL)
    monkeypatch.setattr(connection, "vendor", "postgresql")
    monkeypatch.setattr(checks, "_shown", lambda each: said[each])
    assert checks.postgresql_keeps_quiet(None, databases=["default"]) == []
    said[name] = loud
    (message,) = checks.postgresql_keeps_quiet(None, databases=["default"])
    assert message.id == "onset.W008" and name in message.msg
    assert f" SET {name} = '{quiet}';" in message.hint


@pytest.mark.django_db
def test_what_postgresql_is_set_to_can_be_read():
    if connection.vendor != "postgresql":
        assert checks.postgresql_keeps_quiet(None, databases=["default"]) == []
        return
    assert checks._shown("log_error_verbosity") in ("terse", "default", "verbose")


# --- No secret in the code -----------------------------------------------------------------------

HOLDS_A_SECRET = re.compile(r"(SECRET|KEYS?|PASSWORD|TOKEN|PEPPER|DSN)(:.*)?$", re.IGNORECASE)


def literals(node: ast.expr) -> list[str]:
    """Texts that stand in an expression itself; what a reader of the environment is called with is a name."""
    if isinstance(node, ast.Call):
        return []
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) and node.value else []
    return [text for child in ast.iter_child_nodes(node) for text in literals(child)]


def secrets_in(code: str) -> list[str]:
    assigned = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Assign | ast.AnnAssign)]
    return [
        ast.unparse(node)
        for node in assigned
        if HOLDS_A_SECRET.search(ast.unparse(node).partition("=")[0].strip())
        and node.value is not None
        and literals(node.value)
    ]


def test_no_secret_stands_in_the_settings():
    assert [file.name for file in (ROOT / "config").glob("*.py") if secrets_in(file.read_text())] == []


def test_a_secret_in_the_settings_would_be_found():
    assert secrets_in('SECRET_KEY = "x"') and secrets_in('FIELD_KEYS: list = ["x", env.text("Y")]')
    assert not secrets_in('SECRET_KEY = env.secret("ONSET_SECRET_KEY", kept_in=DATA_DIR / "secret_key")')
