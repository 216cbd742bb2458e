"""The pages on which administrators look after protocols."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cast import NOW
from tests.contracts.forms import INJECTION, protocol_form
from tests.desks import desk_that_confirmed
from tracker.actions import protocols
from tracker.content.protocols import CARE_GROUPS, NAMES, RULE_GROUPS
from tracker.domain.care import RANGES
from tracker.domain.protocol import LIMITS, SHIPPED
from tracker.domain.roles import Role
from tracker.models import ClinicProtocol, Injection

pytestmark = pytest.mark.django_db

NECK = SHIPPED["cervical-thoracic-interlaminar"]
LIST = reverse("clinic:protocols")


@pytest.fixture
def boss(our, still_clock):
    return desk_that_confirmed(our.staff[Role.ADMINISTRATOR].user.email)


@pytest.fixture
def ours(our) -> ClinicProtocol:
    return protocols.copy(by=our.staff[Role.ADMINISTRATOR], key=NECK.key, now=NOW)


def page_of(protocol: ClinicProtocol) -> str:
    return reverse("clinic:protocol", args=[protocol.public_id])


def form_of(protocol: ClinicProtocol) -> str:
    return reverse("clinic:protocol_edit", args=[protocol.public_id])


def test_every_setting_that_may_be_chosen_has_a_field_and_a_name():
    rules = [name for _, names in RULE_GROUPS for name in names]
    care = [name for _, names in CARE_GROUPS for name in names]
    assert sorted(rules) == sorted(LIMITS)
    assert sorted(care) == sorted(RANGES)
    assert set(NAMES) == {"name", *rules, *care}


def test_the_list_shows_what_is_used_and_copies_a_shipped_one(boss):
    html = boss.get(LIST).text
    assert html.count("as shipped") == 2 and "Low back" in html
    answer = boss.post(LIST, {"key": "lumbar-interlaminar"})
    assert answer.url == page_of(ClinicProtocol.objects.get())
    assert "not any more" in boss.get(LIST).text
    assert boss.post(LIST, {"key": "knee"}).status_code == 422


def test_a_draft_is_looked_at_and_published(boss, ours):
    changed = protocol_form(NECK, readout_day="13", fasting_hours="6")
    assert boss.post(form_of(ours), changed).url == page_of(ours)
    html = boss.get(page_of(ours)).text
    assert "What patients would get by the draft" in html
    assert "On day 13 your scores are compared" in html
    assert "Course and read-out: Read-out: day: " in html and "left open" in html
    assert boss.post(page_of(ours), {"do": "publish", "note": "As agreed"}).status_code == 302
    html = boss.get(page_of(ours)).text
    assert "Version 2" in html and "As agreed" in html and "Draft" not in html


def test_a_form_that_changes_nothing_changes_nothing(boss, ours):
    boss.post(form_of(ours), protocol_form(NECK))
    ours.refresh_from_db()
    assert ours.draft == ours.versions.get().body
    assert boss.post(page_of(ours), {"do": "publish"}).status_code == 422


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"readout_day": "40"}, "id_readout_day_error"),
        ({"readout_first_day": "16"}, "This must not be above “Course and read-out: Read-out: day”."),
        ({"asked_weekdays": ["1", "2", "4"]}, "Choose 2 whole numbers from 0 to 6, in order."),
        ({"reading_minutes": "half an hour"}, "Write whole numbers, with a comma between them."),
        ({"reading_minutes": "5"}, "Choose 1 to 6 whole numbers from 10 to 480, in order."),
        ({"ice_minutes": "60"}, "id_ice_minutes_error"),
        ({"ice_minutes": ""}, "id_ice_minutes_error"),
    ],
)
def test_what_lies_beyond_the_limits_is_said_beside_its_field(boss, ours, changed, said):
    answer = boss.post(form_of(ours), protocol_form(NECK, **changed))
    assert answer.status_code == 422
    assert said in answer.text
    ours.refresh_from_db()
    assert ours.draft is None


def test_going_back_and_throwing_away(boss, ours):
    boss.post(form_of(ours), protocol_form(NECK, readout_day="13"))
    boss.post(page_of(ours), {"do": "publish"})
    assert boss.post(page_of(ours), {"do": "restore", "number": "1"}).status_code == 302
    assert ours.versions.latest("number").number == 3
    assert "Back to version 1" in boss.get(page_of(ours)).text
    boss.post(form_of(ours), protocol_form(NECK, readout_day="13"))
    boss.post(page_of(ours), {"do": "discard"})
    assert "Draft" not in boss.get(page_of(ours)).text
    for wrong in ({"do": "restore", "number": "x"}, {"do": "restore", "number": "3"}, {"do": "dance"}, {}):
        assert boss.post(page_of(ours), wrong).status_code == 422


def test_the_pages_ask_the_same_number_of_statements_however_many_versions(
    boss, ours, django_assert_max_num_queries
):
    for day in ("13", "12", "13"):
        boss.post(form_of(ours), protocol_form(NECK, readout_day=day))
        boss.post(page_of(ours), {"do": "publish"})
    with django_assert_max_num_queries(20):
        boss.get(page_of(ours))


def test_an_injections_form_offers_the_protocols(our, desk, ours):
    address = reverse("clinic:injection_new", args=[our.patient.public_id])
    html = desk.get(address).text
    assert "The usual one for the region" in html and f'value="{ours.public_id}"' in html
    desk.post(address, INJECTION | {"protocol": "shipped"})
    assert Injection.objects.latest("id").protocol_version_id is None
    desk.post(address, INJECTION)
    added = Injection.objects.latest("id")
    assert added.protocol_version.protocol_id == ours.pk
    edit = reverse("clinic:injection_edit", args=[added.public_id])
    assert f"Stays: {NECK.name}, version 1" in desk.get(edit).text
    assert f"{NECK.name}, version 1" in desk.get(reverse("clinic:injection", args=[added.public_id])).text
    answer = desk.post(edit, INJECTION | {"region": "lumbar", "protocol": str(ours.public_id)})
    assert answer.status_code == 422 and 'id="id_protocol_error"' in answer.text
