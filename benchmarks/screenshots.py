"""The README's pictures: starts the product with a fresh demo clinic, looks at it, and stops it again.

Run it with `make screenshots`. The pictures go to docs/images; their dates are today's.
"""

from __future__ import annotations

import io
import shutil
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from benchmarks.product import ROOT, Product, running

IMAGES = ROOT / "docs" / "images"
PHONE, PHONE_TALL = ViewportSize(width=360, height=640), ViewportSize(width=360, height=940)
DESK, DESK_TALL = ViewportSize(width=1200, height=800), ViewportSize(width=1200, height=1100)
LARGEST_PICTURE = 150_000
COLOURS = 256
"""For a picture that would be larger in full colour."""

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-lcd-text", "--no-first-run"]

DEMO_ZONE = ZoneInfo("America/New_York")


def take(browser: Browser, product: Product) -> None:
    # Pages of the server: an app that has filled its store would take over, with a smaller chart.
    phone = browser.new_page(viewport=PHONE, device_scale_factor=2, service_workers="block")
    _join(phone, *product.early)
    _fill_in_today(phone, product)
    _keep(phone, "phone-today")
    _join(phone, *product.read_out)
    phone.set_viewport_size(PHONE_TALL)
    _look_at_course(phone, product, "light")
    _keep(phone, "phone-course")
    _look_at_course(phone, product, "dark")
    _keep(phone, "phone-course-dark")
    desk = browser.new_page(viewport=DESK)
    _sign_in(desk, product)
    _keep(desk, "worklist")
    _open_a_responder(desk, product)
    _keep(desk, "patient")


def _join(page: Page, born_on: str, link: str) -> None:
    page.goto("about:blank")  # a link that differs behind "#" only would not load the page anew
    page.goto(link)
    page.get_by_label("Your date of birth").fill(born_on)
    page.get_by_role("button", name="Yes, go on").click()
    page.wait_for_url("**/diary/")


def _fill_in_today(page: Page, product: Product) -> None:
    """The form of today, filled in and not saved."""
    # By its date: between midnight and four the page of today asks about yesterday.
    today = datetime.now(DEMO_ZONE).date()
    page.goto(f"{product.address}/diary/{today}/")
    for question, score in (("pain", "4"), ("soreness", "1")):
        page.locator(f"#{question}").get_by_role("radio", name=score, exact=True).check(force=True)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")


def _look_at_course(page: Page, product: Product, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{product.address}/course/")
    page.locator("figure.chart img").scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_load_state("networkidle")


def _sign_in(page: Page, product: Product) -> None:
    page.goto(f"{product.address}/accounts/login/")
    page.get_by_label("E-mail").fill(product.clinician)
    page.get_by_label("Password").fill(product.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(f"{product.address}/clinic/")


def _open_a_responder(page: Page, product: Product) -> None:
    page.goto(f"{product.address}/clinic/?label=responder&sort=day")
    page.locator("table.worklist th[scope=row] a").first.click()
    page.set_viewport_size(DESK_TALL)
    page.wait_for_load_state("networkidle")


def _keep(page: Page, name: str) -> None:
    file = IMAGES / f"{name}.png"
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    picture.save(file, optimize=True)
    if file.stat().st_size > LARGEST_PICTURE:
        picture.quantize(COLOURS, kmeans=8, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"{file.relative_to(ROOT)}  {file.stat().st_size // 1000} kB")


def main() -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Chromium is missing. On Debian: apt-get install chromium")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with running() as product, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        take(browser, product)
        browser.close()


if __name__ == "__main__":
    main()
