"""The diary's pages."""

import re
import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, TODAY, injection_record
from tests.scopes import inside
from tests.statements import EVERY_REQUEST
from tracker.actions import injections
from tracker.content.course import ENGLISH
from tracker.domain.procedure import Status
from tracker.models import DiaryDay, DiaryEntry
from tracker.web.patient.forms import CHOOSE_SORENESS

TODAY_PAGE, HISTORY = reverse("patient:today"), reverse("patient:history")
YESTERDAY = TODAY - timedelta(days=1)


def page_of(on):
    return reverse("patient:day", args=[on])


def save(client, on, **fields):
    said = {"client_id": str(uuid.uuid4()), "pain": "4", "soreness": "1"} | fields
    return client.post(page_of(on), {name: value for name, value in said.items() if value is not None})


def hidden(html, name):
    found = re.search(rf'name="{name}"(?: value="([^"]*)")?', html)
    return found and found[1]


def checked(html):
    return re.findall(r'name="(\w+)" value="(\d+)" required checked', html)


# --- Today ----------------------------------------------------------------------------------------


def test_today_asks_both_questions_with_eleven_buttons_and_nothing_chosen(phone):
    html = phone.get(TODAY_PAGE).text
    assert "On average, how strong was the pain the injection was meant for, today?" in html
    assert "How sore is the spot where the needle went in?" in html
    assert html.count('type="radio" name="pain"') == html.count('type="radio" name="soreness"') == 11
    assert checked(html) == []
    assert "worst pain you can imagine" in html
    assert "Wednesday 20 May" in html and "day 10" in html


def test_saving_today_says_what_was_saved_and_for_which_day(our, phone):
    answer = phone.get(save(phone, TODAY).url)
    assert "Saved for Wednesday 20 May: pain 4, soreness 1." in answer.text
    assert 'type="radio" name' not in answer.text
    assert f'href="{page_of(TODAY)}"' in answer.text
    entry = DiaryEntry.objects.get()
    assert (entry.pain, entry.soreness, entry.entered_at, entry.device) == (4, 1, NOW, our.device)


def test_the_address_after_saving_holds_a_date_and_no_score(phone):
    assert save(phone, TODAY).url == f"{TODAY_PAGE}?saved=2026-05-20"


def test_a_missed_day_is_offered_saved_and_confirmed(our, phone):
    our.log({8: 5})
    html = phone.get(TODAY_PAGE).text
    assert "You can still add" in html and "Tuesday 19 May" in html
    assert "Monday 18 May" not in html
    html = phone.get(save(phone, YESTERDAY).url).text
    assert "Saved for Tuesday 19 May: pain 4, soreness 1." in html
    assert "You can still add" not in html


def test_soreness_that_rises_is_told_with_the_way_to_the_signs_once_it_is_saved(our, phone):
    our.log({1: 4, 2: 4}, soreness={1: 1, 2: 1})
    assert ENGLISH.reasons_to_call["soreness_rising"] not in phone.get(TODAY_PAGE).text
    html = phone.get(save(phone, TODAY, soreness="5").url).text
    assert ENGLISH.reasons_to_call["soreness_rising"] in html
    assert re.search(r'class="notice caution" role="alert">.*href="/call/">When to call', html)


def test_after_midnight_the_page_asks_for_yesterday_first(our):
    client = Client()
    client.cookies[settings.DEVICE_COOKIE_NAME] = our.device_token
    with time_machine.travel(NOW.replace(hour=1), tick=False):
        html = client.get(TODAY_PAGE).text
    assert "For which day?" in html
    assert "Tuesday 19 May" in html and f'action="{page_of(YESTERDAY)}"' in html
    assert f'href="{page_of(TODAY)}">Today' in html


@pytest.mark.parametrize("saved", ["nonsense", "2026-13-40", "9999-12-31", "0001-01-01"])
def test_a_saved_day_that_is_none_changes_nothing(phone, saved):
    answer = phone.get(TODAY_PAGE, {"saved": saved})
    assert answer.status_code == 200 and "Saved for" not in answer.text


def test_from_day_29_on_twice_a_week_is_said_to_be_enough(our):
    client = Client()
    client.cookies[settings.DEVICE_COOKIE_NAME] = our.device_token
    with time_machine.travel(NOW + timedelta(days=19), tick=False):
        assert "Tuesday and Friday" in client.get(TODAY_PAGE).text


def test_in_the_week_before_a_next_injection_twice_a_week_is_not_enough(our):
    client = Client()
    client.cookies[settings.DEVICE_COOKIE_NAME] = our.device_token
    now = NOW + timedelta(days=19)
    record = injection_record(status=Status.SCHEDULED, injected_on=now.date() + timedelta(days=7))
    injections.add(by=our.clinician, patient=our.patient, record=record, agents=[], now=NOW)
    with time_machine.travel(now, tick=False):
        assert "Tuesday and Friday" not in client.get(TODAY_PAGE).text


