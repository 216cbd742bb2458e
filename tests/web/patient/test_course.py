"""My course, and the chart."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, TODAY, injection_record, make_device, make_patient
from tests.statements import EVERY_REQUEST, SCOPED
from tracker.actions import injections
from tracker.charts.drawing import build_frames
from tracker.content.calling import ENGLISH as SIGNS
from tracker.content.course import ENGLISH
from tracker.domain.labels import Label
from tracker.domain.procedure import Status
from tracker.domain.timeline import PhaseKey
from tracker.domain.wording import MessageKey

COURSE, CHART = reverse("patient:course"), reverse("patient:chart")
BASELINE = dict.fromkeys(range(-7, 0), 7)
FALLING = BASELINE | dict.fromkeys(range(1, 11), 3)


@pytest.fixture(scope="session")
def frames(tmp_path_factory):
    folder = tmp_path_factory.mktemp("frames")
    build_frames(folder)
    return folder


@pytest.fixture
def drawn(frames, settings):
    settings.FRAMES_DIR = frames


def change(our, **changes):
    record = injection_record(**changes)
    injections.change(
        by=our.clinician, injection=our.injection, record=record, agents=[], now=NOW, move_anyway=True
    )


def test_the_page_says_the_day_the_phase_and_what_usually_happens(our, phone):
    html = phone.get(COURSE).text
    assert "Day 10 since your injection" in html
    assert html.count('aria-current="step"') == 1
    assert "to day 14" in html
    assert ENGLISH.phases[PhaseKey.FULL_EFFECT].usual.format(last=14) in html
    assert all(phase.name in html for phase in ENGLISH.phases.values())


def test_the_own_scores_come_as_message_chart_words_and_table(our, phone):
    our.log(FALLING)
    html = phone.get(COURSE).text
    assert ENGLISH.messages[MessageKey.LOWER_THAN_BEFORE] in html
    assert html.count(f"{CHART}?theme=") == 4
    assert "You logged 10 days since then. Your last score is 3, for day 10." in html
    assert html.count('<th scope="row">') == 17


def test_day_14_is_told_in_points(our):
    our.log(BASELINE | dict.fromkeys(range(1, 11), 4))
    client = Client()
    client.cookies[settings.DEVICE_COOKIE_NAME] = our.device_token
    with time_machine.travel(NOW + timedelta(days=6), tick=False):
        for day in (11, 12, 13, 14, 15, 16):
            on = our.injection.injected_on + timedelta(days=day)
            client.post(
                reverse("patient:day", args=[on]),
                {"client_id": f"00000000-0000-4000-8000-0000000000{day}", "pain": "4", "soreness": "0"},
            )
        assert "Compared with before: 3.0 points lower on average." in client.get(COURSE).text


def test_a_rise_after_the_injection_comes_with_the_list_of_signs(our, phone):
    change(our, injected_on=TODAY - timedelta(days=3))
    our.injection.refresh_from_db()
    our.log(BASELINE | {1: 9, 2: 9, 3: 9})
    html = phone.get(COURSE).text
    assert ENGLISH.flare in html and "Fever of 100.4" in html


def test_soreness_that_rises_says_to_call_and_nothing_that_soothes(our, phone):
    our.log(BASELINE | dict.fromkeys(range(1, 11), 2), soreness={0: 1, 1: 1, 9: 5})
    html = phone.get(COURSE).text
    assert ENGLISH.reasons_to_call["soreness_rising"] in html and "Call your clinic today" in html
    assert all(sign in html for sign in SIGNS.today.signs)
    assert html.count('href="tel:5550100"') == 2  # the button and the foot
    for soothing in (*ENGLISH.messages.values(), ENGLISH.flare):
        assert soothing not in html
    assert "What usually happens now" not in html


def test_pain_clearly_above_the_days_before_says_to_call(our, phone):
    our.log(BASELINE | dict.fromkeys(range(1, 11), 9))
    html = phone.get(COURSE).text
    assert ENGLISH.reasons_to_call["pain_up"] in html
    assert all(sign in html for sign in SIGNS.today.signs)
    assert 'class="button wide" href="tel:5550100"' in html


def test_low_pain_before_the_injection_is_the_reason_for_not_comparing(our, phone):
    our.log(dict.fromkeys(range(-7, 0), 2) | dict.fromkeys(range(1, 11), 1))
    html = phone.get(COURSE).text
    assert ENGLISH.messages[MessageKey.NOT_ENOUGH_SCORES] in html and ENGLISH.low_before in html


def test_without_a_score_before_the_injection_nothing_is_said_of_low_pain(our, phone):
    our.log(dict.fromkeys(range(1, 11), 1))
    html = phone.get(COURSE).text
    assert ENGLISH.messages[MessageKey.NOT_ENOUGH_SCORES] in html and ENGLISH.low_before not in html


def test_pain_that_did_not_fall_is_told_without_a_class(our):
    change(our, injected_on=TODAY - timedelta(days=16))
    our.injection.refresh_from_db()
    our.log(BASELINE | dict.fromkeys(range(1, 17), 7))
    client = Client()
    client.cookies[settings.DEVICE_COOKIE_NAME] = our.device_token
    with time_machine.travel(NOW, tick=False):
        html = client.get(COURSE).text
    assert "Your scores are about the same as before." in html
    assert "responder" not in html.lower()


def test_no_message_ever_names_a_label():
    texts = " ".join([*ENGLISH.messages.values(), *ENGLISH.reasons_to_call.values(), ENGLISH.flare]).lower()
    assert not [label for label in Label if label.value.replace("_", " ") in texts.replace("-", " ")]


def test_every_message_has_its_text():
    assert set(ENGLISH.messages) == set(MessageKey)
    assert set(ENGLISH.phases) == set(PhaseKey)


def test_before_the_injection_the_page_counts_down_and_shows_the_baseline(our, phone):
    change(our, status=Status.SCHEDULED, injected_on=TODAY + timedelta(days=3))
    our.injection.refresh_from_db()
    our.log({-5: 6, -4: 7})
    html = phone.get(COURSE).text
    assert "3 days to go" in html and "Your injection is on Saturday 23 May" in html
    assert "<strong>6.5</strong> on average, from 2 days" in html
    assert CHART not in html


def test_an_injection_that_nobody_confirmed_is_no_recovery(our, phone):
    change(our, status=Status.SCHEDULED, injected_on=TODAY - timedelta(days=1))
    html = phone.get(COURSE).text
    assert "has not confirmed yet" in html and "since your injection" not in html


def test_a_diagnostic_injection_shows_readings_and_no_judgement(our, phone):
    change(our, intent="diagnostic")
    our.read((None, 8), (30, 1), (240, 6))
    html = phone.get(COURSE).text
    assert "Before the injection" in html and "30 minutes after" in html and "4 hours after" in html
    assert "Your scores" not in html and CHART not in html


def test_without_an_injection_the_page_is_friendly(our):
    patient = make_patient(our.clinic, given="No", family="Injection", number="n-1")
    client = Client()
    client.cookies[settings.DEVICE_COOKIE_NAME] = make_device(patient, our.clinician)[1]
    with time_machine.travel(NOW, tick=False):
        assert "No injection yet" in client.get(COURSE).text
        assert client.get(CHART).status_code == 404


def test_an_injection_that_was_cancelled_is_said_to_be(our, phone):
    change(our, status=Status.CANCELLED)
    html = phone.get(COURSE).text
    assert "Your injection was cancelled" in html and "has not entered" not in html


def test_the_next_injection_is_named_beside_the_recovery(our, phone):
    record = injection_record(status=Status.SCHEDULED, injected_on=TODAY + timedelta(days=16))
    injections.add(by=our.clinician, patient=our.patient, record=record, agents=[], now=NOW)
    html = phone.get(COURSE).text
    assert "Your next injection is on <strong>Friday 5 June 2026</strong>" in html
    assert "Day 10 since your injection" in html


@pytest.mark.parametrize("logged", [0, 10])
def test_the_page_takes_two_statements(our, phone, django_assert_num_queries, logged):
    our.log(dict.fromkeys(range(1, logged + 1), 3))
    with django_assert_num_queries(2 + EVERY_REQUEST):  # the device, the injection
        phone.get(COURSE)


@pytest.mark.parametrize("address", [COURSE, CHART])
def test_a_stranger_is_asked_to_join(db, address):
    assert Client().get(address).url == reverse("patient:join")


# --- The chart ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("drawn")
def test_the_chart_is_an_svg_that_only_its_reader_may_keep(our, phone):
    our.log(FALLING)
    answer = phone.get(CHART)
    assert answer.status_code == 200 and answer.content.startswith(b"<svg")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.usefixtures("drawn")
def test_a_chart_that_is_known_already_is_not_drawn_and_no_diary_is_read(
    our, phone, django_assert_num_queries
):
    our.log(FALLING)
    with django_assert_num_queries(2 + EVERY_REQUEST):
        etag = phone.get(CHART).headers["ETag"]
    with django_assert_num_queries(2 + SCOPED) as statements:  # the device, the revision; nothing is shown
        answer = phone.get(CHART, headers={"if-none-match": etag})
    assert answer.status_code == 304 and answer.headers["ETag"] == etag
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert not [query for query in statements.captured_queries if "codes" in query["sql"]]


@pytest.mark.usefixtures("drawn")
def test_a_new_score_makes_a_new_chart(our, phone):
    our.log(FALLING)
    etag = phone.get(CHART).headers["ETag"]
    our.log({9: 8})
    assert phone.get(CHART, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.usefixtures("drawn")
def test_each_look_has_its_own_tag(phone):
    looks = [(theme, size) for theme in ("light", "dark") for size in ("phone", "wide")]
    tags = {phone.get(CHART, {"theme": theme, "size": size}).headers["ETag"] for theme, size in looks}
    assert len(tags) == 4


@pytest.mark.parametrize("look", [{"theme": "pink"}, {"size": "huge"}, {"theme": ""}])
def test_a_look_that_does_not_exist_is_not_found(phone, look):
    assert phone.get(CHART, look).status_code == 404


def test_without_frames_the_answer_says_that_the_scores_are_safe(our, phone, settings, tmp_path, caplog):
    settings.FRAMES_DIR = tmp_path
    answer = phone.get(CHART)
    assert answer.status_code == 503 and "scores are safe" in answer.text
    assert "buildframes" in caplog.text


def test_on_a_day_with_a_sign_of_danger_nothing_cheerful_is_said(our, phone):
    our.log({-3: 8, -2: 8, -1: 8, 2: 1, 3: 1, 4: 1, 8: 1, 9: 1, 10: 1})
    assert "lower than before" in phone.get(COURSE).text
    our.answer("check", 10, signs=["fever"])
    said = phone.get(COURSE).text
    assert "lower than before" not in said and "Please read “When to call” now." in said
    assert 'class="button wide" href="/call/"' in said, "what is to be read is one tap away"


def test_a_yes_before_the_injection_that_nobody_saw_to_takes_no_word_away(our, phone):
    our.log({-3: 8, -2: 8, -1: 8, 2: 1, 3: 1, 4: 1, 8: 1, 9: 1, 10: 1})
    our.answer("question", -1, part="has_infection", yes=True)
    assert "lower than before" in phone.get(COURSE).text


def test_the_days_in_words_are_those_of_the_injections_protocol(our, phone):
    change(our, region="lumbar", level="L4-L5")
    html = phone.get(COURSE).text
    assert "to day 21" in html
    assert "On day 21 your scores are compared" in html
    assert "day 14" not in html
