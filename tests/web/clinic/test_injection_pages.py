"""The injection form: what it saves, what it refuses, and a date that moves."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, TODAY, ClinicCast, change
from tracker.actions import diary
from tracker.models import AuditEvent, Injection, Reading

ROWS = {"agents-TOTAL_FORMS": "4", "agents-INITIAL_FORMS": "0"}
FORM = ROWS | {
    "status": "performed",
    "injected_on": str(TODAY - timedelta(days=10)),
    "region": "cervical",
    "level": "C7-T1",
    "side": "midline",
    "approach": "interlaminar",
    "intent": "therapeutic",
    "guidance": "fluoroscopy",
    "contrast": "on",
    "anaesthetic": "",
    "indication": "M54.12",
    "operator": "Dr Vale",
    "agents-0-name": "Dexamethasone",
    "agents-0-dose_mg": "10",
    "agents-0-lot": "DX-1",
}


def new(our: ClinicCast) -> str:
    return reverse("clinic:injection_new", args=[our.patient.public_id])


def edit(our: ClinicCast) -> str:
    return reverse("clinic:injection_edit", args=[our.injection.public_id])


def record(our: ClinicCast) -> str:
    return reverse("clinic:injection", args=[our.injection.public_id])


def test_an_injection_is_saved_with_its_agents(our: ClinicCast, desk: Client) -> None:
    answer = desk.post(new(our), FORM | {"injected_on": str(TODAY), "level": "C6-C7"})
    added = Injection.objects.latest("id")
    assert answer.url == reverse("clinic:injection", args=[added.public_id])
    assert (added.level, added.contrast, added.patient) == ("C6-C7", True, our.patient)
    [agent] = added.agents.all()
    assert (agent.name, agent.dose_mg, agent.lot) == ("Dexamethasone", Decimal("10.00"), "DX-1")
    assert "Injection saved." in desk.get(answer.url).text


def test_a_new_form_starts_from_what_is_usual(our: ClinicCast, desk: Client) -> None:
    page = desk.get(new(our)).text
    for words in (f'value="{TODAY}"', 'value="C7-T1"', 'value="clinician of harbour"', "checked", ">Later<"):
        assert words in page
    assert page.count("-lot") >= 4


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"level": ""}, 'id="id_level_error"'),
        ({"region": "sacral"}, 'id="id_region_error"'),
        ({"indication": "X"}, 'id="id_indication_error"'),
        ({"injected_on": "soon"}, 'id="id_injected_on_error"'),
        ({"injected_on": str(TODAY + timedelta(days=1))}, "cannot lie ahead"),
        ({"closed_on": str(TODAY)}, "the day and the reason together"),
        ({"closed_on": "2026-01-01", "closed_reason": "surgery"}, "cannot end before its injection"),
        ({"agents-1-lot": "L-2"}, "Name the agent, or empty the row."),
        ({"agents-0-dose_mg": ""}, "Give the dose in mg."),
        ({"agents-0-dose_mg": "-1"}, 'id="id_agents-0-dose_mg_error"'),
    ],
)
def test_what_is_refused_is_named_and_nothing_is_saved(
    our: ClinicCast, desk: Client, wrong: dict[str, str], problem: str
) -> None:
    answer = desk.post(new(our), FORM | wrong)
    assert answer.status_code == 422
    assert problem in answer.text
    assert 'role="alert"' in answer.text
    assert 'value="DX-1"' in answer.text
    assert Injection.objects.count() == 1


@pytest.mark.parametrize("rows", [{}, {"agents-TOTAL_FORMS": "5", "agents-INITIAL_FORMS": "0"}])
def test_a_form_that_was_tampered_with_is_refused(
    our: ClinicCast, desk: Client, rows: dict[str, str]
) -> None:
    tampered = {name: text for name, text in FORM.items() if name not in ROWS}
    five = {"agents-4-name": "X", "agents-4-dose_mg": "1"} if rows else {}
    assert desk.post(new(our), tampered | rows | five).status_code == 422


def test_the_form_shows_what_is_stored_and_saves_what_changed(our: ClinicCast, desk: Client) -> None:
    desk.post(edit(our), FORM)
    assert 'value="DX-1"' in desk.get(edit(our)).text
    answer = desk.post(
        edit(our), FORM | {"agents-INITIAL_FORMS": "1", "agents-0-lot": "DX-2", "side": "left"}
    )
    assert answer.url == record(our)
    our.injection.refresh_from_db()
    assert our.injection.side == "left"
    assert [agent.lot for agent in our.injection.agents.all()] == ["DX-2"]


def test_an_emptied_row_removes_its_agent(our: ClinicCast, desk: Client) -> None:
    desk.post(edit(our), FORM)
    empty = {"agents-INITIAL_FORMS": "1", "agents-0-name": "", "agents-0-dose_mg": "", "agents-0-lot": ""}
    desk.post(edit(our), FORM | empty)
    assert not our.injection.agents.exists()


def test_a_moved_date_says_that_all_days_were_counted_again(our: ClinicCast, desk: Client) -> None:
    our.log({-1: 7, 1: 5})
    answer = desk.post(edit(our), FORM | {"injected_on": str(TODAY - timedelta(days=8))})
    assert AuditEvent.objects.latest("id").detail["moved_days"] == 2
    page = desk.get(answer.url).text
    assert "Date moved by 2 days: all days were counted again." in page
    assert "day 8" in page


def test_a_move_beyond_the_diary_has_to_be_meant(our: ClinicCast, desk: Client) -> None:
    our.log({-1: 7, 1: 5})
    far = FORM | {"injected_on": "2024-01-01"}
    asked = desk.post(edit(our), far)
    assert asked.status_code == 422
    assert "None of the 2 days logged so far would belong" in asked.text
    assert 'name="move_anyway"' in asked.text
    our.injection.refresh_from_db()
    assert our.injection.injected_on == TODAY - timedelta(days=10)
    assert desk.post(edit(our), far | {"move_anyway": "on"}).url == record(our)


def test_the_tick_is_not_offered_before_it_is_needed(our: ClinicCast, desk: Client) -> None:
    assert "move_anyway" not in desk.get(edit(our)).text


@pytest.mark.parametrize(("minutes", "stored"), [("", None), ("30", 30)])
def test_a_reading_is_saved(our: ClinicCast, desk: Client, minutes: str, stored: int | None) -> None:
    address = reverse("clinic:reading_new", args=[our.injection.public_id])
    assert desk.post(address, {"minutes": minutes, "pain": "0"}).url == record(our)
    reading = Reading.objects.get()
    assert (reading.minutes, reading.pain) == (stored, 0)


@pytest.mark.parametrize(
    ("minutes", "pain", "field"),
    [
        ("30", "11", "pain"),
        ("30", "", "pain"),
        ("-5", "3", "minutes"),
        ("3000", "3", "minutes"),
        ("x", "3", "minutes"),
    ],
)
def test_a_wrong_reading_is_named(our: ClinicCast, desk: Client, minutes: str, pain: str, field: str) -> None:
    address = reverse("clinic:reading_new", args=[our.injection.public_id])
    answer = desk.post(address, {"minutes": minutes, "pain": pain})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.text
    assert not Reading.objects.exists()


def test_a_corrected_baseline_is_shown_with_its_reason(our: ClinicCast, desk: Client) -> None:
    our.log({-1: 7, 1: 5})
    address = reverse("clinic:baseline", args=[our.injection.public_id])
    assert desk.post(address, {"baseline": "6.5", "reason": "Mixed up with the arm."}).url == record(our)
    page = desk.get(record(our)).text
    assert "Baseline corrected to 6.50: Mixed up with the arm." in page
    assert "set by a clinician" in page
    desk.post(address, {"baseline": "", "reason": ""})
    assert "Baseline corrected" not in desk.get(record(our)).text


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"baseline": "11", "reason": "x"}, "baseline"),
        ({"baseline": "-1", "reason": "x"}, "baseline"),
        ({"baseline": "many", "reason": "x"}, "baseline"),
        ({"baseline": "5", "reason": ""}, "reason"),
        ({"baseline": "5", "reason": "   "}, "reason"),
    ],
)
def test_a_baseline_needs_a_number_and_a_reason(
    our: ClinicCast, desk: Client, said: dict[str, str], field: str
) -> None:
    answer = desk.post(reverse("clinic:baseline", args=[our.injection.public_id]), said)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.text
    our.injection.refresh_from_db()
    assert our.injection.baseline_override is None


def test_entries_far_from_any_injection_do_not_hold_a_date_back(our: ClinicCast, desk: Client) -> None:
    type(our.patient).objects.update(enrolled_at=NOW - timedelta(days=60))
    diary.record(by=our.device, patient=our.patient, changes=[change(TODAY - timedelta(days=50), 4)], now=NOW)
    assert desk.post(edit(our), FORM | {"injected_on": str(TODAY)}).url == record(our)


def test_the_anaesthetic_that_is_missing_is_named_beside_an_early_change(
    our: ClinicCast, desk: Client
) -> None:
    desk.post(edit(our), FORM)
    our.log({-1: 7, 1: 5})
    address = reverse("clinic:reading_new", args=[our.injection.public_id])
    desk.post(address, {"minutes": "", "pain": "8"})
    desk.post(address, {"minutes": "30", "pain": "2"})
    assert "Early change (no anaesthetic recorded)" in desk.get(record(our)).text
