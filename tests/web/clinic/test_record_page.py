"""The patient's page: what the rules say, why, and where every figure comes from."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, PASSWORD, TODAY, ClinicCast, change, injection_record
from tests.statements import EVERY_REQUEST
from tracker.actions import diary, injections
from tracker.domain.roles import Role
from tracker.domain.track import Source

GOOD_BASELINE = {-3: 7, -2: 7, -1: 7}


def page_of(client: Client, our: ClinicCast) -> str:
    return client.get(reverse("clinic:injection", args=[our.injection.public_id])).text


def test_figures_come_with_their_quality_and_the_rules_version(our: ClinicCast, desk: Client) -> None:
    our.log(GOOD_BASELINE | {1: 6, 2: 3, 3: 3, 4: 2, 8: 3, 9: 3, 10: 2}, soreness={1: 2})
    page = page_of(desk, our)
    for words in (
        "On track",
        "7.0",
        "good, 3 readings",
        "Day 2",
        "As expected",
        "As of day 10, by esi-rules 1.0",
    ):
        assert words in page
    assert "The baseline of 7.0 is the mean of the 3 scored days" in page
    assert "rule 1" in page


def test_the_measured_timeline_is_told_with_its_source(our: ClinicCast, desk: Client) -> None:
    page = page_of(desk, our)
    assert "The measured one is faster" in page
    assert "Mostly lumbar data" in page
    assert "Source: Schneider 2024" in page


def test_the_patients_address_shows_the_injection_of_the_worklist(our: ClinicCast, desk: Client) -> None:
    page = desk.get(reverse("clinic:patient", args=[our.patient.public_id])).text
    assert reverse("clinic:chart", args=[our.injection.public_id]) in page


def test_the_chart_comes_light_and_dark_small_and_wide(our: ClinicCast, desk: Client) -> None:
    page, chart = page_of(desk, our), reverse("clinic:chart", args=[our.injection.public_id])
    for look in ("dark&amp;size=phone", "light&amp;size=phone", "dark&amp;size=wide", "light&amp;size=wide"):
        assert f"{chart}?theme={look}" in page
    assert "day 0 is the day of the injection" in page


def test_every_revision_of_a_day_is_shown_with_its_times(our: ClinicCast, desk: Client) -> None:
    day = our.injection.injected_on + timedelta(days=2)
    first = change(day, 8)
    diary.record(by=our.device, patient=our.patient, changes=[first], now=NOW)
    better = change(day, 3, replaces=first.client_id, entered_at=first.entered_at + timedelta(hours=14))
    diary.record(by=our.device, patient=our.patient, changes=[better], now=NOW)
    page = page_of(desk, our)
    assert "<td>3</td>" in page
    assert "<td>8</td>" in page
    assert "late, edited" in page
    assert f"{first.entered_at.day} May 19:00" in page
    assert "20 May 19:30" in page


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (Source.STAFF, "told to staff, clinician of harbour"),
        (Source.PAPER, "from paper, "),
        (Source.TELEPHONE, "by telephone, "),
    ],
)
def test_who_entered_a_day_is_named(our: ClinicCast, desk: Client, source: Source, words: str) -> None:
    changes = [change(TODAY, 4)]
    diary.record(by=our.clinician, patient=our.patient, changes=changes, now=NOW, source=source)
    assert words in page_of(desk, our)


def test_a_recalled_day_is_shown_as_not_scored(our: ClinicCast, desk: Client) -> None:
    changes = [change(TODAY - timedelta(days=6), 4, entered_at=NOW)]
    diary.record(by=our.device, patient=our.patient, changes=changes, now=NOW)
    assert "recalled, not scored" in page_of(desk, our)


def test_readings_of_day_0_are_listed_in_order(our: ClinicCast, desk: Client) -> None:
    our.read((240, 2), (None, 7), (30, 3))
    page = page_of(desk, our)
    assert page.index("Before</th><td>7") < page.index("30 min</th><td>3") < page.index("4 h</th><td>2")


def test_the_injection_record_shows_agents_and_lots(our: ClinicCast, desk: Client) -> None:
    agents = [injections.Agent(name="Dexamethasone", dose_mg=Decimal("10.00"), lot="DX-1")]
    injections.change(
        by=our.clinician, injection=our.injection, record=injection_record(), agents=agents, now=NOW
    )
    page = page_of(desk, our)
    assert "Dexamethasone, 10 mg, lot DX-1" in page
    assert "M54.12 Radiculopathy, cervical region" in page
    assert "Fluoroscopy, with contrast" in page


def test_a_second_injection_is_held_against_the_first_baseline_too(our: ClinicCast, desk: Client) -> None:
    early = injections.add(
        by=our.clinician,
        patient=our.patient,
        record=injection_record(injected_on=TODAY - timedelta(days=16)),
        agents=[],
        now=NOW,
    )
    injections.change(
        by=our.clinician,
        injection=our.injection,
        record=injection_record(injected_on=TODAY - timedelta(days=30)),
        agents=[],
        now=NOW,
    )
    days = {-33: 8, -32: 8, -31: 8, -18: 4, -17: 4, -15: 3, -3: 2, -2: 2, -1: 2}
    changes = [change(TODAY + timedelta(days=day), pain) for day, pain in days.items()]
    type(our.patient).objects.update(enrolled_at=NOW - timedelta(days=40))
    diary.record(by=our.device, patient=our.patient, changes=changes, now=NOW)
    page = desk.get(reverse("clinic:injection", args=[early.public_id])).text
    assert "Against the first baseline" in page
    assert "6.0 points, 75.0 %" in page
    assert reverse("clinic:injection", args=[our.injection.public_id]) in page


def test_a_cancelled_injection_is_shown_without_figures(our: ClinicCast, desk: Client) -> None:
    injections.change(
        by=our.clinician,
        injection=our.injection,
        record=injection_record(status="cancelled"),
        agents=[],
        now=NOW,
    )
    page = page_of(desk, our)
    assert "This injection was cancelled" in page
    assert "chart.svg" not in page


@pytest.mark.parametrize("intent", ["diagnostic", "therapeutic"])
@pytest.mark.parametrize("ahead", [-10, 0, 3])
def test_every_stage_has_a_page(our: ClinicCast, desk: Client, intent: str, ahead: int) -> None:
    record = injection_record(
        intent=intent,
        injected_on=TODAY + timedelta(days=ahead),
        status="scheduled" if ahead > 0 else "performed",
    )
    injections.change(
        by=our.clinician, injection=our.injection, record=record, agents=[], now=NOW, move_anyway=True
    )
    assert "Injection, " in page_of(desk, our)


def test_a_block_is_shown_with_its_figures_and_why_and_without_a_timeline(
    our: ClinicCast, desk: Client
) -> None:
    our.read((None, 8), (30, 1), (60, 1))
    record = injection_record(intent="diagnostic")
    injections.change(by=our.clinician, injection=our.injection, record=record, agents=[], now=NOW)
    page = page_of(desk, our)
    assert "Best relief" in page and "87.5 %" in page and "30 to 60 min" in page
    assert "Readings in a row reached the cut-off of 80 %" in page and "diagnostic block" in page
    assert "chart.svg" not in page
    assert page.count('id="readings"') == 1
    assert page.index('id="readings"') < page.index('id="diary"'), "what a block is judged by comes first"


def test_the_downloaded_case_is_what_assess_replays(our: ClinicCast, desk: Client, tmp_path) -> None:
    our.log(GOOD_BASELINE | {1: 6, 2: 3, 3: 3})
    address = reverse("clinic:case", args=[our.injection.public_id])
    answer = desk.get(address)
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="case-{our.injection.public_id}.json"'
    )
    assert address in page_of(desk, our)
    file, out = tmp_path / "case.json", StringIO()
    file.write_bytes(answer.content)
    call_command("assess", str(file), stdout=out)
    assert json.loads(out.getvalue())[0]["assessment"] == our.injection.assessment.result


def test_before_the_injection_there_is_no_case_to_download(our: ClinicCast, desk: Client) -> None:
    record = injection_record(status="scheduled", injected_on=TODAY + timedelta(days=2))
    injections.change(by=our.clinician, injection=our.injection, record=record, agents=[], now=NOW)
    address = reverse("clinic:case", args=[our.injection.public_id])
    assert address not in page_of(desk, our)
    assert desk.get(address).status_code == 404


@pytest.mark.parametrize("days", [1, 9])
def test_the_number_of_statements_does_not_grow(
    our: ClinicCast, desk: Client, days: int, django_assert_num_queries
) -> None:
    our.log(GOOD_BASELINE | dict.fromkeys(range(1, days + 1), 4))
    agents = [injections.Agent(name=f"Agent {n}", dose_mg=Decimal(4)) for n in range(days % 4 + 1)]
    injections.change(
        by=our.clinician, injection=our.injection, record=injection_record(), agents=agents, now=NOW
    )
    address = reverse("clinic:injection", args=[our.injection.public_id])
    with django_assert_num_queries(14 + EVERY_REQUEST):
        # session, user, membership; patient, injections, agents, care that was tried, start, readings, days,
        # entries, alerts, answers, phones
        desk.get(address)


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        (Role.CLINICIAN, ["/baseline/", "/invite/", "/readings/new/"], []),
        (Role.NURSE, ["/invite/", "/readings/new/", "/edit/"], ["/baseline/"]),
        (Role.AUDITOR, ["case.json", "/picture/"], ["/baseline/", "/invite/", "/new/", "/edit/"]),
    ],
)
def test_a_role_is_shown_what_it_may_do(
    our: ClinicCast, still_clock: None, role: Role, shown: list[str], hidden: list[str]
) -> None:
    our.log(GOOD_BASELINE)
    client = Client()
    client.login(email=our.staff[role].user.email, password=PASSWORD)
    page = page_of(client, our)
    assert all(part in page for part in shown)
    assert not [part for part in hidden if part in page]
