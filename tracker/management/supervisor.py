"""One command, two processes: the web server and the worker start together and stop together."""

from __future__ import annotations

import http.client
import logging
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType

log = logging.getLogger(__name__)

START_SECONDS = 30
STOP_SECONDS = 15
LONGEST_PAUSE_SECONDS = 60
"""A worker that ends again and again is started less and less often."""


class CannotRun(RuntimeError):
    """One clear sentence about what is in the way."""


def check_port_is_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotRun(
                f"Port {port} on {host} cannot be used ({error.strerror}). "
                f"Stop what runs there, or choose another: make run PORT={port + 1}"
            ) from error


@dataclass
class Supervisor:
    """Runs the web server and the worker until Ctrl-C.

    Without the web server there is nothing to run: its end is the end. A worker that ends is started again:
    what it left undone stands in the database.
    """

    web: list[str]
    worker: list[str]
    host: str
    port: int
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    stopping: bool = False
    pause: float = 1
    restart_at: float = 0

    def start(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask_to_stop)
        self._launch("web", self.web)
        self._launch("worker", self.worker)
        self._wait_until_it_answers()

    def watch(self) -> None:
        """Return when asked to stop; raise CannotRun when the web server ended by itself."""
        while not self.stopping:
            self._check_web()
            self._keep_worker()
            time.sleep(0.2)

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()

    def _launch(self, name: str, command: list[str]) -> None:
        # A session of its own: Ctrl-C reaches this process only, which then stops the others in order.
        self.processes[name] = subprocess.Popen(command, start_new_session=True)  # noqa: S603

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _check_web(self) -> None:
        code = self.processes["web"].poll()
        if code is not None:
            raise CannotRun(f"The web server ended by itself (code {code}); see its lines above.")

    def _keep_worker(self) -> None:
        code, now = self.processes["worker"].poll(), time.monotonic()
        if code is None:
            return
        if not self.restart_at:
            self.restart_at = now + self.pause
            log.error("The worker ended (code %s); it starts again in %.0f s", code, self.pause)
        elif now >= self.restart_at:
            self.pause, self.restart_at = min(2 * self.pause, LONGEST_PAUSE_SECONDS), 0
            self._launch("worker", self.worker)

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self.stopping:
            self._check_web()
            if _answers(self.host, self.port):
                return
            if time.monotonic() > deadline:
                raise CannotRun(f"The web server did not answer within {START_SECONDS} seconds.")
            time.sleep(0.1)


def _answers(host: str, port: int) -> bool:
    """Whether the web server answers; that it insists on HTTPS or on its public name will do as well."""
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def web_command(host: str, port: int, *, threads: int) -> list[str]:
    """One process with threads: SQLite has one writer at a time anyway."""
    options = ["--bind", f"{host}:{port}", "--worker-class", "gthread", "--threads", str(threads)]
    options += ["--workers", "1", "--graceful-timeout", "10", "--log-level", "warning", "--no-control-socket"]
    return [sys.executable, "-m", "gunicorn", "config.wsgi:application", *options]


def worker_command() -> list[str]:
    """The worker with its schedule inside, one job at a time: they are few and short.

    In a child process, so that a job that hangs can be ended (CELERY_TASK_TIME_LIMIT).
    """
    options = [
        "--beat",
        "--concurrency",
        "1",
        "--loglevel",
        "warning",
        "--without-gossip",
        "--without-mingle",
    ]
    return [sys.executable, "-m", "celery", "--quiet", "--app", "config", "worker", *options]
