from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from tests.cast import NOW
from tests.rows import everything
from tracker.actions import assessments, demo, invitations
from tracker.domain.simulation.cast import CAST
from tracker.models import Assessment, Clinic, DiaryEntry, Membership, Patient, User

pytestmark = pytest.mark.django_db


def test_the_demo_is_loaded_once_and_touches_no_existing_data(our):
    assert demo.load(now=NOW) is False
    assert Patient.objects.count() == 1


def test_an_empty_database_gets_a_clinic_with_staff_patients_and_current_assessments():
    assert demo.load(now=NOW, patients=len(CAST) + 4) is True
    assert Patient.objects.count() == len(CAST) + 4 >= 45
    assert Membership.objects.count() == 4
    assert Assessment.objects.values("label").distinct().count() > 25
    assert assessments.roll_due(now=NOW) == 0  # nothing was left behind on an older day
    assert demo.load(now=NOW + timedelta(days=1)) is False


def test_its_sign_ins_work_and_are_made_anew_each_time():
    demo.load(now=NOW, patients=0)
    first, second = demo.sign_ins(now=NOW), demo.sign_ins(now=NOW)
    codes = [sign_in.way.removeprefix("/join/#") for sign_in in second if "#" in sign_in.way]
    assert len(codes) == 3 and first != second
    assert all(invitations.redeem(code=code, device_name="x", now=NOW) for code in codes)
    clinician = User.objects.get(email="clinician@demo.example")
    assert clinician.check_password(demo.PASSWORD)


def test_without_a_demo_clinic_there_is_no_demo_sign_in(our):
    assert demo.sign_ins(now=NOW) == []


def test_throwing_the_demo_away_leaves_every_other_clinic_alone(our):
    our.log({1: 4})
    Clinic.objects.filter(pk=our.clinic.pk).update(is_demo=False)
    other = Clinic.objects.create(name="Demo", is_demo=True, made_at=NOW)
    Patient.objects.create(
        clinic=other,
        given_name="A",
        family_name="B",
        born_on=NOW.date(),
        time_zone="UTC",
        enrolled_at=NOW,
    )
    assert demo.throw_away() == 1
    assert list(Clinic.objects.all()) == [our.clinic]
    assert DiaryEntry.objects.count() == 1 and Patient.objects.count() == 1


def test_a_reset_replaces_the_demo(capsys):
    demo.load(now=NOW, patients=0)
    old = Clinic.objects.get().pk
    call_command("demo", "--reset", "--patients=0")
    assert Clinic.objects.get().pk != old
    assert "loaded" in capsys.readouterr().out


def test_a_reset_beside_another_clinic_replaces_the_demo_and_nothing_else(our):
    old = Clinic.objects.create(name="Demo", is_demo=True, made_at=NOW)
    assert demo.reset(now=NOW, patients=0) is True
    assert not Clinic.objects.filter(pk=old.pk).exists()
    assert Patient.objects.filter(clinic__is_demo=True).exists()
    assert list(Patient.objects.filter(clinic=our.clinic)) == [our.patient]


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
