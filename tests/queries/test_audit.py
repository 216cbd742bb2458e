"""What the trail says of one person or phone, page by page, in names that its reader may see."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import NOW, ClinicCast, make_caregiver, make_device, make_patient
from tests.scopes import inside
from tracker.actions import audit, care_team
from tracker.domain.roles import Role
from tracker.models import Patient
from tracker.queries import audit as queries
from tracker.queries.audit import NoSuchActor, NoSuchEvent, actor_words, emergencies, seen_by, whole_event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]

HOUR = timedelta(hours=1)


@pytest.fixture
def auditor(our: ClinicCast):
    return our.staff[Role.AUDITOR]


@pytest.fixture
def nurse(our: ClinicCast):
    return our.staff[Role.NURSE]


def look(our: ClinicCast, by, *, ago: timedelta = timedelta(), **what) -> None:
    audit.record(
        by=by,
        clinic_id=our.clinic.pk,
        now=NOW - ago,
        **({"action": "view", "subject": "clinic:patient", "patient_id": our.patient.pk} | what),
    )


def seen(our: ClinicCast, reader, by, *, since=NOW - HOUR, until=NOW + HOUR, **more):
    return seen_by(actor=reader, of=audit.actor_name(by), since=since, until=until, **more)


def test_what_one_person_did_is_there_and_nothing_of_others(our, auditor, nurse):
    look(our, nurse)
    look(our, our.clinician)
    look(our, nurse, patient_id=None, patients=[our.patient.pk, 4711], subject="clinic:worklist")
    newest, before = seen(our, auditor, nurse).lines
    assert (newest.subject, newest.patient, newest.several) == ("clinic:worklist", None, 2)
    assert (before.patient.name, before.patient.public_id) == ("Quill, Ada", our.patient.public_id)


def test_the_span_begins_with_its_first_moment_and_ends_before_its_last(our, auditor, nurse):
    for ago in (3, 2, 1, 0):
        look(our, nurse, ago=ago * HOUR)
    found = seen(our, auditor, nurse, since=NOW - 2 * HOUR, until=NOW)
    assert [line.at for line in found.lines] == [NOW - HOUR, NOW - 2 * HOUR]


def test_pages_follow_each_other_without_a_gap_also_within_one_moment(our, auditor, nurse, monkeypatch):
    monkeypatch.setattr(queries, "PAGE_SIZE", 3)
    for _ in range(8):
        look(our, nurse)
    found, numbers = seen(our, auditor, nurse), []
    while True:
        numbers += [line.number for line in found.lines]
        if found.earlier is None:
            break
        found = seen(our, auditor, nurse, earlier=found.earlier)
    assert len(numbers) == 8 and numbers == sorted(set(numbers), reverse=True)


@pytest.mark.parametrize("earlier", ["", "x", "1", ".", "1.x", "9" * 40 + ".1", "\0"])
def test_a_place_that_is_none_opens_the_first_page(our, auditor, nurse, earlier):
    look(our, nurse)
    assert len(seen(our, auditor, nurse, earlier=earlier).lines) == 1


def test_the_statements_do_not_grow_with_the_events(our, auditor, nurse, django_assert_num_queries):
    for number in range(30):
        look(our, nurse, patient_id=make_patient(our.clinic, given="A", family="B", number=f"h{number}").pk)
    with django_assert_num_queries(3):
        assert len(seen(our, auditor, nurse).lines) == 30


def test_a_restricted_and_an_erased_record_have_no_name(our, auditor, nurse):
    look(our, nurse, patient_id=4711)
    look(our, nurse)
    Patient.objects.filter(pk=our.patient.pk).update(is_restricted=True)
    restricted, erased = seen(our, auditor, nurse).lines
    assert (restricted.patient.name, restricted.patient.public_id) == ("Restricted record harbour-1", None)
    assert (erased.patient.name, erased.patient.public_id) == ("Erased record 4711", None)


def test_actors_have_words(our, auditor, nurse):
    helper, _ = make_device(our.patient, our.clinician, caregiver=make_caregiver(our.patient))
    words = {by: actor_words(actor=auditor, of=audit.actor_name(by)) for by in (nurse, our.device, helper)}
    assert list(words.values()) == [
        "nurse of harbour, nurse",
        "the phone of Quill, Ada",
        "the phone of Wilma Quaint, for Quill, Ada",
    ]


@pytest.mark.parametrize(
    "of", ["", "staff:", "staff:0", "staff:x", "staff:4711", "device:4711", "system", "staff:1 "]
)
def test_who_is_no_actor_is_not_there(our, auditor, of):
    with pytest.raises(NoSuchActor):
        actor_words(actor=auditor, of=of)


def test_an_actor_of_another_clinic_is_not_there(our, their, auditor):
    for by in (their.clinician, their.device):
        with pytest.raises(NoSuchActor):
            actor_words(actor=auditor, of=audit.actor_name(by))


def test_one_event_tells_everything_it_says(our, auditor, nurse):
    other = make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    ids = [our.patient.pk, other.pk, 4711]
    look(our, nurse, patient_id=None, patients=ids, fields=["phone", "name"], count=2, outcome="refused")
    number = seen(our, auditor, nurse).lines[0].number
    event = whole_event(actor=auditor, number=number)
    assert [one.name for one in event.patients] == ["Ebb, Nils", "Erased record 4711", "Quill, Ada"]
    assert event.detail == (("count", "2"), ("fields", "phone, name"))
    assert event.seen.is_refused and event.actor == audit.actor_name(nurse)


def test_an_event_of_another_clinic_is_not_there(our, their, auditor):
    with inside(their):
        for _ in range(30):
            audit.record(by=None, clinic_id=their.clinic.pk, action="test.add", now=NOW)
    with pytest.raises(NoSuchEvent):
        whole_event(actor=auditor, number=30)


def test_emergencies_of_the_last_90_days_with_their_reasons(our, auditor, nurse):
    Patient.objects.filter(pk=our.patient.pk).update(is_restricted=True)
    our.patient.is_restricted = True
    for days, why in ((91, "long ago"), (1, "fever")):
        care_team.open_in_emergency(by=nurse, patient=our.patient, reason=why, now=NOW - timedelta(days=days))
    (found,) = emergencies(actor=auditor, now=NOW)
    assert (found.reason, found.who) == ("fever", "nurse of harbour, nurse")
    assert (found.patient.name, found.until - found.at) == ("Restricted record harbour-1", 4 * HOUR)
