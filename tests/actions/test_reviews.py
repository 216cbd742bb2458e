"""The weekly review: once a week for each clinic, whatever happens to the worker."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cast import ClinicCast
from tests.scopes import inside, outside
from tracker import tasks
from tracker.actions import audit
from tracker.actions.reviews import review_weeks
from tracker.domain.roles import Role
from tracker.models import AuditEvent, Clinic, OutgoingMail
from tracker.queries.audit_reviews import reviews, unread_review

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]

NIGHT = datetime(2026, 5, 13, 23, 30, tzinfo=UTC)
TUESDAY = datetime(2026, 5, 19, 9, tzinfo=UTC)
LATER = TUESDAY + timedelta(hours=1)


@pytest.fixture
def night(our: ClinicCast) -> ClinicCast:
    """Our clinic after a week in which somebody looked at night."""
    Clinic.objects.update(made_at=NIGHT - timedelta(days=90))
    audit.record(
        by=our.staff[Role.NURSE],
        clinic_id=our.clinic.pk,
        action="view",
        now=NIGHT,
        patient_id=our.patient.pk,
        subject="clinic:patient",
    )
    return our


def review(now: datetime) -> int:
    with outside():
        return review_weeks(now=now)


def test_a_week_is_reviewed_once_however_often_it_is_asked(night):
    assert [review(TUESDAY), review(LATER), review(LATER + timedelta(days=5))] == [1, 0, 0]
    event = AuditEvent.objects.get(action="access.review")
    assert (event.actor, event.subject, event.detail) == ("system", "week:2026-05-11", {"findings": 1})
    assert review(TUESDAY + timedelta(days=7)) == 0  # the next one, without a finding
    assert [one.findings for one in reviews(now=TUESDAY + timedelta(days=7))] == [0, 1]


def test_administrators_are_told_of_findings_without_what_they_are(night):
    review(TUESDAY)
    (mail,) = OutgoingMail.objects.all()
    assert mail.recipient == night.staff[Role.ADMINISTRATOR].user.email
    assert not [word for word in ("Quill", "nurse", "2026") if word in f"{mail.subject} {mail.body}"]
    review(TUESDAY + timedelta(days=7))
    assert OutgoingMail.objects.count() == 1


def test_a_review_that_was_killed_half_way_is_done_again(night, monkeypatch):
    def dies(**_):
        raise RuntimeError

    monkeypatch.setattr("tracker.actions.reviews.administrators.tell", dies)
    with pytest.raises(RuntimeError):
        review(TUESDAY)
    monkeypatch.undo()
    assert review(LATER) == 1
    assert AuditEvent.objects.filter(action="access.review").count() == 1


def test_every_clinic_has_its_own(night, their):
    Clinic.objects.update(made_at=NIGHT - timedelta(days=90))
    assert review(TUESDAY) == 1
    with inside(their):
        assert AuditEvent.objects.get(action="access.review").detail == {"findings": 0}


def test_weeks_before_there_was_a_clinic_are_left_out(our):
    assert review(TUESDAY) == 0
    assert not AuditEvent.objects.filter(action="access.review").exists()


def test_the_worker_does_it(night):
    with outside():
        assert tasks.review_weeks() == 1  # the clock stands at Wednesday, 20 May


def test_a_review_waits_until_somebody_has_opened_its_list(night):
    auditor = night.staff[Role.AUDITOR]
    assert unread_review(actor=auditor, now=LATER) is None
    review(TUESDAY)
    waiting = unread_review(actor=auditor, now=LATER)
    assert waiting is not None and (waiting.monday, waiting.findings) == (date(2026, 5, 11), 1)
    audit.record_audit_reading(by=auditor, now=LATER, about="week:2026-05-04")
    assert unread_review(actor=auditor, now=LATER)
    audit.record_audit_reading(by=auditor, now=LATER, about="week:2026-05-11")
    assert unread_review(actor=auditor, now=LATER) is None


def test_nobody_is_reminded_for_ever(night):
    review(TUESDAY)
    assert unread_review(actor=night.staff[Role.AUDITOR], now=TUESDAY + timedelta(weeks=2, seconds=1)) is None
