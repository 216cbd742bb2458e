"""Wrong settings stop every way to start, with the number of a check; right ones are left alone."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.processes.conftest import ROOT

PUBLIC = {"ONSET_HTTPS": "1", "ONSET_HOSTS": "onset.example.org,127.0.0.1"}
WRONG = [
    ({"ONSET_DEBUG": "1"}, "onset.E002"),
    ({"ONSET_HTTPS": "0"}, "onset.E003"),
    ({"ONSET_SECRET_KEY": "short"}, "onset.E004"),
    ({"ONSET_HOSTS": "*"}, "onset.E006"),
]


def test_the_deployment_check_finds_nothing_on_a_public_address(installed, manage):
    done = manage("check", "--deploy", "--fail-level", "WARNING", "--database", "default", **PUBLIC)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize("entry", ["wsgi", "asgi"])
@pytest.mark.parametrize(
    ("wrong", "number"), WRONG, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_web_server_does_not_start(environment, entry, wrong, number):
    command = [sys.executable, "-c", f"import config.{entry}"]
    done = subprocess.run(command, cwd=ROOT, env=environment | PUBLIC | wrong, capture_output=True, text=True)
    assert done.returncode != 0
    assert f"ImproperlyConfigured: ?: ({number})" in done.stderr


def test_a_web_server_starts_where_all_is_well(environment):
    command = [sys.executable, "-c", "import config.wsgi"]
    assert subprocess.run(command, cwd=ROOT, env=environment | PUBLIC).returncode == 0


@pytest.mark.parametrize(
    ("wrong", "number"), WRONG, ids=lambda value: value if isinstance(value, str) else ""
)
def test_serve_stops_before_it_touches_anything(manage, free_port, tmp_path, wrong, number):
    done = manage("serve", "--port", str(free_port), **(PUBLIC | wrong))
    assert done.returncode == 1
    assert number in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "var" / "onset.sqlite3").exists()


def test_serve_stops_where_everybody_on_the_machine_can_read_a_key(manage, free_port, tmp_path):
    (tmp_path / "key").write_text("K3y" + "of sixty-four characters made by a good generator, not by hand")
    (tmp_path / "key").chmod(0o644)
    done = manage("serve", "--port", str(free_port), ONSET_SECRET_KEY_FILE=str(tmp_path / "key"), **PUBLIC)
    assert done.returncode == 1
    assert "onset.E005" in done.stderr and "chmod o=" in done.stderr


def test_serve_stops_where_the_demo_is_and_https_is_on(with_demo, manage, free_port):
    done = manage("serve", "--port", str(free_port), **PUBLIC)
    assert done.returncode == 1
    assert "onset.E007" in done.stderr and "Traceback" not in done.stderr


def test_a_trial_in_clear_has_to_be_asked_for(manage):
    done = manage("check", **PUBLIC | {"ONSET_HTTPS": "0", "ONSET_PLAIN_HTTP": "1"})
    assert done.returncode == 0
    assert "onset.W003" in done.stderr
