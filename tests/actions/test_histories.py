"""What led to an injection is written down, checked, and known to the rules."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.cast import NOW, TODAY, ClinicCast
from tracker.access import NotAllowed
from tracker.actions import histories
from tracker.actions.histories import Care, HistoryRecord
from tracker.domain.roles import Role
from tracker.models import Assessment, AuditEvent, ConservativeCare, InjectionHistory

pytestmark = pytest.mark.django_db
DONE = TODAY - timedelta(days=10)


def record(our: ClinicCast, *care: Care, **said: object) -> None:
    histories.record(
        by=our.clinician, injection=our.injection, history=HistoryRecord(**said), care=care, now=NOW
    )


def test_it_is_kept_and_written_over(our: ClinicCast) -> None:
    exercise = Care(kind="exercise", from_on=DONE - timedelta(days=40), to_on=DONE, result="not_enough")
    record(our, exercise, Care(kind="other"), pain_weeks=12, imaging_kind="mri", imaging_finding="C5-C6")
    record(our, exercise, pain_since=DONE - timedelta(days=90))
    it = InjectionHistory.objects.get()
    assert (it.pain_weeks, it.imaging_kind, it.imaging_finding) == (None, "", None)
    assert it.pain_since == DONE - timedelta(days=90)
    assert list(ConservativeCare.objects.values_list("kind", "result")) == [("exercise", "not_enough")]


def test_the_event_names_fields_and_nothing_of_what_they_say(our: ClinicCast) -> None:
    record(our, Care(kind="exercise"), imaging_kind="mri", imaging_finding="telling words")
    event = AuditEvent.objects.latest("number")
    assert event.action == "injection.history"
    assert event.detail == {"fields": ["imaging_finding", "imaging_kind", "conservative_care"]}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"pain_weeks": 3, "pain_since": DONE}, "pain_weeks"),
        ({"pain_since": TODAY}, "pain_since"),
        ({"imaging_concordant": "yes"}, "imaging_kind"),
        ({"imaging_kind": "mri", "imaging_on": TODAY + timedelta(days=1)}, "imaging_on"),
        ({"imaging_kind": "drawing"}, "imaging_kind"),
        ({"steroids_to": TODAY}, "steroids_from"),
        ({"steroids_from": TODAY, "steroids_to": DONE}, "steroids_to"),
    ],
)
def test_what_cannot_be_is_refused(our: ClinicCast, said: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        record(our, **said)
    assert list(refused.value.message_dict) == [field]
    assert not InjectionHistory.objects.exists()


def test_care_that_ends_before_it_begins_is_refused(our: ClinicCast) -> None:
    with pytest.raises(ValidationError):
        record(our, Care(kind="exercise", from_on=TODAY, to_on=DONE))


def test_oral_steroids_flag_the_episode_and_change_no_figure(our: ClinicCast) -> None:
    our.log({-3: 7, -2: 7, -1: 7, 1: 6, 6: 3})
    before = Assessment.objects.get()
    record(our, steroids_from=DONE + timedelta(days=3), steroids_to=DONE + timedelta(days=8))
    flagged = Assessment.objects.get()
    assert (before.is_confounded, flagged.is_confounded) == (False, True)
    assert (flagged.label, flagged.result, flagged.case) == (before.label, before.result, before.case)
    record(our)
    assert not Assessment.objects.get().is_confounded


def test_the_next_entry_still_knows_of_them(our: ClinicCast) -> None:
    record(our, steroids_from=DONE + timedelta(days=3))
    our.log({9: 4})
    assert Assessment.objects.get().is_confounded


def test_who_may_not_change_injections_changes_no_history(our: ClinicCast) -> None:
    with pytest.raises(NotAllowed):
        histories.record(
            by=our.staff[Role.AUDITOR], injection=our.injection, history=HistoryRecord(), care=[], now=NOW
        )
