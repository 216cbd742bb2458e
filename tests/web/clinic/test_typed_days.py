"""A diary on paper and a call on the telephone, typed in by staff: a row a day, tagged for good."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, TODAY, ClinicCast, injection_record
from tests.desks import desk_of
from tests.statements import EVERY_REQUEST
from tracker.actions import injections
from tracker.domain.roles import Role
from tracker.domain.track import Source, Timing
from tracker.models import AuditEvent, DiaryDay, DiaryEntry

SIGNED_IN = 3
"""Session, user and membership."""

BEGAN = TODAY - timedelta(days=10)


def paper(our: ClinicCast) -> str:
    return reverse("clinic:diary_paper", args=[our.injection.public_id])


def telephone(our: ClinicCast) -> str:
    return reverse("clinic:diary_telephone", args=[our.injection.public_id])


def hidden(page: str) -> dict[str, str]:
    """What the page itself sends."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', page)
    return {name: text for name, text in fields if name != "csrfmiddlewaretoken"}


def filled(desk: Client, address: str, scores: dict[int, tuple[object, object]]) -> dict[str, str]:
    """The page's form with scores by study day."""
    form = hidden(desk.get(address).text)
    for day, pair in scores.items():
        for name, score in zip(("pain", "soreness"), pair, strict=True):
            form[f"on-{BEGAN + timedelta(days=day)}-{name}"] = str(score)
    return form


def entry(day: int) -> DiaryEntry:
    return DiaryEntry.objects.filter(describes_on=BEGAN + timedelta(days=day)).latest("id")


def test_a_diary_on_paper_has_a_row_for_every_day_so_far(our: ClinicCast, desk: Client) -> None:
    page = desk.get(paper(our)).text
    rows = re.findall(r'<th scope="row">(Day \d+)', page)
    assert rows == [f"Day {day}" for day in range(11)]
    assert page.count('class="digits"') == 22
    assert [page.count(f">{words}<") for words in ("scored", "scored, marked late", "shown, not scored")] == [
        1,
        2,
        8,
    ]
    assert "Days of more than two days ago are shown, and not scored." in page


def test_what_is_typed_is_saved_as_paper_by_the_time_of_typing(our: ClinicCast, desk: Client) -> None:
    answer = desk.post(paper(our), filled(desk, paper(our), {0: (7, 3), 3: (5, ""), 8: (4, 0), 9: ("", 0)}))
    assert answer.url == reverse("clinic:injection", args=[our.injection.public_id])
    assert {one.source for one in DiaryEntry.objects.all()} == {Source.PAPER}
    assert {one.entered_at for one in DiaryEntry.objects.all()} == {NOW}
    assert [entry(day).timing for day in (0, 3, 8, 9)] == [
        Timing.RECALLED,
        Timing.RECALLED,
        Timing.LATE,
        Timing.LATE,
    ]
    assert (entry(8).pain, entry(8).soreness, entry(9).pain) == (4, 0, None)
    assert DiaryDay.objects.get(describes_on=BEGAN + timedelta(days=3)).scored_pain is None
    page = desk.get(answer.url).text
    assert "Saved from paper: 4 days. Entered too late to be scored, shown as recalled: 2." in page
    assert page.count("from paper, clinician of harbour") == 4
    assert "Copied from paper: days 0, 3, 8." in page


def test_all_days_are_one_event_in_the_trail(our: ClinicCast, desk: Client) -> None:
    form = filled(desk, paper(our), dict.fromkeys(range(11), (5, 1)))
    before = AuditEvent.objects.count()
    desk.post(paper(our), form)
    event = AuditEvent.objects.latest("number")
    assert (AuditEvent.objects.count() - before, event.action, event.detail["entries"]) == (
        1,
        "diary.record",
        11,
    )


def test_only_rows_that_say_something_new_are_saved(our: ClinicCast, desk: Client) -> None:
    our.log({1: 6, 2: 5}, soreness={1: 2, 2: 1})
    page = desk.get(paper(our)).text
    assert "6 / 2, patient" in page and "5 / 1, patient" in page
    desk.post(paper(our), filled(desk, paper(our), {1: (6, 2), 2: (5, ""), 3: (4, 0)}))
    assert list(DiaryEntry.objects.filter(source=Source.PAPER).values_list("pain", flat=True)) == [4]


def test_an_empty_sheet_changes_nothing_and_says_so(our: ClinicCast, desk: Client) -> None:
    answer = desk.post(paper(our), filled(desk, paper(our), {}), follow=True)
    assert "Nothing new: no day was changed." in answer.text
    assert not DiaryEntry.objects.exists()


def test_paper_never_takes_the_place_of_a_score_that_counts_when_it_came_too_late(
    our: ClinicCast, desk: Client
) -> None:
    our.log({2: 5})
    desk.post(paper(our), filled(desk, paper(our), {2: (9, "")}))
    day = DiaryDay.objects.select_related("current", "scored_pain").get()
    assert (day.current.pain, day.current.source, day.scored_pain.pain) == (9, Source.PAPER, 5)
    assert day.current.replaces == day.scored_pain.client_id


