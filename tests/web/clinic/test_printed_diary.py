"""The diary to print: whose it is, its days, and when to call."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, TODAY, ClinicCast
from tracker.actions import protocols
from tracker.domain.protocol import SHIPPED, to_json
from tracker.domain.roles import Role
from tracker.models import Injection
from tracker.queries.typed_days import paper_days
from tracker.web.calling_words import calling_words


def under(our: ClinicCast, readout_day: int) -> None:
    """Put our injection under a protocol of the clinic's own with that read-out."""
    boss, shipped = our.staff[Role.ADMINISTRATOR], SHIPPED["cervical-thoracic-interlaminar"]
    made = protocols.copy(by=boss, key=shipped.key, now=NOW)
    rules = replace(
        shipped.rules,
        readout_first_day=readout_day - 2,
        readout_day=readout_day,
        readout_last_day=readout_day + 1,
        late_response_first_day=30,
        late_response_day=31,
        late_response_last_day=32,
    )
    protocols.save_draft(by=boss, protocol=made, body=to_json(replace(shipped, rules=rules)), now=NOW)
    version = protocols.publish(by=boss, protocol=made, note="", now=NOW)
    Injection.objects.filter(pk=our.injection.pk).update(protocol_version=version)


def sheet(our: ClinicCast, desk: Client) -> str:
    return desk.get(reverse("clinic:diary_print", args=[our.injection.public_id])).text


def test_it_has_two_lines_of_circles_for_day_0_to_14_with_weekday_and_date(
    our: ClinicCast, desk: Client
) -> None:
    page = sheet(our, desk)
    days = re.findall(r'class="day"><p><b>([^<]+)</b> (\w+)<br>([^<]+)</p>', page)
    assert days[0] == ("Day 0, injection", "Sunday", "10 May 2026")
    assert days[-1] == ("Day 14", "Sunday", "24 May 2026")
    assert [title for title, _, _ in days[1:]] == [f"Day {day}" for day in range(1, 15)]
    assert TODAY - timedelta(days=10) == our.injection.injected_on
    circles = re.findall(r"<i>(\d+)</i>", page)
    assert circles == [str(score) for score in range(11)] * 30


@pytest.mark.parametrize(
    ("readout_day", "sheets"),
    [(10, [8, 3]), (14, [8, 7]), (15, [8, 8, 0]), (21, [8, 10, 4]), (28, [8, 10, 10, 1])],
)
def test_it_goes_to_the_read_out_of_the_injections_protocol_on_as_many_sheets_as_that_takes(
    our: ClinicCast, desk: Client, readout_day: int, sheets: list[int]
) -> None:
    under(our, readout_day)
    page = sheet(our, desk)
    assert [part.count('class="day"') for part in page.split('<section class="paper"')[1:]] == sheets
    assert f"<b>Day {readout_day}</b>" in page and f"<b>Day {readout_day + 1}</b>" not in page
    assert f"{len(sheets)} pages, A4 or Letter" in page
    assert page.count('class="calling"') == 1


def test_it_is_typed_in_over_the_same_days(our: ClinicCast) -> None:
    under(our, 21)
    later = NOW + timedelta(days=20)
    rows = paper_days(actor=our.clinician, injection=our.injection.public_id, now=later).days
    assert [row.day for row in rows] == list(range(22))


def test_it_says_whose_it_is_and_whom_to_call(our: ClinicCast, desk: Client) -> None:
    page = sheet(our, desk)
    whose = ("Ada Quill", "harbour-1", "harbour clinic")
    assert [page.count(f"<dd>{said}</dd>") for said in whose] == [2, 2, 2]
    assert page.count("555 0100") == 3
    calling = calling_words("en", clinic=our.clinic)
    for group in (calling.emergency, calling.today):
        assert group.title in page and group.note in page
        assert all(sign in page for sign in group.signs)


def test_a_language_that_is_not_written_yet_is_read_in_english_with_its_own_dates(
    our: ClinicCast, desk: Client
) -> None:
    our.patient.language = "es"
    our.patient.save(update_fields=["language"])
    page = sheet(our, desk)
    assert "domingo" in page and 'lang="es"' in page
    assert "<title>Diary to print" in page


def test_the_record_leads_to_it(our: ClinicCast, desk: Client) -> None:
    page = desk.get(reverse("clinic:injection", args=[our.injection.public_id])).text
    assert reverse("clinic:diary_print", args=[our.injection.public_id]) in page
