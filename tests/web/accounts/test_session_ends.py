"""Sessions of staff end by the clock, and the reader learns why and comes back to where they were."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.cast import NOW, ClinicCast
from tests.factors import start_clock
from tracker.models import AuditEvent

LOGIN, WORKLIST, LEFT, STAY = (
    "/accounts/login/",
    "/clinic/",
    "/accounts/session/left/",
    "/accounts/session/stay/",
)
MINUTE, HOUR = 60, 3600


@pytest.fixture
def desk(our: ClinicCast, signed_in) -> Client:
    return start_clock(signed_in(our.clinician.user))


def query(answer) -> dict[str, list[str]]:
    return parse_qs(urlsplit(answer.url).query)


def test_after_15_minutes_without_use_the_next_page_asks_to_sign_in_and_says_why(desk: Client, clock) -> None:
    clock.shift(15 * MINUTE - 1)
    assert desk.get(WORKLIST).status_code == 200
    clock.shift(15 * MINUTE)
    answer = desk.get(WORKLIST + "?label=responder")
    assert answer.url.startswith(LOGIN)
    assert query(answer) == {"ended": ["idle"], "next": [WORKLIST + "?label=responder"]}
    page = desk.get(answer.url)
    assert "nothing happened here for a quarter of an hour" in page.text
    assert f'name="next" value="{WORKLIST}?label=responder"' in page.text


def test_use_keeps_a_session_alive_for_12_hours_and_no_longer(desk: Client, clock) -> None:
    for _ in range(12 * 6 - 1):
        clock.shift(10 * MINUTE)
        assert desk.get(WORKLIST).status_code == 200
    clock.shift(10 * MINUTE)
    answer = desk.get(WORKLIST)
    assert query(answer)["ended"] == ["long"]
    assert "signed in for twelve hours" in desk.get(answer.url).text


def test_whoever_is_out_stays_out(desk: Client, clock) -> None:
    clock.shift(15 * MINUTE)
    desk.get(WORKLIST)
    clock.shift(-10 * MINUTE)  # not even with a clock that is set back
    assert desk.get(WORKLIST).url.startswith(LOGIN)
    assert not Session.objects.filter(session_key=desk.session.session_key).exists()


def test_the_end_is_on_record_once(desk: Client, clock, events) -> None:
    clock.shift(15 * MINUTE)
    desk.get(WORKLIST)
    desk.get(WORKLIST)
    assert events() == [("sign_in.time_out", "done")]
    assert AuditEvent.objects.latest("id").detail == {"why": "idle"}


def test_the_api_says_signed_out_and_never_redirects(desk: Client, clock) -> None:
    clock.shift(15 * MINUTE)
    answer = desk.get("/api/v1/worklist/")
    assert answer.status_code == 401
    assert answer.json()["type"] == "urn:onset:signed-out"


def test_a_form_that_came_too_late_leads_back_to_its_page_and_says_it_was_not_saved(
    desk: Client, our: ClinicCast, clock
) -> None:
    clock.shift(15 * MINUTE)
    form = f"/clinic/patients/{our.patient.public_id}/"
    answer = desk.post(
        f"{form}invite/", {"a": "secret words"}, headers={"Referer": f"http://testserver{form}"}
    )
    assert query(answer) == {"ended": ["idle"], "next": [form], "unsent": ["1"]}
    assert "was not saved" in desk.get(answer.url).text
    assert "secret words" not in str(dict(desk.session))


@pytest.mark.parametrize("referer", ["https://evil.example/x", "//evil.example", "javascript:alert(1)", ""])
def test_nobody_is_led_to_another_site_by_a_referer(desk: Client, clock, referer: str) -> None:
    clock.shift(15 * MINUTE)
    answer = desk.post("/clinic/patients/new/", {}, headers={"Referer": referer})
    assert query(answer)["next"] == ["/clinic/patients/new/"]


def test_an_open_page_opens_all_the_same(desk: Client, clock) -> None:
    clock.shift(15 * MINUTE)
    assert desk.get("/call/").status_code == 200
    assert desk.get(LOGIN).status_code == 200


def test_use_is_written_at_most_once_a_minute(desk: Client, clock, django_assert_num_queries) -> None:
    def seen() -> float:
        return desk.session["seen_at"]

    first = seen()
    clock.shift(59)
    desk.get(WORKLIST)
    assert seen() == first
    clock.shift(1)
    desk.get(WORKLIST)
    assert seen() == first + 60


def test_asking_what_is_left_keeps_no_session_alive(desk: Client, clock) -> None:
    for minute in range(1, 15):
        clock.shift(MINUTE)
        assert desk.get(LEFT).json() == {"left": (15 - minute) * MINUTE, "warning": 90, "longer": True}
    clock.shift(MINUTE)
    assert desk.get(LEFT).json()["left"] == 0
    assert desk.get(WORKLIST).status_code == 302


def test_staying_moves_the_end(desk: Client, clock) -> None:
    clock.shift(14 * MINUTE)
    assert desk.post(STAY).json()["left"] == 15 * MINUTE
    clock.shift(14 * MINUTE)
    assert desk.get(WORKLIST).status_code == 200


def test_staying_needs_the_token_of_a_page(our: ClinicCast, desk: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk.cookies
    assert strict.post(STAY).status_code == 403
    assert desk.get(STAY).status_code == 405


def test_nobody_who_is_out_can_stay(desk: Client, clock) -> None:
    clock.shift(15 * MINUTE)
    assert desk.post(STAY).json()["left"] == 0
    assert desk.get(WORKLIST).status_code == 302


def test_a_page_carries_what_its_script_needs_and_a_patients_page_does_not(
    desk: Client, phone: Client
) -> None:
    page = desk.get(WORKLIST).text
    assert 'data-left="900" data-warning="90" data-longer="yes"' in page
    assert "js/session_clock.js" in page
    assert "session-clock" not in phone.get("/diary/").text
    assert "session-clock" not in Client().get(LOGIN).text


def test_in_the_last_moments_of_12_hours_a_page_says_that_staying_is_no_use(desk: Client, clock) -> None:
    clock.shift(12 * HOUR - 5 * MINUTE)
    session = desk.session
    session["seen_at"] = session["signed_in_at"] + 12 * HOUR - 5 * MINUTE
    session.save()
    assert desk.get(LEFT).json()["longer"]
    clock.shift(4 * MINUTE)
    assert 'data-left="60" data-warning="90" data-longer="no"' in desk.get(WORKLIST).text


def test_the_cookie_ends_with_the_browser_and_the_row_with_the_day(our: ClinicCast, clock) -> None:
    client = Client()
    client.post(LOGIN, {"login": our.clinician.user.email, "password": "a long enough password"})
    assert client.cookies["session"]["expires"] == client.cookies["session"]["max-age"] == ""
    (row,) = Session.objects.filter(session_key=client.session.session_key)
    assert (row.expire_date - NOW).total_seconds() <= 12 * HOUR
