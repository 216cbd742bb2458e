"""The written chart and matplotlib's own, both shown by a browser, are the same picture."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from tests.charts.diaries import DIARIES
from tests.charts.reading import whole_svg
from tracker.charts.chart import Look
from tracker.charts.frames import FrameStore
from tracker.charts.recovery import recovery_svg

pytestmark = pytest.mark.browser


class Screen:
    """A browser page that shows one picture."""

    def __init__(self, page: object) -> None:
        self.page = page

    def shot(self, svg: bytes, look: Look) -> Image.Image:
        width = {"phone": 360, "wide": 800}[look.size]
        self.page.set_viewport_size({"width": width, "height": 440})
        source = f"data:image/svg+xml;base64,{b64encode(svg).decode()}"
        self.page.set_content(f'<body style="margin:0"><img src="{source}" style="display:block">')
        self.page.wait_for_function("document.images[0].complete")
        return Image.open(BytesIO(self.page.screenshot())).convert("L")


@pytest.fixture(scope="module")
def screen(browser: object) -> Screen:
    return Screen(browser.new_page())


def share_that_differs(one: Image.Image, other: Image.Image) -> float:
    """Share of the pixels more than 64 of 255 grey levels apart."""
    counts = ImageChops.difference(one, other).histogram()
    return sum(counts[65:]) / sum(counts)


@pytest.mark.parametrize("look", [Look("light", "phone"), Look("dark", "wide")])
@pytest.mark.parametrize("name", ["mixed", "twice a week", "all tens"])
def test_both_pictures_look_the_same(name: str, look: Look, frames: FrameStore, screen: Screen) -> None:
    written = screen.shot(recovery_svg(DIARIES[name], look, frames=frames), look)
    drawn = screen.shot(whole_svg(DIARIES[name], look), look)
    assert share_that_differs(written, drawn) < 0.001


def test_another_diary_does_not_look_the_same(frames: FrameStore, screen: Screen) -> None:
    one, other = (
        screen.shot(recovery_svg(DIARIES[name], Look(), frames=frames), Look())
        for name in ("mixed", "all tens")
    )
    assert share_that_differs(one, other) > 0.001
