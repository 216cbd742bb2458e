"""What axe finds on a page, once that is there as a whole: by night, and by day."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
BY_DAY = {"runOnly": {"type": "tag", "values": TAGS}}
BY_NIGHT = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules about colours; nothing else of a page is another one by night."""

FIND = """options => axe.run({...options, resultTypes: ["violations"]}).then(found =>
    found.violations.map(one => `${one.id}: ${one.nodes[0].html}`))"""
AXE = Axe().axe_script


def violations(page: Page) -> list[str]:
    """Each with the first element that breaks the rule. A page on its way has no document to look at yet."""
    page.wait_for_load_state()
    page.evaluate(AXE)
    return _found(page, "dark", BY_NIGHT) + _found(page, "light", BY_DAY)


def _found(page: Page, scheme: Any, rules: dict[str, Any]) -> list[str]:
    page.emulate_media(color_scheme=scheme)
    return [f"{scheme}: {one}" for one in page.evaluate(FIND, rules)]
