"""The product as `serve` runs it, on a throwaway data folder: for pictures and for the figures of a phone."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 120
PATIENTS = 3
"""Those whose links `serve` prints: before the injection, early after it, at the read-out."""


@dataclass(frozen=True, slots=True)
class Product:
    """A running product, as its greeting describes it."""

    address: str
    password: str
    clinician: str
    early: tuple[str, str]
    read_out: tuple[str, str]
    """Date of birth and link of a patient early after the injection, and of one at the read-out."""


@contextmanager
def running() -> Iterator[Product]:
    """The product on a throwaway data folder and a free port."""
    with tempfile.TemporaryDirectory(prefix="onset-pictures-") as folder:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ONSET_")}
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(_free_port())],
            cwd=ROOT,
            env=kept | {"ONSET_DATA_DIR": folder},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield _greeting(process)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _greeting(process: subprocess.Popen[str]) -> Product:
    """Read what `serve` prints until the patients' links have come."""
    assert process.stdout
    impatience = threading.Timer(START_SECONDS, process.terminate)
    impatience.start()
    said = ""
    for line in process.stdout:
        said += line
        links = re.findall(r"Patient on study day (-?\d+), born (\S+)\s+(http\S+)", said)
        if len(links) == PATIENTS:
            impatience.cancel()
            _, early, read_out = sorted(links, key=lambda found: int(found[0]))
            return Product(
                address=_found(r"running at (http\S+)", said),
                password=_found(r"with password: (.+)", said),
                clinician=_found(r"(clinician@\S+)", said),
                early=early[1:],
                read_out=read_out[1:],
            )
    raise SystemExit(f"The product did not start, or did not say what was expected:\n{said}")


def _found(pattern: str, said: str) -> str:
    match = re.search(pattern, said)
    assert match, f"the greeting lacks {pattern}"
    return match[1]