# --- One day --------------------------------------------------------------------------------------


def test_correcting_shows_the_present_scores_in_words_and_chooses_nothing(our, phone):
    our.log({9: 8}, soreness={9: 2})
    html = phone.get(page_of(YESTERDAY)).text
    assert "pain 8, soreness 2" in html
    assert checked(html) == []
    assert hidden(html, "replaces") == str(DiaryEntry.objects.get().client_id)


def test_a_correction_is_kept_beside_what_it_corrects(our, phone):
    our.log({9: 8})
    first = DiaryEntry.objects.get()
    save(phone, YESTERDAY, pain="3", replaces=str(first.client_id))
    day = DiaryDay.objects.get()
    assert (day.current.pain, day.current.replaces, day.is_edited) == (3, first.client_id, True)
    assert DiaryEntry.objects.count() == 2


def test_a_double_tap_stores_one_entry(phone):
    html = phone.get(TODAY_PAGE).text
    client_id = hidden(html, "client_id")
    first = save(phone, TODAY, client_id=client_id)
    with time_machine.travel(NOW + timedelta(seconds=1), tick=False):
        second = save(phone, TODAY, client_id=client_id)
    assert first.status_code == second.status_code == 302
    assert DiaryEntry.objects.count() == 1


def test_the_same_page_sent_again_with_another_score_corrects(phone):
    client_id = hidden(phone.get(TODAY_PAGE).text, "client_id")
    save(phone, TODAY, client_id=client_id)
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        save(phone, TODAY, client_id=client_id, pain="6")
    assert [entry.pain for entry in DiaryEntry.objects.order_by("id")] == [4, 6]
    assert DiaryDay.objects.get().current.pain == 6


def test_every_page_brings_its_own_id(phone):
    ids = {hidden(phone.get(TODAY_PAGE).text, "client_id") for _ in range(2)}
    assert len(ids) == 2 and all(uuid.UUID(one) for one in ids)


@pytest.mark.parametrize("score", ["11", "-1", "3.5", "x", "", None, "٣", "03.", "1e1"])
@pytest.mark.parametrize(("field", "words"), [("pain", "Pain"), ("soreness", "Sore spot")])
def test_what_is_no_score_is_refused_by_name_and_the_rest_stays_chosen(phone, field, words, score):
    answer = save(phone, TODAY, **{field: score})
    assert answer.status_code == 422
    is_missing = field == "soreness" and not score
    problem = str(CHOOSE_SORENESS) if is_missing else f"{words}: choose a number from 0 to 10."
    assert answer.text.count(problem) == 2  # above the questions, and at its own
    other = {"pain": ("soreness", "1"), "soreness": ("pain", "4")}[field]
    assert checked(answer.text) == [other]
    assert not DiaryEntry.objects.exists()


def test_an_empty_form_is_an_error_and_no_new_page(phone):
    answer = phone.post(page_of(TODAY))
    assert answer.status_code == 422
    assert "Pain: choose a number" in answer.text


def test_an_error_takes_the_focus_and_leads_to_its_question(phone):
    html = save(phone, TODAY, soreness=None).text
    assert 'role="alert" tabindex="-1" autofocus' in html
    assert f'<a href="#soreness">{CHOOSE_SORENESS}</a>' in html
    assert 'id="soreness" tabindex="-1"' in html and 'id="pain" tabindex' not in html
    assert " novalidate" in html


def test_a_day_of_another_year_shows_its_year(phone):
    assert "Wednesday 20 May 2026" not in phone.get(page_of(TODAY)).text
    html = phone.get(page_of(date(2025, 12, 31))).text
    assert "<span>Wednesday 31 December 2025</span>" in html
    assert "the injection was meant for, on Wednesday 31 December 2025?" in html


def test_a_hidden_field_that_was_tampered_with_says_what_to_do(phone):
    answer = save(phone, TODAY, client_id="x")
    assert answer.status_code == 422 and "Open the day again" in answer.text


@pytest.mark.parametrize("on", ["2026-02-30", "2026-5-1", "yesterday", "20260520"])
def test_a_date_that_is_none_leads_nowhere(phone, on):
    assert phone.get(f"/diary/{on}/").status_code == 404


def test_a_day_ahead_is_refused(phone):
    ahead = TODAY + timedelta(days=1)
    html = phone.get(page_of(ahead)).text
    assert "has not come yet" in html and 'type="radio" name' not in html
    answer = save(phone, ahead)
    assert answer.status_code == 422 and "has not come yet" in answer.text


def test_a_day_long_before_enrolment_is_refused_with_the_first_day_that_is_not(phone):
    answer = save(phone, TODAY - timedelta(days=300))
    assert answer.status_code == 422 and "The diary starts on" in answer.text


