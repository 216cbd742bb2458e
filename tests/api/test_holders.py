"""Who holds a phone: a patient and a caregiver are two people, also on one browser and about one diary."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from tests.api.bodies import SYNC, entry, post
from tests.api.test_outbox import joined
from tests.api.test_sync import statuses, sync
from tests.cast import NOW, make_caregiver
from tracker.access import Device, holder_of
from tracker.actions import invitations
from tracker.models import Caregiver, DiaryEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]

SESSION, MINE = "/api/v1/session/", "/api/v1/mine/"


@pytest.fixture
def caregiver(our) -> Caregiver:
    return make_caregiver(our.patient, may_log=True, may_read=True)


def owners(client: Client) -> set[str]:
    """Whoever the three places say that it is."""
    (page,) = re.findall('<meta name="diary-of" content="([^"]+)">', client.get("/diary/").text)
    return {page, client.get(SESSION).json()["owner"], client.get(MINE).json()["owner"]}


def test_a_patient_s_own_phone_is_known_by_the_patient_s_id(our, phone):
    assert owners(phone) == {str(our.patient.public_id)}


def test_a_caregiver_s_phone_has_an_id_of_its_own_and_the_next_one_has_the_same(our, caregiver):
    first, second = owners(joined(our, caregiver=caregiver)), owners(joined(our, caregiver=caregiver))
    assert first == second and len(first) == 1
    assert first != {str(our.patient.public_id)}


def test_two_caregivers_of_one_patient_are_two_people(our, caregiver):
    other = make_caregiver(our.patient, name="Cy")
    joined(our, caregiver=caregiver)
    joined(our, caregiver=other)
    phones = Device.objects.filter(caregiver__in=[caregiver, other])
    assert len({holder_of(device) for device in phones}) == 2


def test_a_caregiver_who_joins_on_the_patient_s_browser_is_another_holder(our, caregiver, phone):
    before = owners(phone)
    code = invitations.issue(by=our.clinician, patient=our.patient, caregiver=caregiver, now=NOW).code
    phone.post("/join/", {"code": code, "born_on": str(our.patient.born_on)})
    assert owners(phone).isdisjoint(before)


@pytest.mark.row(11)
def test_neither_hands_in_what_the_other_has_left(our, caregiver, phone):
    helper = joined(our, caregiver=caregiver)
    (patient_s,), (helper_s,) = owners(phone), owners(helper)
    for client, left_by in ((helper, patient_s), (phone, helper_s)):
        results = sync(client, entry(), entry(pain=11), owner=left_by)
        assert statuses(results) == ["wrong_owner"] * 2
    assert not DiaryEntry.objects.exists()


def test_a_caregiver_hands_in_what_they_logged_themselves(our, caregiver):
    helper = joined(our, caregiver=caregiver)
    (own,) = owners(helper)
    assert statuses(sync(helper, entry(), owner=own)) == ["created"]
    helper.cookies.pop(settings.DEVICE_COOKIE_NAME)
    late = post(helper, SYNC, {"changes": [entry(day="2026-05-19")], "owner": own})
    assert statuses(late.json()["results"]) == ["created"]
