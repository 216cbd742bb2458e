"""Taking a record out, erasing it, and the list of those that erase themselves."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import TODAY, ClinicCast, make_patient
from tests.desks import desk_that_confirmed
from tests.factors import confirm
from tests.rows import everything
from tracker.domain.roles import Role
from tracker.models import AuditEvent, CareTeamMember, Clinic, Patient
from tracker.queries import erasure

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(our: ClinicCast, still_clock: None) -> Client:
    """Our administrator's browser, who has just confirmed who they are."""
    return desk_that_confirmed(our.staff[Role.ADMINISTRATOR].user.email)


def of(name: str, cast: ClinicCast) -> str:
    return reverse(f"clinic:{name}", args=[cast.patient.public_id])


def announce(cast: ClinicCast, *, days: int) -> date:
    on = TODAY + timedelta(days=days)
    Patient.objects.filter(pk=cast.patient.pk).update(erase_on=on)
    return on


def test_a_clinician_takes_a_copy_after_confirming(our, desk):
    assert desk.post(of("export", our)).url.startswith("/accounts/confirm/")
    confirm(desk)
    assert "Ada Quill" in desk.get(of("export", our)).text
    answer = desk.post(of("export", our))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="record-2026-05-20.zip"'
    assert b"Quill" in zipfile.ZipFile(io.BytesIO(answer.content)).read("patient.csv")
    event = AuditEvent.objects.latest("number")
    assert (event.action, event.patient_id) == ("export.take", our.patient.pk)


def test_the_page_says_what_goes_what_stays_and_until_when_it_is_kept(our, boss):
    our.log({1: 4, 2: 3})
    page = boss.get(of("erase", our)).text
    assert "<dt>Diary days</dt><dd>2</dd>" in page and "<dt>Injections</dt><dd>1</dd>" in page
    assert f"record {our.patient.pk}" in page and "keeps it until 20 May 2036 (10 years)" in page
    assert "Caregivers" not in page  # there are none


def test_erasing_leads_to_the_worklist_and_names_the_number_that_stays(our, boss):
    form = {"reason": "entered_in_error", "family_name": "Quill"}
    answer = boss.post(of("erase", our), form, follow=True)
    assert answer.redirect_chain == [(reverse("clinic:worklist"), 302)]
    assert f"The audit trail calls it patient {our.patient.pk}." in answer.text
    assert not Patient.objects.filter(pk=our.patient.pk).exists()
    assert AuditEvent.objects.filter(action="patient.erase", patient_id=our.patient.pk).count() == 1


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"reason": "entered_in_error", "family_name": "Quil"}, "not the record’s family name"),
        ({"reason": "entered_in_error", "family_name": ""}, "Type the family name"),
        ({"reason": "", "family_name": "Quill"}, "Choose why"),
        ({"reason": "because", "family_name": "Quill"}, "Select a valid choice"),
        ({"reason": "period_over", "family_name": "Quill"}, "can be erased from 20 May 2036 on"),
    ],
)
def test_a_refusal_says_what_to_do_and_erases_nothing(our, boss, form, says):
    before = {name: rows for name, rows in everything().items() if not name.startswith("Audit")}
    answer = boss.post(of("erase", our), form)
    assert answer.status_code == 422 and says in answer.text
    assert {name: rows for name, rows in everything().items() if not name.startswith("Audit")} == before


def test_a_desk_left_open_erases_nothing(our, boss):
    confirm(boss, ago=301)
    form = {"reason": "entered_in_error", "family_name": "Quill"}
    assert boss.post(of("erase", our), form).url.startswith("/accounts/confirm/")
    assert Patient.objects.filter(pk=our.patient.pk).exists()


def test_what_erases_itself_is_listed_with_the_day_and_can_be_put_off(our, boss):
    announce(our, days=30)
    make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    page = boss.get(reverse("clinic:erasures_due")).text
    assert "Ada Quill" in page and "19 Jun 2026" in page and "Ebb" not in page
    answer = boss.post(of("keep_longer", our), follow=True)
    assert "Ada Quill is kept until 19 June 2027." in answer.text
    assert "None within the next 90 days" in answer.text


def test_the_worklist_tells_administrators_and_nobody_else(our, boss, desk):
    assert "will be erased soon" not in boss.get(reverse("clinic:worklist")).text
    announce(our, days=90)
    told = boss.get(reverse("clinic:worklist")).text
    assert "1 record</a> will be erased soon" in told and reverse("clinic:erasures_due") in told
    assert "will be erased soon" not in desk.get(reverse("clinic:worklist")).text
    announce(our, days=91)
    assert "will be erased soon" not in boss.get(reverse("clinic:worklist")).text


def test_a_restricted_record_is_counted_and_not_named(our, boss):
    announce(our, days=5)
    Patient.objects.update(is_restricted=True)
    page = boss.get(reverse("clinic:erasures_due")).text
    assert "Quill" not in page and "1 restricted record" in page and "None within" not in page
    assert boss.get(of("erase", our)).status_code == 404
    assert boss.post(of("keep_longer", our)).status_code == 404
    team = {"clinic": our.clinic, "patient": our.patient, "membership": our.staff[Role.ADMINISTRATOR]}
    CareTeamMember.objects.create(**team)
    assert "Ada Quill" in boss.get(reverse("clinic:erasures_due")).text


def test_a_long_list_shows_the_next_ones_and_says_how_many_there_are(our, boss, monkeypatch):
    monkeypatch.setattr(erasure, "MOST_SHOWN", 1)
    other = make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    Patient.objects.filter(pk=other.pk).update(erase_on=TODAY)
    announce(our, days=30)
    page = boss.get(reverse("clinic:erasures_due")).text
    assert "Nils Ebb" in page and "Quill" not in page and "the next 1 of 2" in page


def test_without_a_period_the_list_says_so(our, boss):
    Clinic.objects.filter(pk=our.clinic.pk).update(keep_years=0)
    assert "no record erases itself" in boss.get(reverse("clinic:erasures_due")).text


def test_pages_take_a_fixed_number_of_statements(our, boss, django_assert_max_num_queries):
    announce(our, days=30)
    for number in range(5):
        patient = make_patient(our.clinic, given="N", family="E", number=f"n{number}")
        Patient.objects.filter(pk=patient.pk).update(erase_on=TODAY)
    with django_assert_max_num_queries(18):
        boss.get(reverse("clinic:erasures_due"))
    with django_assert_max_num_queries(36):  # one for each table of a record, and its page
        boss.get(of("erase", our))


def test_the_record_offers_what_the_role_may(our, desk, boss):
    record = of("patient", our)
    assert of("export", our) in desk.get(record).text and of("erase", our) not in desk.get(record).text
    assert of("erase", our) in boss.get(record).text
