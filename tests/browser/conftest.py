"""Pages in a real browser, with everything that a browser complains about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from playwright.sync_api import Browser, Page

from tests.browser.traffic import watched
from tests.cast import NOW


@pytest.fixture(autouse=True)
def moving_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def errors() -> list[str]:
    """What a browser complained about: scripts that fail, and anything that the security policy stopped."""
    return []


@pytest.fixture
def answered(live_server) -> Iterator[None]:
    """Ends once the server has answered what was asked: else an emptied table meets a page on its way."""
    with watched():
        yield


@pytest.fixture
def opened(browser: Browser, live_server, drawn_frames, errors, answered) -> Iterator[object]:
    contexts = []

    def opened(path: str, size: dict[str, int], **options: object) -> Page:
        settled = {"viewport": size, "base_url": live_server.url, "service_workers": "block"} | options
        context = browser.new_context(**settled)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
