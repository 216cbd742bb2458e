"""Networks and processors as the browser's developer tools imitate them."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import CDPSession, Page

SLOW_CPU = 4
"""Times slower than this machine: a cheap phone of a few years ago."""


@dataclass(frozen=True, slots=True)
class Network:
    """Latency in ms for each request, bytes a second down and up."""

    name: str
    latency: float
    down: float
    up: float


SLOW_4G = Network("slow 4G", 562.5, 1.44e6 / 8, 675e3 / 8)
THREE_G = Network("3G", 2000, 400e3 / 8, 400e3 / 8)


def throttle(page: Page, network: Network, *, cpu: int) -> CDPSession:
    """Slow this page's own requests and scripts down. A worker's requests go by the context instead."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": network.latency,
            "downloadThroughput": network.down,
            "uploadThroughput": network.up,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": cpu})
    return session
