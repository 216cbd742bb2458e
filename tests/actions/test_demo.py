from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from tests.cast import NOW, make_clinic
from tests.rows import everything
from tests.scopes import inside, outside
from tracker.actions import assessments, demo, invitations
from tracker.domain.simulation.cast import CAST
from tracker.models import Assessment, AuditEvent, Clinic, DiaryEntry, Injection, Membership, Patient, User
from tracker.queries import audit_chain

pytestmark = pytest.mark.django_db


def test_the_demo_is_loaded_once_and_touches_no_existing_data(our):
    assert demo.load(now=NOW) is False
    assert Patient.objects.count() == 1


def test_an_empty_database_gets_a_clinic_with_staff_patients_and_current_assessments():
    assert demo.load(now=NOW, patients=len(CAST) + 4) is True
    assert Membership.objects.count() == 4
    with inside(Clinic.objects.get()):
        assert Patient.objects.count() == len(CAST) + 4 >= 45
        assert Assessment.objects.values("label").distinct().count() > 25
    assert assessments.roll_due(now=NOW) == 0  # nothing was left behind on an older day
    assert demo.load(now=NOW + timedelta(days=1)) is False


def test_its_sign_ins_work_and_are_made_anew_each_time():
    demo.load(now=NOW, patients=0)
    first, second = demo.sign_ins(now=NOW), demo.sign_ins(now=NOW)
    links = [sign_in for sign_in in second if "#" in sign_in.way]
    assert len(links) == 3 and first != second
    for link in links:
        token, born_on = link.way.removeprefix("/join/#"), date.fromisoformat(link.who[-10:])
        assert invitations.redeem(typed=token, born_on=born_on, device_name="x", now=NOW)
    clinician = User.objects.get(email="clinician@demo.example")
    assert clinician.check_password(demo.PASSWORD)


def test_without_a_demo_clinic_there_is_no_demo_sign_in(our):
    assert demo.sign_ins(now=NOW) == []


def test_throwing_the_demo_away_leaves_every_other_clinic_alone(our):
    our.log({1: 4})
    with outside():
        other = make_clinic("hilltop", given="A", family="B")
        demo.throw_away(other.clinic)
    with inside(other):
        assert not Patient.objects.exists()
        assert AuditEvent.objects.exists() and Membership.objects.filter(clinic=other.clinic).exists()
    assert DiaryEntry.objects.count() == 1 and Patient.objects.count() == 1


def test_a_reset_replaces_the_patients_and_keeps_the_trail(capsys):
    demo.load(now=NOW, patients=0)
    clinic = Clinic.objects.get()
    with inside(clinic):
        old, events = set(patient_ids()), AuditEvent.objects.count()
    call_command("demo", "--reset", "--patients=0")
    with inside(Clinic.objects.get()):
        assert len(patient_ids()) == len(old) and not old & patient_ids()
        assert AuditEvent.objects.count() > events
        assert audit_chain.verify().found is None
    assert "loaded" in capsys.readouterr().out


def patient_ids() -> set[UUID]:
    return set(Patient.objects.values_list("public_id", flat=True))


def test_a_reset_beside_another_clinic_replaces_the_demo_and_nothing_else(our):
    with outside():
        theirs = make_clinic("hilltop", given="A", family="B")
        Clinic.objects.filter(pk=theirs.clinic.pk).update(is_demo=True)
        assert demo.reset(now=NOW, patients=0) is True
    with inside(theirs):
        assert Patient.objects.count() == len(CAST) and theirs.patient.public_id not in patient_ids()
    assert list(Patient.objects.all()) == [our.patient]


def test_a_reset_that_fails_leaves_the_old_demo(monkeypatch):
    demo.load(now=NOW, patients=1)
    before = everything()

    def full(**_):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(demo, "simulate_clinic", full)
    with pytest.raises(OperationalError):
        demo.reset(now=NOW)
    assert everything() == before


def test_a_reset_without_a_demo_brings_none_beside_another_clinic(our, capsys):
    before = everything()
    call_command("demo", "--reset")
    assert everything() == before
    assert "nothing was changed" in capsys.readouterr().out


def test_the_demo_refuses_to_run_in_production(settings):
    settings.HTTPS = True
    with pytest.raises(CommandError, match="published passwords"):
        call_command("demo")
    assert not Clinic.objects.exists()


def test_it_loads_in_the_small_hours_when_the_west_is_a_day_behind():
    early = NOW.replace(hour=6, minute=0)  # 02:00 in New York, 23:00 the day before in Los Angeles
    # This seed has a patient in Los Angeles who is injected "today".
    assert demo.load(now=early, seed=9, patients=70) is True


def test_a_planned_injection_of_the_demo_has_a_plan():
    demo.load(now=NOW, patients=0)
    clinic = Clinic.objects.get(is_demo=True)
    with inside(clinic):
        planned = Injection.objects.filter(status="scheduled")
        assert planned and all(one.care_plan.arrive_at for one in planned.select_related("care_plan"))
