"""An indication is found by typing, by hand and by keys, and is a plain select without scripts."""

from __future__ import annotations

import pytest

from tests.browser.axe import violations
from tests.browser.desks import sign_in
from tests.chromium import DESK, PHONE

OPTIONS = "#id_indication_list [role=option]"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def form(opened, our):
    page = opened(f"/clinic/injections/{our.injection.public_id}/edit/", DESK)
    sign_in(page, our.clinician.user)
    page.wait_for_url("**/edit/")
    return page


def chosen(page) -> str:
    return page.eval_on_selector("#id_indication", "select => select.value")


def test_a_code_is_found_by_words_and_taken_by_keys(form, errors):
    box = form.get_by_role("combobox", name="Indication (ICD-10-CM)")
    assert box.input_value() == "M54.12 Radiculopathy, cervical region"
    box.fill("bone spurs")
    assert form.locator(OPTIONS).count() == 3
    assert violations(form) == []
    box.press("ArrowDown")
    box.press("ArrowDown")
    box.press("Enter")
    assert chosen(form) == "M47.23"
    form.get_by_role("button", name="Save").click()
    form.wait_for_url("**/clinic/injections/*/")
    assert form.get_by_text("M47.23 Other spondylosis").is_visible()
    assert errors == []


def test_a_code_is_taken_by_a_click_and_escape_leaves_what_was_chosen(form):
    box = form.get_by_role("combobox", name="Indication (ICD-10-CM)")
    box.click()
    assert form.locator(OPTIONS).count() == 20
    form.locator(OPTIONS, has_text="M48.02").click()
    assert chosen(form) == "M48.02"
    box.fill("nothing like it")
    assert form.locator(OPTIONS).count() == 0
    box.fill("M50")
    box.press("Escape")
    assert (chosen(form), box.input_value()) == ("M48.02", "M48.02 Spinal stenosis, cervical region")


def test_the_list_fits_on_a_phone(form):
    form.set_viewport_size(PHONE)
    form.get_by_role("combobox", name="Indication (ICD-10-CM)").fill("disc")
    assert form.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(form) == []


def test_without_scripts_it_is_a_select(opened, our):
    page = opened(f"/clinic/injections/{our.injection.public_id}/edit/", DESK, java_script_enabled=False)
    sign_in(page, our.clinician.user)
    page.get_by_label("Indication (ICD-10-CM)").select_option("M48.04")
    page.get_by_role("button", name="Save").click()
    assert page.get_by_text("M48.04 Spinal stenosis").is_visible()
