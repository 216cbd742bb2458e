"""The main job without a network in a second engine, which knows no Background Sync."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.phone.phones import stored
from tests.webdriver import Network, WebKit, free_port, until, webkit
from tracker.models import DiaryEntry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHELL = "document.getElementById('words') !== null"
SEEN = "document.dispatchEvent(new Event('visibilitychange'))"


@pytest.fixture
def workers_clock() -> None:
    """Instead of the usual one: here pages and worker go by one clock, half a year off the server's."""


@pytest.fixture
def window() -> Iterator[WebKit]:
    with webkit(free_port()) as window:
        yield window


@pytest.fixture
def network(live_server) -> Iterator[Network]:
    with Network.to(live_server.thread.port) as network:
        yield network


def shows(window: WebKit, text: str) -> None:
    until(lambda: text in window.text(), text, window.text)


@pytest.mark.row(1, 18, 31)
def test_in_webkit_an_entry_without_a_network_outlives_a_reload_and_goes_once_it_is_back(
    window, network, keys
):
    window.go(f"{network.url}/call/")
    for name, key in keys.items():
        window.hold(name, key)
    until(
        lambda: (window.go(f"{network.url}/diary/"), window.run(SHELL))[1], "a page that is filled by itself"
    )
    assert window.wait("onset.sending.flush()") == "in touch"
    network.is_up = False
    window.click("#pain input[value='7']")
    window.click("#soreness input[value='2']")
    window.click("[data-view=day] form button.button")
    shows(window, "Saved on this phone, not sent yet")
    window.go(f"{network.url}/diary/")
    shows(window, "Saved for Wednesday 20 May: pain 7, soreness 2.")
    assert stored() == []
    network.is_up = True
    window.run(SEEN)
    shows(window, "Your clinic has it.")
    assert [(str(one.describes_on), one.pain) for one in DiaryEntry.objects.all()] == [("2026-05-20", 7)]
