"""Answered forms on their way in: each judged alone, kept for good, and what follows from them."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW, TODAY, form_change, injection_record
from tests.scopes import inside
from tracker.actions import alerts, injections, responses, tracks
from tracker.domain.attention import Level
from tracker.domain.sync import Verdict
from tracker.domain.track import Source
from tracker.models import (
    Alert,
    Assessment,
    AuditEvent,
    OutgoingMail,
    Patient,
    Reading,
    Response,
    Track,
)

pytestmark = pytest.mark.django_db


def take(our, *changes, by=None, **more):
    return responses.record(by=by or our.device, patient=our.patient, changes=changes, now=NOW, **more)


def verdicts(outcomes):
    return [outcome.verdict for outcome in outcomes]


def test_the_same_answer_sent_twice_is_stored_once(our):
    said = form_change("peg", TODAY, pain=5, enjoyment=4, activity=3)
    assert verdicts(take(our, said)) == [Verdict.CREATED]
    assert verdicts(take(our, said, said)) == [Verdict.DUPLICATE, Verdict.DUPLICATE]
    assert Response.objects.count() == 1


def test_an_id_with_another_answer_is_refused_and_the_first_stays(our):
    said = form_change("pgic", TODAY, change=2)
    take(our, said)
    assert verdicts(take(our, replace(said, said={"change": 6}))) == [Verdict.ID_REUSED]
    assert Response.objects.get().said == {"change": 2}


def test_a_later_answer_stands_beside_the_first(our):
    assert verdicts(
        take(our, form_change("pgic", TODAY, change=2), form_change("pgic", TODAY, change=3))
    ) == [Verdict.CREATED, Verdict.EDITED]
    assert Response.objects.count() == 2


def test_one_that_cannot_be_right_holds_back_no_other(our):
    outcomes = take(
        our,
        form_change("peg", TODAY, pain=5),
        form_change("pgic", TODAY + timedelta(days=2), change=2),
        form_change("weather", TODAY, sun=1),
        form_change("pgic", TODAY, change=2),
    )
    assert verdicts(outcomes) == [Verdict.INVALID] * 3 + [Verdict.CREATED]
    assert [outcome.field for outcome in outcomes] == ["enjoyment", "day", "form", ""]
    assert all(outcome.problem for outcome in outcomes[:3])


def test_who_said_it_and_when_is_kept(our):
    (change,) = [form_change("pgic", TODAY, change=2)]
    take(our, change, by=our.clinician, source=Source.PAPER, skew=timedelta(hours=-1))
    row = Response.objects.get()
    assert (row.source, row.membership, row.device) == (Source.PAPER, our.clinician, None)
    assert row.corrected_at == change.entered_at - timedelta(hours=1) and row.received_at == NOW


def test_another_patients_answer_under_the_same_id_is_another_answer(our, their):
    said = form_change("pgic", TODAY, change=2)
    take(our, said)
    with inside(their):
        assert verdicts(take(their, said)) == [Verdict.CREATED]


# --- Signs of danger -----------------------------------------------------------------------------


@pytest.mark.parametrize(("sign", "level"), [("weakness", Level.RED), ("fever", Level.ORANGE)])
def test_a_sign_of_danger_raises_an_alert(our, sign, level):
    our.answer("check", 9, signs=[sign])
    assert Alert.objects.get().level == level
    assert (our.patient.alert_level, our.patient.alerted_on) == (level, TODAY - timedelta(days=1))


def test_no_later_answer_takes_an_alert_back(our):
    our.answer("check", 9, signs=["weakness"])
    our.answer("check", 9, signs=[])
    our.answer("check", 10, signs=["fever"])
    assert our.patient.alert_level == Level.RED
    assert our.patient.alerted_on == TODAY


def test_none_of_the_signs_raises_nothing(our):
    our.answer("check", 9, signs=[], rescue=True)
    assert not Alert.objects.exists() and our.patient.alert_level == Level.NONE


def test_a_yes_before_the_injection_raises_an_alert_that_is_no_sign_of_danger(our):
    our.answer("question", -1, part="has_infection", yes=True)
    assert Alert.objects.get().level == Level.BLUE
    assert (our.patient.alert_level, our.patient.alerted_on) == (Level.BLUE, None)
    assert not OutgoingMail.objects.exists()


def test_a_no_raises_nothing_and_takes_no_yes_back(our):
    our.answer("question", -2, part="is_pregnant", yes=False)
    assert not Alert.objects.exists()
    our.answer("question", -1, part="is_pregnant", yes=True)
    our.answer("question", -1, part="is_pregnant", yes=False)
    assert our.patient.alert_level == Level.BLUE


def test_a_sign_of_danger_outranks_a_yes_before_the_injection(our):
    our.answer("check", 9, signs=["fever"])
    our.answer("question", -1, part="has_infection", yes=True)
    assert our.patient.alert_level == Level.ORANGE


def test_the_clinic_sees_to_what_its_page_showed_and_no_more(our):
    our.answer("check", 8, signs=["weakness"])
    shown = Alert.objects.latest("pk").pk
    our.answer("check", 9, signs=["fever"])
    assert alerts.handle(by=our.clinician, patient=our.patient, up_to=shown, note="rang: fine", now=NOW) == 1
    assert Patient.objects.get(pk=our.patient.pk).alert_level == Level.ORANGE
    handled, still_open = Alert.objects.order_by("pk")
    assert (handled.handled_by, handled.note, still_open.handled_at) == (our.clinician, "rang: fine", None)


def test_seeing_to_nothing_leaves_no_event(our):
    before = AuditEvent.objects.count()
    assert alerts.handle(by=our.clinician, patient=our.patient, up_to=99, note="", now=NOW) == 0
    assert AuditEvent.objects.count() == before


def test_the_trail_counts_the_answers_and_repeats_none(our):
    our.answer("check", 9, signs=["weakness"])
    event = AuditEvent.objects.latest("pk")
    assert event.action == "response.record" and "weakness" not in str(event.detail)


# --- Right now -----------------------------------------------------------------------------------


def test_a_reading_reaches_the_injection_of_its_day(our):
    our.answer("reading", 0, part="before", pain=7)
    our.answer("reading", 0, part="30", pain=2)
    track = Track.objects.get(injection=our.injection)
    assert (track.before, track.after) == (7, [[30, 2]])


@pytest.fixture
def block(our):
    record = injection_record(intent="diagnostic")
    injections.change(by=our.clinician, injection=our.injection, record=record, agents=[], now=NOW)
    our.answer("reading", 0, part="before", pain=8)
    return our


def verdict(our) -> str:
    return Assessment.objects.get(injection=our.injection).label


def test_a_block_is_judged_by_the_readings_that_came_in(block):
    block.answer("reading", 0, part="15", pain=1, rescue=False)
    block.answer("reading", 0, part="30", pain=1, rescue=False)
    assert verdict(block) == "diagnostic:positive"


def test_one_reading_with_a_pain_reliever_makes_the_block_unjudgeable(block):
    block.answer("reading", 0, part="15", pain=1, rescue=True)
    block.answer("reading", 0, part="30", pain=1, rescue=False)
    assert verdict(block) == "diagnostic:not_assessable"
    assert Track.objects.get(injection=block.injection).rescue is True
    assert tracks.check(repair=False, now=NOW)[1] == []


def test_a_pain_reliever_that_was_named_by_mistake_is_taken_back_for_its_moment(block):
    wrong = form_change("reading", block.injection.injected_on, part="15", pain=1, rescue=True)
    take(block, wrong)
    take(
        block,
        replace(
            wrong,
            client_id=uuid.uuid4(),
            said={"pain": 1, "rescue": False},
            entered_at=wrong.entered_at + timedelta(minutes=1),
        ),
        form_change("reading", block.injection.injected_on, part="30", pain=1, rescue=False),
    )
    assert verdict(block) == "diagnostic:positive"


def test_a_pain_reliever_says_nothing_about_an_injection_that_treats(our):
    our.answer("reading", 0, part="30", pain=1, rescue=True)
    assert Track.objects.get(injection=our.injection).rescue is False


def test_of_two_phones_the_later_reading_counts_in_whatever_order_they_send(our):
    late = form_change("reading", our.injection.injected_on, part="30", pain=2)
    early = replace(
        late, client_id=uuid.uuid4(), said={"pain": 6}, entered_at=late.entered_at - timedelta(hours=1)
    )
    take(our, late)
    take(our, early)
    assert Reading.objects.get().pain == 2


def test_a_reading_of_a_day_without_an_injection_is_kept_and_counted_nowhere(our):
    our.answer("reading", 3, part="30", pain=2)
    assert Response.objects.count() == 1 and not Reading.objects.exists()


# --- By mail -----------------------------------------------------------------------------------------


def with_address(our):
    our.clinic.alert_email = "oncall@example.org"
    our.clinic.save()
    our.patient.refresh_from_db()


def test_a_sign_to_call_the_emergency_number_for_is_mailed_at_once_without_a_word_of_it(our):
    with_address(our)
    our.answer("check", 9, signs=["weakness"])
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.due_at) == ("oncall@example.org", NOW)
    said = f"{mail.subject} {mail.body}".lower()
    assert not [word for word in ("quill", "ada", "weak", "pain", "patient", "danger") if word in said]


@pytest.mark.parametrize("signs", [[], ["fever"]])
def test_what_can_wait_for_the_day_is_not_mailed(our, signs):
    with_address(our)
    our.answer("check", 9, signs=signs)
    assert not OutgoingMail.objects.exists()


def test_without_an_address_the_list_alone_says_it(our):
    our.answer("check", 9, signs=["weakness"])
    assert Alert.objects.exists() and not OutgoingMail.objects.exists()


def test_an_answer_sent_again_is_not_mailed_again(our):
    with_address(our)
    said = form_change("check", TODAY, signs=["weakness"])
    take(our, said)
    take(our, said)
    assert OutgoingMail.objects.count() == 1
