"""One real browser for every test that needs one, skipped or insisted on in one place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
WITH_WORKER = {"service_workers": "allow"}
"""For tests of the app on a phone. Elsewhere it would take over from the page that is looked at."""

SLOWEST = 20_000
"""Milliseconds until what is expected has to be there, on a machine that is busy with something else."""

PHONE = {"width": 360, "height": 640}
DESK = {"width": 1280, "height": 800}


def missing(reason: str) -> None:
    """Skip, or fail where ONSET_INSIST=1 says that nothing may be left out."""
    if os.environ.get("ONSET_INSIST") == "1":
        pytest.fail(f"{reason}, and ONSET_INSIST=1 leaves out nothing")
    pytest.skip(reason)


def path_of_chromium() -> str | None:
    return os.environ.get("ONSET_CHROMIUM") or shutil.which("chromium")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, driven by Playwright."""
    path = path_of_chromium()
    if path is None:
        missing("no Chromium here: on Debian, apt-get install chromium")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=SLOWEST)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # The driver keeps an event loop running, which Django otherwise takes for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
