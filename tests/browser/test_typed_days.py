"""A paper diary of two weeks typed in by its digits alone: how many keys it takes, and how long."""

from __future__ import annotations

import re
import time

import pytest

from tests.browser.axe import violations
from tests.browser.desks import sign_in
from tests.cast import NOW, TODAY, ClinicCast, injection_record
from tests.chromium import DESK, PHONE
from tracker.actions import injections
from tracker.domain.track import Source
from tracker.models import DiaryEntry, Injection

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAPER = [(8, 3), (10, 2), (6, 1), (1, 0), (4, 0), *[(3, 0)] * 9, (1, 1)]
"""Day 0 to 14, as a patient might have written them."""

BETWEEN_KEYS = 0.25
"""Seconds from one key to the next for somebody who reads each number from paper: 240 keys a minute, slower
than practised numeric typing. House choice."""


def keys_of(paper: list[tuple[int, int]]) -> list[str]:
    """What has to be pressed: the digits, and Enter after each 1."""
    keys: list[str] = []
    for score in (score for pair in paper for score in pair):
        keys += [*str(score), *(["Enter"] if score == 1 else [])]
    return keys


@pytest.fixture
def sheet(opened, our: ClinicCast):
    record = injection_record(injected_on=TODAY.fromordinal(TODAY.toordinal() - 20))
    injections.change(
        by=our.clinician, injection=our.injection, record=record, agents=[], now=NOW, move_anyway=True
    )
    page = opened(f"/clinic/injections/{our.injection.public_id}/diary/paper/", DESK)
    sign_in(page, our.clinician.user)
    page.wait_for_url("**/diary/paper/")
    return page


def test_two_weeks_of_paper_are_typed_in_within_a_minute(sheet, errors):
    keys = keys_of(PAPER)
    assert len(keys) <= 45
    began = time.perf_counter()
    for key in keys:
        sheet.keyboard.press(key)
    assert sheet.evaluate("document.activeElement.textContent") == "Save"
    sheet.keyboard.press("Enter")
    sheet.wait_for_url("**/clinic/injections/*/")
    machine = time.perf_counter() - began
    found = DiaryEntry.objects.filter(source=Source.PAPER).order_by("describes_on")
    assert list(found.values_list("pain", "soreness")) == PAPER
    by_hand = len(keys) * BETWEEN_KEYS + machine
    print(f"{len(keys) + 1} keys: {machine:.1f} s by a machine, {by_hand:.0f} s by hand")
    assert by_hand < 60
    assert errors == []


def test_a_digit_after_a_1_belongs_to_the_next_field_unless_it_makes_10(sheet):
    for key in "1310":
        sheet.keyboard.press(key)
    values = sheet.eval_on_selector_all("input.digits", "boxes => boxes.slice(0, 4).map(box => box.value)")
    assert values == ["1", "3", "10", ""]


def test_keys_that_go_back_and_skip(sheet):
    for key in ("5", "Enter", "4", "Backspace", "Backspace", "ArrowDown", "ArrowUp"):
        sheet.keyboard.press(key)
    here = sheet.evaluate("[...document.querySelectorAll('input.digits')].indexOf(document.activeElement)")
    assert here == 2
    sheet.keyboard.press("7")
    values = sheet.eval_on_selector_all("input.digits", "boxes => boxes.slice(0, 4).map(box => box.value)")
    assert values == ["5", "", "7", ""]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("kind", ["paper", "telephone", "print"])
def test_the_pages_have_no_violation_and_fit(sheet, our, size, kind):
    sheet.set_viewport_size(size)
    sheet.goto(f"/clinic/injections/{our.injection.public_id}/diary/{kind}/")
    assert violations(sheet) == []
    assert sheet.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_the_form_is_whole(opened, our):
    page = opened(
        f"/clinic/injections/{our.injection.public_id}/diary/paper/", DESK, java_script_enabled=False
    )
    sign_in(page, our.clinician.user)
    page.get_by_label("Pain, Day 3, ").fill("4")
    page.get_by_role("button", name="Save").click()
    assert DiaryEntry.objects.get().pain == 4


def test_the_printed_diary_takes_two_sheets_of_either_paper(sheet, our):
    sheet.goto(f"/clinic/injections/{our.injection.public_id}/diary/print/")
    for paper in ("A4", "Letter"):
        pages = re.findall(rb"/Type\s*/Page\b", sheet.pdf(format=paper))
        assert len(pages) == 2, paper


def test_a_longer_diary_takes_the_sheets_that_its_page_names(sheet, our):
    Injection.objects.filter(pk=our.injection.pk).update(region="lumbar")
    sheet.goto(f"/clinic/injections/{our.injection.public_id}/diary/print/")
    for paper in ("A4", "Letter"):
        pages = re.findall(rb"/Type\s*/Page\b", sheet.pdf(format=paper))
        assert len(pages) == 3, paper


@pytest.mark.parametrize("address", ["history", "series"])
def test_the_other_pages_of_an_injection_fit_at_320_pixels(sheet, our, address):
    sheet.set_viewport_size({"width": 320, "height": 640})
    sheet.goto(f"/clinic/injections/{our.injection.public_id}/{address}/")
    assert sheet.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(sheet) == []