def test_a_sheet_sent_twice_is_stored_once(our: ClinicCast, desk: Client) -> None:
    form = filled(desk, paper(our), {1: (6, 2), 2: (5, 1)})
    assert desk.post(paper(our), form).status_code == desk.post(paper(our), form).status_code == 302
    assert DiaryEntry.objects.count() == 2


@pytest.mark.parametrize("wrong", ["11", "-1", "x", "3.5"])
def test_a_wrong_number_is_named_and_nothing_is_lost(our: ClinicCast, desk: Client, wrong: str) -> None:
    answer = desk.post(paper(our), filled(desk, paper(our), {1: (6, wrong), 2: (5, 1)}))
    assert answer.status_code == 422
    assert "Soreness: 0 to 10." in answer.text
    assert f'value="{wrong}"' in answer.text and 'value="6"' in answer.text
    assert not DiaryEntry.objects.exists()


def test_a_day_that_somebody_entered_meanwhile_is_asked_again(our: ClinicCast, desk: Client) -> None:
    form = filled(desk, paper(our), {9: (6, 2)})
    our.log({9: 3})
    asked = desk.post(paper(our), form)
    assert asked.status_code == 422 and "Entered by somebody else meanwhile (3 / –, patient)." in asked.text
    assert DiaryEntry.objects.count() == 1
    again = form | {name: text for name, text in hidden(asked.text).items() if name.endswith("-seen")}
    assert desk.post(paper(our), again).status_code == 302
    assert (entry(9).pain, entry(9).source) == (6, Source.PAPER)


def test_a_row_without_its_id_is_refused(our: ClinicCast, desk: Client) -> None:
    answer = desk.post(paper(our), {f"on-{BEGAN}-pain": "4"})
    assert answer.status_code == 422 and "came without its number" in answer.text
    assert not DiaryEntry.objects.exists()


def test_before_the_injection_there_is_nothing_to_type(our: ClinicCast, desk: Client) -> None:
    record = injection_record(status="scheduled", injected_on=TODAY + timedelta(days=3))
    ahead = injections.add(by=our.clinician, patient=our.patient, record=record, agents=[], now=NOW)
    page = desk.get(reverse("clinic:diary_paper", args=[ahead.public_id])).text
    assert "there is nothing to type in yet" in page and "digits" not in page


def test_on_the_telephone_today_and_yesterday_are_asked_and_tagged(our: ClinicCast, desk: Client) -> None:
    page = desk.get(telephone(our)).text
    assert re.findall(r'<th scope="row">(Day \d+)', page) == ["Day 10", "Day 9"]
    assert "On average, how strong was the pain the injection was meant for, today?" in page
    answer = desk.post(telephone(our), filled(desk, telephone(our), {10: (3, 0), 9: (4, "")}))
    assert [(entry(d).source, entry(d).timing) for d in (10, 9)] == [
        (Source.TELEPHONE, Timing.LIVE),
        (Source.TELEPHONE, Timing.LATE),
    ]
    page = desk.get(answer.url).text
    assert "Saved by telephone: 2 days." in page
    assert "by telephone, clinician of harbour" in page
    assert "Told by telephone: days 9 to 10." in page


@pytest.mark.parametrize(("opened", "first"), [(TODAY, TODAY), (BEGAN, None), ("x", None)])
def test_a_call_over_midnight_means_the_days_that_the_page_showed(
    our: ClinicCast, desk: Client, opened: object, first: date | None
) -> None:
    """A page of days ago, or none of ours, is taken as one of today; its rows are not there any more."""
    form = {"opened_on": str(opened), f"on-{TODAY - timedelta(days=1)}-pain": "4"}
    form |= {f"on-{TODAY - timedelta(days=back)}-client_id": str(uuid4()) for back in range(-1, 2)}
    with time_machine.travel(NOW + timedelta(hours=6), tick=False):
        late = desk_of(our.clinician.user.email)
        late.post(telephone(our), form)
    found = list(DiaryEntry.objects.values_list("describes_on", "source"))
    assert found == ([(TODAY - timedelta(days=1), Source.TELEPHONE)] if first else [])


@pytest.mark.parametrize("address", [paper, telephone])
def test_the_page_takes_a_fixed_number_of_statements(
    our: ClinicCast, desk: Client, django_assert_num_queries, address
) -> None:
    our.log(dict.fromkeys(range(11), 5))
    desk.get(address(our))
    with django_assert_num_queries(EVERY_REQUEST + SIGNED_IN + 2):
        desk.get(address(our))


def test_who_may_not_change_a_patient_types_nothing(our: ClinicCast) -> None:
    desk = desk_of(our.staff[Role.AUDITOR].user.email)
    assert desk.get(paper(our)).status_code == desk.post(telephone(our), {}).status_code == 403
    page = desk.get(reverse("clinic:injection", args=[our.injection.public_id])).text
    assert "diary on paper" not in page
