"""The audit's pages: whatever they show, reading them is an event of its own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import NOW, ClinicCast
from tests.desks import desk_that_confirmed
from tests.scopes import outside
from tracker.actions import audit, care_team
from tracker.actions.reviews import review_weeks
from tracker.domain.roles import Role
from tracker.models import AuditEvent, Clinic, Patient

AUDIT = "/clinic/audit/"
NIGHT = (NOW - timedelta(days=7)).replace(hour=23)  # a Wednesday, of the week from 11 May


def at_desk(our: ClinicCast, role: Role) -> Client:
    return desk_that_confirmed(our.staff[role].user.email)


@pytest.fixture
def auditor(our: ClinicCast, still_clock: None) -> Client:
    return at_desk(our, Role.AUDITOR)


@pytest.fixture
def administrator(our: ClinicCast, still_clock: None) -> Client:
    return at_desk(our, Role.ADMINISTRATOR)


@pytest.fixture
def nurse_looked(our: ClinicCast) -> str:
    """What the trail calls our nurse, who looked at our patient at night."""
    nurse = our.staff[Role.NURSE]
    audit.record(
        by=nurse,
        clinic_id=our.clinic.pk,
        action="view",
        now=NIGHT,
        patient_id=our.patient.pk,
        subject="clinic:patient",
    )
    return audit.actor_name(nurse)


def newest() -> AuditEvent:
    return AuditEvent.objects.latest("id")


def test_what_somebody_saw_is_shown_between_two_moments(
    our: ClinicCast, auditor: Client, nurse_looked: str
) -> None:
    span = {"who": nurse_looked, "since": "2026-05-13T22:00", "until": "2026-05-14T00:00"}
    page = auditor.get(f"{AUDIT}seen/", span).text
    assert "What nurse of harbour, nurse, saw and did" in page
    assert "13 May 2026 23:30:00" in page and "Saw the record" in page and "Quill, Ada" in page
    assert "Nothing in this time" in auditor.get(f"{AUDIT}seen/", span | {"until": "2026-05-13T23:30"}).text


def test_the_last_week_is_shown_where_no_time_is_given(auditor: Client, nurse_looked: str) -> None:
    page = auditor.get(f"{AUDIT}seen/", {"who": nurse_looked}).text
    assert 'value="2026-05-13T20:00"' in page and 'value="2026-05-20T20:00"' in page
    assert "Saw the record" in page


def test_times_are_those_of_the_clinic(our: ClinicCast, auditor: Client, nurse_looked: str) -> None:
    Clinic.objects.filter(pk=our.clinic.pk).update(time_zone="America/Chicago")
    span = {"who": nurse_looked, "since": "2026-05-13T18:30", "until": "2026-05-13T18:31"}
    assert "13 May 2026 18:30:00" in auditor.get(f"{AUDIT}seen/", span).text


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 404),
        ({"who": "staff:4711"}, 404),
        ({"who": "system"}, 404),
        ({"since": "yesterday"}, 422),
        ({"since": "2026-05-14T00:00", "until": "2026-05-13T00:00"}, 422),
        ({"earlier": "nonsense"}, 200),
    ],
)
def test_what_cannot_be_asked_is_answered_all_the_same(
    auditor: Client, nurse_looked: str, sent: dict, status: int
) -> None:
    asked = sent if "who" in sent or not sent else {"who": nurse_looked} | sent
    assert auditor.get(f"{AUDIT}seen/", asked).status_code == status


def test_a_phone_may_be_asked_about(our: ClinicCast, auditor: Client) -> None:
    page = auditor.get(f"{AUDIT}seen/", {"who": audit.actor_name(our.device)}).text
    assert "the phone of Quill, Ada" in page and "Joined with a code" in page


def test_one_event_is_shown_whole(our: ClinicCast, auditor: Client, nurse_looked: str) -> None:
    audit.record(
        by=our.clinician,
        clinic_id=our.clinic.pk,
        action="view",
        now=NOW,
        patients=[our.patient.pk, 4711],
        subject="clinic:worklist",
    )
    page = auditor.get(f"{AUDIT}events/{newest().number}/").text
    assert "clinician of harbour" in page and "2 patients on the list" in page
    assert "Quill, Ada" in page and "Erased record 4711" in page
    assert auditor.get(f"{AUDIT}events/4711/").status_code == 404


def test_events_of_the_system_and_of_phones_that_are_gone_have_somebody(
    our: ClinicCast, auditor: Client
) -> None:
    assert "Nobody signed in" in auditor.get(f"{AUDIT}events/1/").text
    audit.record(by=our.device, clinic_id=our.clinic.pk, action="view", now=NOW)
    number = newest().number
    our.device.delete()
    assert "no longer on record" in auditor.get(f"{AUDIT}events/{number}/").text


def test_a_weeks_findings_lead_to_what_was_seen(our: ClinicCast, auditor: Client, nurse_looked: str) -> None:
    page = auditor.get(f"{AUDIT}week/", {"of": "2026-05-16"}).text
    assert "11 May to 17 May 2026" in page and "At night" in page and "Quill, Ada" in page
    assert f"who=staff%3A{our.staff[Role.NURSE].pk}&amp;since=2026-05-13T23%3A30" in page
    assert "?of=2026-05-04" in page and "?of=2026-05-18" in page
    assert "Nothing stands out" in auditor.get(f"{AUDIT}week/", {"of": "2026-05-20"}).text


@pytest.mark.parametrize("of", ["", "soon", "2026-13-01", "0001-01-01", "9999-12-31"])
def test_a_week_that_is_none_is_not_there(auditor: Client, of: str) -> None:
    assert auditor.get(f"{AUDIT}week/", {"of": of}).status_code == 404


def test_findings_wait_on_the_worklist_until_somebody_has_looked(
    our: ClinicCast, auditor: Client, administrator: Client, desk: Client, nurse_looked: str
) -> None:
    Clinic.objects.update(made_at=NIGHT - timedelta(days=90))
    with outside():
        review_weeks(now=NOW)
    words = "Unusual access in the week from 11 May"
    assert words in administrator.get("/clinic/").text and words in auditor.get("/clinic/").text
    assert words not in desk.get("/clinic/").text
    assert "1 to look at" in auditor.get(AUDIT).text
    auditor.get(f"{AUDIT}week/", {"of": "2026-05-11"})
    assert words not in administrator.get("/clinic/").text


def test_emergencies_are_listed_with_their_reasons_and_without_names(
    our: ClinicCast, auditor: Client
) -> None:
    Patient.objects.filter(pk=our.patient.pk).update(is_restricted=True)
    our.patient.refresh_from_db()
    care_team.open_in_emergency(by=our.staff[Role.NURSE], patient=our.patient, reason="<b>Fever</b>", now=NOW)
    page = auditor.get(AUDIT).text
    assert "&lt;b&gt;Fever&lt;/b&gt;" in page and "Restricted record harbour-1" in page
    assert "Quill" not in page


def test_who_looked_at_a_patient_is_told_in_words(
    our: ClinicCast, auditor: Client, nurse_looked: str
) -> None:
    page = auditor.get(f"/clinic/patients/{our.patient.public_id}/looked/").text
    assert "nurse of harbour, nurse" in page and "Saw the record" in page
    assert "Joined with a code" in page and "own phone: Test phone" in page


@pytest.mark.parametrize(
    ("address", "about"),
    [
        (AUDIT, "overview"),
        (f"{AUDIT}seen/?who={{nurse}}", "{nurse}"),
        (f"{AUDIT}events/1/", "event:1"),
        (f"{AUDIT}week/?of=2026-05-11", "week:2026-05-11"),
        ("/clinic/patients/{patient}/looked/", "looked"),
    ],
)
def test_reading_the_trail_is_one_event(
    our: ClinicCast, auditor: Client, nurse_looked: str, address: str, about: str
) -> None:
    before, names = AuditEvent.objects.count(), {"nurse": nurse_looked, "patient": our.patient.public_id}
    assert auditor.get(address.format(**names)).status_code == 200
    assert AuditEvent.objects.count() == before + 1
    event = newest()
    assert (event.action, event.subject) == ("audit.read", about.format(**names))
    assert event.actor == audit.actor_name(our.staff[Role.AUDITOR])
    assert event.patient_id == (our.patient.pk if about in ("{nurse}", "week:2026-05-11", "looked") else None)


@pytest.mark.parametrize("page", ["", "seen/?who=staff:1", "week/?of=2026-05-11", "events/1/"])
def test_who_may_not_see_the_trail_is_told_so_and_that_is_on_record(
    our: ClinicCast, desk: Client, page: str
) -> None:
    assert desk.get(AUDIT + page).status_code == 403
    assert newest().outcome == "refused"
