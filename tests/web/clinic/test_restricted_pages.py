"""Restricted records on pages: what colleagues outside see, and how they get in when it has to be."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from tests.cast import NOW, ClinicCast
from tests.desks import desk_that_confirmed
from tests.factors import confirm, start_clock
from tracker.actions import care_team
from tracker.domain.roles import Role
from tracker.models import AuditEvent, BreakGlass, CareTeamMember, Patient

WHY = {"reason": "Fever, called from the ward"}


def at_desk(our: ClinicCast, role: Role) -> Client:
    return desk_that_confirmed(our.staff[role].user.email)


@pytest.fixture
def clinician(our: ClinicCast, still_clock: None) -> Client:
    return at_desk(our, Role.CLINICIAN)


@pytest.fixture
def nurse(our: ClinicCast, still_clock: None) -> Client:
    return at_desk(our, Role.NURSE)


@pytest.fixture
def record(our: ClinicCast, still_clock: None, drawn_frames: None) -> str:
    """The address of our patient's record, which only the clinician may open."""
    care_team.arrange(
        by=our.clinician, patient=our.patient, is_restricted=True, team={our.clinician.pk}, now=NOW
    )
    return f"/clinic/patients/{our.patient.public_id}/"


def test_outside_the_care_team_the_record_is_a_number_with_a_way_in(
    our: ClinicCast, nurse: Client, record: str
) -> None:
    page = nurse.get("/clinic/").text
    assert "Quill" not in page and "/clinic/restricted/" in page
    found = nurse.post("/clinic/", {"q": "quill"}).text
    assert "Ada" not in found and "/clinic/restricted/" in found
    page = nurse.get("/clinic/restricted/").text
    assert "harbour-1" in page and "1970" in page and f"{record}emergency/" in page
    assert not [word for word in ("Quill", "Ada", "1970-03") if word in page]


def test_whoever_asks_for_the_record_is_led_to_the_emergency_page(
    our: ClinicCast, nurse: Client, record: str
) -> None:
    before = AuditEvent.objects.count()
    assert nurse.get(record).url == f"{record}emergency/"
    assert nurse.get(f"/clinic/injections/{our.injection.public_id}/").url == f"{record}emergency/"
    assert AuditEvent.objects.count() == before  # nothing was shown
    page = nurse.get(f"{record}emergency/").text
    assert "Quill" not in page and "harbour-1" in page


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.NURSE])
def test_nobody_outside_gets_anything_from_any_address(our: ClinicCast, record: str, role: Role) -> None:
    client, injection = at_desk(our, role), f"/clinic/injections/{our.injection.public_id}/"
    addresses = [record + page for page in ("edit/", "care-team/", "looked/", "injections/new/")]
    addresses += [injection + page for page in ("edit/", "chart.svg", "case.json", "picture/", "picture.png")]
    api = [f"/api/v1/patients/{our.patient.public_id}/entries/"]
    api += [f"/api/v1/injections/{our.injection.public_id}/{page}" for page in ("assessment/", "chart.svg")]
    for address in addresses + api:
        answer = client.get(address)
        assert answer.status_code in (403, 404), address
        assert "Quill" not in answer.text
    assert "Quill" not in client.get("/api/v1/worklist/").text


def test_an_auditor_is_not_even_told_that_there_is_one(our: ClinicCast, record: str) -> None:
    auditor = at_desk(our, Role.AUDITOR)
    assert auditor.get(record).status_code == 404
    assert auditor.get("/clinic/restricted/").status_code == 403
    assert "/clinic/restricted/" not in auditor.get("/clinic/").text


def test_in_an_emergency_it_opens_for_four_hours(our: ClinicCast, nurse: Client, record: str) -> None:
    assert nurse.post(f"{record}emergency/", WHY).url == record
    page = nurse.get(record).text
    assert "Quill" in page and "until 23:30" in page
    assert "Quill" in nurse.get("/clinic/").text
    assert nurse.get(f"/clinic/injections/{our.injection.public_id}/chart.svg").status_code == 200
    with time_machine.travel(NOW.replace(hour=23, minute=30), tick=False):
        confirm(nurse)
        start_clock(nurse)
        assert nurse.get(record).url == f"{record}emergency/"


def test_without_a_reason_it_stays_closed(nurse: Client, record: str) -> None:
    for reason in ("", "   ", "x" * 501):
        page = nurse.post(f"{record}emergency/", {"reason": reason})
        assert page.status_code == 422 and "problem" in page.text
    assert not BreakGlass.objects.exists()


def test_it_asks_first_who_is_there(nurse: Client, record: str) -> None:
    confirm(nurse, ago=301)
    assert nurse.get(f"{record}emergency/").url.startswith("/accounts/confirm/")
    assert nurse.post(f"{record}emergency/", WHY).url.startswith("/accounts/confirm/")
    assert not BreakGlass.objects.exists()


def test_there_is_no_emergency_with_an_open_or_a_foreign_record(
    our: ClinicCast, their: ClinicCast, clinician: Client, record: str
) -> None:
    assert clinician.get(f"{record}emergency/").url == record
    foreign = f"/clinic/patients/{their.patient.public_id}/emergency/"
    assert clinician.get(foreign).status_code == clinician.post(foreign, WHY).status_code == 404


def test_a_clinician_closes_and_opens_a_record(our: ClinicCast, clinician: Client) -> None:
    page = f"/clinic/patients/{our.patient.public_id}/care-team/"
    shown = clinician.get(page).text
    assert "auditor of harbour" not in shown
    assert f'value="{our.clinician.pk}" id="id_team_' in shown
    nurse = our.staff[Role.NURSE].pk
    assert clinician.post(page, {"is_restricted": "1", "team": [our.clinician.pk, nurse]}).status_code == 302
    assert Patient.objects.get(pk=our.patient.pk).is_restricted
    assert CareTeamMember.objects.count() == 2
    assert "Restricted" in clinician.get(f"/clinic/patients/{our.patient.public_id}/").text
    assert clinician.post(page, {"is_restricted": "", "team": [our.clinician.pk]}).status_code == 302
    assert not Patient.objects.get(pk=our.patient.pk).is_restricted


def test_a_restriction_without_anybody_is_explained(our: ClinicCast, clinician: Client) -> None:
    page = clinician.post(f"/clinic/patients/{our.patient.public_id}/care-team/", {"is_restricted": "1"})
    assert page.status_code == 422 and "at least one person" in page.text


def test_whoever_leaves_themselves_out_lands_on_the_worklist(our: ClinicCast, clinician: Client) -> None:
    form = {"is_restricted": "1", "team": [our.staff[Role.NURSE].pk]}
    answer = clinician.post(f"/clinic/patients/{our.patient.public_id}/care-team/", form)
    assert answer.url == "/clinic/"
