"""The diary to print: whose it is, its days, and when to call."""

from __future__ import annotations

import re
from datetime import timedelta

from django.test import Client
from django.urls import reverse

from tests.cast import TODAY, ClinicCast
from tracker.web.calling_words import calling_words


def sheet(our: ClinicCast, desk: Client) -> str:
    return desk.get(reverse("clinic:diary_print", args=[our.injection.public_id])).text


def test_it_has_two_lines_of_circles_for_day_0_to_14_with_weekday_and_date(
    our: ClinicCast, desk: Client
) -> None:
    page = sheet(our, desk)
    days = re.findall(r'class="day"><p><b>([^<]+)</b> (\w+)<br>([^<]+)</p>', page)
    assert days[0] == ("Day 0, injection", "Sunday", "May 10, 2026")
    assert days[-1] == ("Day 14", "Sunday", "May 24, 2026")
    assert [title for title, _, _ in days[1:]] == [f"Day {day}" for day in range(1, 15)]
    assert TODAY - timedelta(days=10) == our.injection.injected_on
    circles = re.findall(r"<i>(\d+)</i>", page)
    assert circles == [str(score) for score in range(11)] * 30


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