def test_a_day_outside_the_late_window_says_that_it_will_not_count(phone):
    old = TODAY - timedelta(days=3)
    assert "it is not counted in the figures" in phone.get(page_of(old)).text
    assert "not counted" not in phone.get(page_of(TODAY - timedelta(days=2))).text
    save(phone, old)
    assert "remembered later, not counted" in phone.get(HISTORY).text


def test_before_the_injection_only_pain_is_asked_and_stored(our, phone):
    eve = our.injection.injected_on - timedelta(days=1)
    assert 'name="soreness"' not in phone.get(page_of(eve)).text
    save(phone, eve)
    assert DiaryEntry.objects.get().soreness is None


@pytest.mark.parametrize("problem", ["database is locked", "database or disk is full"])
def test_a_store_that_cannot_take_it_keeps_every_choice(phone, monkeypatch, problem):
    def fail(**_):
        raise OperationalError(problem)

    monkeypatch.setattr("tracker.actions.diary.record", fail)
    client_id = str(uuid.uuid4())
    answer = save(phone, TODAY, client_id=client_id, pain="7", soreness="2")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "Not saved yet." in answer.text and problem not in answer.text
    assert checked(answer.text) == [("pain", "7"), ("soreness", "2")]
    assert hidden(answer.text, "client_id") == client_id


def test_what_was_not_stored_is_stored_once_when_sent_again(phone, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("tracker.actions.diary.record", lambda **_: (_ for _ in ()).throw(OperationalError()))
        client_id = hidden(save(phone, TODAY).text, "client_id")
    assert save(phone, TODAY, client_id=client_id).status_code == 302
    assert DiaryEntry.objects.count() == 1


def test_a_form_without_its_token_is_refused(our):
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.DEVICE_COOKIE_NAME] = our.device_token
    assert save(client, TODAY).status_code == 403
    assert not DiaryEntry.objects.exists()


# --- History --------------------------------------------------------------------------------------


def test_the_history_lists_days_with_their_marks_and_a_way_to_correct(our, phone):
    our.log({8: 5, 9: 6}, soreness={9: 1})
    save(phone, YESTERDAY, pain="2", replaces=str(DiaryEntry.objects.get(pain=6).client_id))
    html = phone.get(HISTORY).text
    assert "pain 2, soreness 1" in html and "added later; corrected" in html
    assert html.index("Tuesday 19 May") < html.index("Monday 18 May")
    assert f'href="{page_of(YESTERDAY)}"' in html


def test_a_correction_that_came_too_late_is_shown_beside_what_counts(our, phone):
    our.log({1: 7})
    on = our.injection.injected_on + timedelta(days=1)
    first = DiaryEntry.objects.get()
    save(phone, on, pain="2", soreness="3", replaces=str(first.client_id))
    history = phone.get(HISTORY).text
    assert "pain 2, soreness 3" in history
    assert "remembered later, not counted; pain 7 counts; corrected" in history
    assert re.search(r"<td[^>]*>7</td>", phone.get(reverse("patient:course")).text)


def test_an_empty_history_says_so(phone):
    assert "No day is saved yet" in phone.get(HISTORY).text


def test_a_long_history_goes_on_on_another_page(our, phone, monkeypatch):
    monkeypatch.setattr("tracker.queries.today.PAGE_SIZE", 1)
    our.log({8: 5, 9: 6})
    html = phone.get(HISTORY).text
    assert "?before=2026-05-19" in html and "Monday 18 May" not in html
    assert "Monday 18 May" in phone.get(HISTORY, {"before": "2026-05-19"}).text


# --- Who ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [TODAY_PAGE, HISTORY, page_of(TODAY)])
def test_a_stranger_is_asked_to_join(db, address):
    assert Client().get(address).url == reverse("patient:join")


def test_a_stranger_stores_nothing(db):
    assert save(Client(), TODAY).url == reverse("patient:join")


def test_one_patient_never_sees_or_corrects_anothers_day(our, their, phone):
    with inside(their):
        their.log({10: 9})
        theirs = DiaryEntry.objects.get()
    assert "pain 9" not in phone.get(page_of(TODAY)).text
    save(phone, TODAY, client_id=str(theirs.client_id), replaces=str(theirs.client_id))
    assert DiaryDay.objects.get(patient=our.patient).current.pain == 4
    with inside(their):
        assert DiaryDay.objects.get(patient=their.patient).current == theirs


@pytest.mark.parametrize("logged", [1, 9])
@pytest.mark.parametrize(("address", "statements"), [(TODAY_PAGE, 4), (HISTORY, 3)])
def test_the_number_of_statements_does_not_grow(
    our, phone, django_assert_num_queries, address, statements, logged
):
    our.log(dict.fromkeys(range(1, logged + 1), 5))
    # the device, the injection, the days; today also what its forms were answered
    with django_assert_num_queries(statements + EVERY_REQUEST):
        phone.get(address)
