"""A second browser engine: WebKitGTK, the nearest to an iPhone's that runs here, by the WebDriver protocol.

What a test of one scenario needs of the protocol is a handful of requests, less than a library for it weighs.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from select import select
from socket import create_connection, socket
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

PATIENCE = 20
"""Seconds."""


def parts() -> list[str]:
    """The driver, a screen that nobody sees, and the browser."""
    browsers = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    found = [shutil.which("WebKitWebDriver"), shutil.which("Xvfb"), browsers and str(browsers[-1])]
    if not all(found):
        pytest.skip("no WebKitGTK here: on Debian, apt-get install webkit2gtk-driver xvfb")
    return [str(one) for one in found]


@dataclass
class WebKit:
    """One window; addresses are the driver's, relative to its session."""

    address: str

    def ask(self, path: str, method: str = "POST", **body: Any) -> Any:
        data = json.dumps(body).encode() if method == "POST" else None
        request = Request(f"{self.address}{path}", data, {"Content-Type": "application/json"}, method=method)
        with urlopen(request, timeout=2 * PATIENCE) as answer:
            return json.load(answer)["value"]

    def go(self, url: str) -> None:
        self.ask("/url", url=url)

    def run(self, script: str) -> Any:
        return self.ask("/execute/sync", script=f"return {script}", args=[])

    def wait(self, promise: str) -> Any:
        return self.ask("/execute/async", script=f"({promise}).then(arguments[0])", args=[])

    def click(self, selector: str) -> None:
        found = self.ask("/element", using="css selector", value=selector)
        self.ask(f"/element/{next(iter(found.values()))}/click")

    def text(self) -> str:
        return str(self.run("document.querySelector('main').innerText"))

    def hold(self, name: str, key: str) -> None:
        self.ask("/cookie", cookie={"name": name, "value": key, "path": "/", "httpOnly": True})


class Network(ThreadingTCPServer):
    """The way to a server of this machine by a port of its own, for an engine that has no switch for it."""

    daemon_threads = True
    is_up = True
    backend: int

    @classmethod
    @contextmanager
    def to(cls, backend: int) -> Iterator[Network]:
        with cls(("127.0.0.1", 0), Way) as network:
            network.backend = backend
            Thread(target=network.serve_forever, daemon=True).start()
            yield network
            network.is_up = False
            network.shutdown()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_address[1]}"


class Way(BaseRequestHandler):
    """One connection, to and fro, for as long as the network is up."""

    server: Network

    def handle(self) -> None:
        if not self.server.is_up:
            return
        with create_connection(("localhost", self.server.backend)) as other:
            ends = {self.request: other, other: self.request}
            while self.server.is_up:
                for end in select(list(ends), [], [], 0.05)[0]:
                    if not (piece := end.recv(65536)):
                        return
                    ends[end].sendall(piece)


def free_port() -> int:
    with socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def until(holds: Callable[[], Any], what: str, instead: Callable[[], str] = str) -> None:
    """Look again and again until it is so; otherwise fail, and say what there is instead."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if holds():
            return
        time.sleep(0.1)
    pytest.fail(f"{what}: not within {PATIENCE} s. {instead()}")


@contextmanager
def running(*command: str, **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, **options)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


@contextmanager
def webkit(port: int) -> Iterator[WebKit]:
    """A window of WebKitGTK; its driver listens on that port."""
    driver, screen, browser = parts()
    address = f"http://127.0.0.1:{port}"
    options = {"binary": browser, "args": ["--automation"]}
    wanted = {"alwaysMatch": {"browserName": "MiniBrowser", "webkitgtk:browserOptions": options}}
    with running(screen, "-displayfd", "1", "-screen", "0", "800x900x24", stdout=subprocess.PIPE) as shown:
        assert shown.stdout is not None
        display = shown.stdout.readline().decode().strip()
        shown.stdout.close()
        environment = {
            "DISPLAY": f":{display}",
            "PATH": "/usr/bin:/bin",
            "HOME": "/tmp",
            "LIBGL_ALWAYS_SOFTWARE": "1",
        }
        with running(driver, f"--port={port}", stdout=subprocess.DEVNULL, env=environment):
            until(lambda: _answers(address), "the driver")
            session = WebKit(address).ask("/session", capabilities=wanted)["sessionId"]
            window = WebKit(f"{address}/session/{session}")
            try:
                yield window
            finally:
                window.ask("", "DELETE")


def _answers(address: str) -> bool:
    try:
        return bool(WebKit(address).ask("/status", "GET"))
    except URLError:
        return False
