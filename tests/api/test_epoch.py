"""What a phone is told about the database's life, a text to agree to, and how its holder likes to save."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.api.bodies import SYNC, entry, post
from tests.api.test_outbox import joined
from tests.api.test_sync import statuses
from tests.cast import NOW, make_caregiver
from tracker.actions import epochs
from tracker.domain.consent import CURRENT
from tracker.models import Patient

pytestmark = pytest.mark.django_db

SESSION, MINE = "/api/v1/session/", "/api/v1/mine/"


def test_everybody_is_told_the_same_epoch_until_another_one_begins(phone):
    told = {client.get(SESSION).json()["epoch"] for client in (phone, Client(), phone)}
    assert told == {str(epochs.current())}
    begun = epochs.begin(now=NOW)
    assert phone.get(SESSION).json()["epoch"] == str(begun)


def test_asking_writes_nothing(phone, django_assert_max_num_queries):
    phone.get("/diary/")  # the last use is kept to the day
    for client in (phone, Client()):
        with django_assert_max_num_queries(20) as asked:
            client.get(SESSION)
        verbs = {statement["sql"].split()[0] for statement in asked}
        assert not verbs & {"INSERT", "UPDATE", "DELETE"}


@pytest.mark.parametrize("is_on", [True, False])
def test_a_phone_is_told_whether_two_taps_save(phone, is_on):
    Patient.objects.update(two_taps=is_on)
    assert phone.get(MINE).json()["two_taps"] is is_on


@pytest.mark.parametrize(("version", "asks"), [(CURRENT, False), ("2020-01", True), ("", True)])
def test_a_phone_is_told_when_there_is_a_text_to_agree_to(phone, version, asks):
    Patient.objects.update(consent_version=version)
    assert phone.get(MINE).json()["has_to_agree"] is asks


def test_a_phone_that_has_the_copy_hears_of_a_new_text(phone):
    etag = phone.get(MINE).headers["ETag"]
    Patient.objects.update(consent_version="2020-01")
    answer = phone.get(MINE, headers={"if-none-match": etag})
    assert answer.status_code == 200 and answer.json()["has_to_agree"]


def test_who_took_consent_back_is_not_asked_again(phone):
    Patient.objects.update(withdrawn_at=NOW)
    assert phone.get(MINE).json()["has_to_agree"] is False


def test_what_waits_is_taken_before_the_new_text_is_agreed_to(phone):
    Patient.objects.update(consent_version="2020-01")
    assert statuses(post(phone, SYNC, {"changes": [entry()]}).json()["results"]) == ["created"]


def test_a_caregiver_is_asked_for_nobody_s_consent(our, still_clock):
    Patient.objects.update(consent_version="2020-01")
    helper = joined(our, caregiver=make_caregiver(our.patient))
    assert helper.get(MINE).json()["has_to_agree"] is False
