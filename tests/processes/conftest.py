"""Whole processes on a data folder of their own: what a person starts, started the same way."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
Manage = Callable[..., subprocess.CompletedProcess[str]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)


SET_UP = """
from django.core.management import call_command
from tracker.management.commands.serve import collect_static_files
for command in ("migrate", "createcachetable", "buildframes"):
    call_command(command, verbosity=0)
collect_static_files()
"""


def wait_until(condition: Callable[[], object], *, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)


def environment_in(folder: Path) -> dict[str, str]:
    """A fresh installation's variables: everything at its default."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ONSET_", "DJANGO_"))}
    return kept | {"ONSET_DATA_DIR": str(folder), "PYTHONWARNINGS": "default"}


def managing(environment: dict[str, str]) -> Manage:
    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=environment | more, capture_output=True, text=True, timeout=120
        )

    return run


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return environment_in(tmp_path / "var")


@pytest.fixture
def manage(environment: dict[str, str]) -> Manage:
    return managing(environment)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data folders to copy: `installed`, and `demo` with the demo clinic. Made once, whoever comes first."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with (folder / "templates.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "templates").exists():
            _make(folder / "making")
            (folder / "making").rename(folder / "templates")
    return folder / "templates"


def _make(folder: Path) -> None:
    done = managing(environment_in(folder / "installed"))("shell", "-v0", "-c", SET_UP)
    assert done.returncode == 0, done.stderr
    shutil.copytree(folder / "installed", folder / "demo")
    done = managing(environment_in(folder / "demo"))("demo")
    assert "loaded" in done.stdout, done.stderr


@pytest.fixture
def installed(templates: Path, environment: dict[str, str]) -> None:
    """The data folder is set up: tables, charts' frames, static files, and nobody there."""
    shutil.copytree(templates / "installed", environment["ONSET_DATA_DIR"])


@pytest.fixture
def with_demo(templates: Path, environment: dict[str, str]) -> None:
    """The data folder is set up, and holds the demo clinic."""
    shutil.copytree(templates / "demo", environment["ONSET_DATA_DIR"])


@pytest.fixture
def start(environment: dict[str, str]) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start a command in the background; whatever still runs at the end is stopped, with its children."""
    running: list[subprocess.Popen[str]] = []

    def launch(*command: str, **more: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment | more,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        running.append(process)
        return process

    yield launch
    for process in running:
        process.terminate()
        try:
            process.communicate(timeout=15)
        except subprocess.TimeoutExpired:  # a worker that waits for its broker
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate(timeout=15)


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
