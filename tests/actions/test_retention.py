"""What the daily job lets go, and above all what it does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.cast import NOW, ClinicCast, make_device, make_patient
from tests.rows import all_but_the_trail
from tests.scopes import inside, outside
from tests.whole_record import fill
from tracker import tasks
from tracker.actions import erasure, invitations, pictures
from tracker.domain.retention import NOTICE
from tracker.domain.roles import Role
from tracker.models import (
    AuditEvent,
    ChartPicture,
    Clinic,
    Confirmation,
    Consent,
    Device,
    DiaryEntry,
    Invitation,
    OutgoingMail,
    Patient,
    StaffInvitation,
)

pytestmark = pytest.mark.django_db

TEN_YEARS = datetime(2036, 5, 20, 19, 30, tzinfo=UTC)
"""When the record of a patient who was last there NOW is over."""


def run(now: datetime) -> int:
    """As the worker does, with no clinic in scope."""
    with outside(), time_machine.travel(now, tick=False):
        return tasks.keep_to_periods()


def is_there(cast: ClinicCast) -> bool:
    with inside(cast):
        return Patient.objects.filter(pk=cast.patient.pk).exists()


def erase_on(cast: ClinicCast) -> object:
    with inside(cast):
        return Patient.objects.get(pk=cast.patient.pk).erase_on


def said(cast: ClinicCast) -> dict[str, int]:
    with inside(cast):
        return AuditEvent.objects.filter(action="clinic.keep_to_periods").latest("number").detail


def test_a_record_is_announced_ninety_days_before_and_erased_on_the_day(our):
    run(TEN_YEARS - NOTICE - timedelta(days=1))
    assert erase_on(our) is None
    run(TEN_YEARS - NOTICE)
    assert erase_on(our) == TEN_YEARS.date() and said(our)["announced"] == 1
    run(TEN_YEARS - timedelta(days=1))
    assert is_there(our)
    assert run(TEN_YEARS) == 1
    assert not is_there(our) and said(our)["erased"] == 1


def test_a_worker_that_slept_for_years_erases_nothing_without_notice(our):
    late = TEN_YEARS + timedelta(days=700)
    assert run(late) == 0 and is_there(our)
    assert erase_on(our) == (late + NOTICE).date()
    assert run(late + NOTICE) == 1


def test_a_clinic_that_shortens_its_period_is_told_first(our):
    later = NOW + timedelta(days=800)
    run(later)
    Clinic.objects.filter(pk=our.clinic.pk).update(keep_years=1)
    assert run(later + timedelta(days=1)) == 0
    assert erase_on(our) == (later + timedelta(days=1) + NOTICE).date()


def test_a_record_that_is_used_again_is_kept_whole(our):
    run(TEN_YEARS - NOTICE)
    with inside(our):
        Device.objects.update(last_seen_at=TEN_YEARS - timedelta(days=2))
    assert run(TEN_YEARS) == 0
    assert is_there(our) and erase_on(our) is None


def test_use_after_the_announcement_was_read_still_counts(our):
    """The sweep has chosen the record; then the phone comes in."""
    run(TEN_YEARS - NOTICE)
    with inside(our):
        Device.objects.update(last_seen_at=TEN_YEARS)
        assert not erasure.erase_due(patient_id=our.patient.pk, now=TEN_YEARS)
    assert is_there(our)


def test_a_record_that_the_clinic_put_off_is_kept_a_year(our):
    run(TEN_YEARS - NOTICE)
    with inside(our):
        erasure.keep_longer(by=our.staff[Role.ADMINISTRATOR], patient=our.patient, now=TEN_YEARS)
    assert run(TEN_YEARS + timedelta(days=360)) == 0 and is_there(our)
    assert run(TEN_YEARS + timedelta(days=370)) == 1


def test_with_no_fixed_period_nothing_is_erased_by_itself(our):
    Clinic.objects.filter(pk=our.clinic.pk).update(keep_years=0)
    assert run(TEN_YEARS + timedelta(days=20000)) == 0
    assert is_there(our) and erase_on(our) is None


def test_every_clinic_has_its_own_period(our, their):
    Clinic.objects.filter(pk=our.clinic.pk).update(keep_years=1)
    run(NOW + timedelta(days=365) - NOTICE)
    assert run(NOW + timedelta(days=365)) == 1
    assert not is_there(our) and is_there(their)


def test_erasing_by_itself_leaves_the_same_event_by_nobody(our):
    run(TEN_YEARS - NOTICE)
    run(TEN_YEARS)
    event = AuditEvent.objects.get(action="patient.erase")
    assert (event.actor, event.patient_id, event.detail["reason"]) == (
        "system",
        our.patient.pk,
        "period_over",
    )


def test_one_record_that_cannot_be_erased_stops_no_other(our, monkeypatch, caplog):
    make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    run(TEN_YEARS - NOTICE)
    erase = erasure.erase_due

    def failing(*, patient_id: int, now: datetime) -> bool:
        if patient_id == our.patient.pk:
            raise ZeroDivisionError
        return erase(patient_id=patient_id, now=now)

    monkeypatch.setattr(erasure, "erase_due", failing)
    assert run(TEN_YEARS) == 1 and is_there(our)
    assert "Quill" not in caplog.text and str(our.patient.pk) in caplog.text
    monkeypatch.undo()
    assert run(TEN_YEARS + timedelta(days=1)) == 1


def test_a_worker_that_is_killed_half_way_goes_on_the_same_day(our, monkeypatch):
    make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    run(TEN_YEARS - NOTICE)
    erase, done = erasure.erase_due, []

    def killed_at_the_second(**which: object) -> bool:
        if done:
            raise SystemExit
        done.append(which)
        return erase(**which)

    monkeypatch.setattr(erasure, "erase_due", killed_at_the_second)
    with pytest.raises(SystemExit):
        run(TEN_YEARS)
    assert Patient.objects.count() == 1
    monkeypatch.undo()
    assert run(TEN_YEARS) == 1 and not Patient.objects.exists()


def test_it_does_its_work_once_a_day_however_often_it_is_asked(our, their):
    for hour in range(5):
        run(NOW.replace(hour=0) + timedelta(hours=hour))
    assert AuditEvent.objects.filter(action="clinic.keep_to_periods").count() == 1
    run(NOW + timedelta(days=1))
    assert AuditEvent.objects.filter(action="clinic.keep_to_periods").count() == 2


def test_a_clinics_day_begins_by_its_own_clock(our):
    Clinic.objects.filter(pk=our.clinic.pk).update(time_zone="America/Los_Angeles")
    run(datetime(2026, 5, 21, 6, 30, tzinfo=UTC))
    run(datetime(2026, 5, 21, 7, 30, tzinfo=UTC))  # half past midnight there
    assert AuditEvent.objects.filter(action="clinic.keep_to_periods").count() == 2


def test_a_day_on_which_nothing_is_over_changes_nothing(our):
    fill(our)
    before = all_but_the_trail()
    run(NOW)
    assert all_but_the_trail() == before
    assert set(said(our).values()) == {0}


@pytest.mark.parametrize(
    ("model", "days"),
    [(OutgoingMail, 7), (Confirmation, 30), (Invitation, 30), (StaffInvitation, 30), (ChartPicture, 90)],
)
def test_what_is_over_goes_when_its_time_has_come(our, model, days):
    fill(our)
    OutgoingMail.objects.update(sent_at=NOW)
    StaffInvitation.objects.create(
        clinic=our.clinic,
        membership=our.clinician,
        token_hash=b"x",
        made_at=NOW,
        expires_at=NOW + timedelta(days=3),
        redeemed_at=NOW,
    )
    Confirmation.objects.update(expires_at=NOW)
    with time_machine.travel(NOW, tick=False):
        pictures.draw_due(now=NOW)
    run(NOW + timedelta(days=days))
    assert model.objects.exists()
    run(NOW + timedelta(days=days + 1))
    assert not model.objects.exists()


def test_what_is_not_over_stays_however_old(our):
    OutgoingMail.objects.create(
        clinic=our.clinic, key="a", recipient="a@b.example", subject="s", body="b", made_at=NOW, due_at=NOW
    )
    open_one = invitations.issue(by=our.clinician, patient=our.patient, now=NOW + timedelta(days=40))
    run(NOW + timedelta(days=41))
    assert OutgoingMail.objects.exists() and open_one.code
    assert Invitation.objects.filter(redeemed_at=None, voided_at=None).exists()


def test_a_phone_goes_a_year_after_its_end_unless_something_rests_on_it(our):
    our.log({1: 4})
    silent, _ = make_device(our.patient, our.clinician)
    agreed, _ = make_device(our.patient, our.clinician)
    neighbour = make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    used_last, _ = make_device(neighbour, our.clinician)
    Device.objects.filter(pk=agreed.pk).update(last_seen_at=NOW + timedelta(days=1))
    Consent.objects.create(
        clinic=our.clinic, patient=our.patient, device=agreed, version="1", language="en", given_at=NOW
    )
    Device.objects.update(ended_at=NOW)
    run(NOW + timedelta(days=365))
    assert Device.objects.filter(pk=silent.pk).exists()
    run(NOW + timedelta(days=366))
    assert set(Device.objects.values_list("pk", flat=True)) == {our.device.pk, agreed.pk, used_last.pk}
    assert DiaryEntry.objects.get().device_id == our.device.pk


def test_each_run_says_how_many_of_what_it_let_go(our):
    fill(our)
    OutgoingMail.objects.update(sent_at=NOW)
    run(NOW + timedelta(days=40))
    assert said(our) | {"mails": 1, "erased": 0, "announced": 0} == said(our)
    assert said(our)["confirmations"] >= 1 and said(our)["invitations"] >= 1
