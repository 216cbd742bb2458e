"""Helpers on the patient's phone: naming one, the code for them, ending them."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, TODAY, make_caregiver, make_device, make_patient
from tracker.actions import invitations
from tracker.models import Caregiver, Device

LIST, NEW, CODE = (reverse(f"patient:{name}") for name in ("caregivers", "caregiver_new", "caregiver_code"))
BEA = {"name": "Bea Quill", "relation": "daughter", "may_log": "on", "from_on": str(TODAY), "to_on": ""}
LATER = NOW + timedelta(minutes=30)


def end(caregiver: Caregiver) -> str:
    return reverse("patient:caregiver_end", args=[caregiver.pk])


def test_a_helper_is_named_gets_a_code_and_gets_in_with_it(our, phone):
    named = phone.post(NEW, BEA)
    bea = Caregiver.objects.get()
    assert named.url == f"{CODE}?for={bea.pk}"
    html = phone.get(named.url).text
    assert "Bea Quill is named." in html and "checked" in html.split("<main")[1]
    shown = phone.post(CODE, {"caregiver": bea.pk}).text
    code = shown.split('big-code code">')[1].split("<")[0]
    assert f"/join/#{our.clinic.locator}." in shown
    helper = Client()
    joining = helper.post(reverse("patient:join"), {"code": code, "born_on": str(our.patient.born_on)})
    assert joining.status_code == 302
    assert Device.objects.latest("id").caregiver == bea
    assert "Bea Quill" in phone.get(LIST).text and "1 phone." in phone.get(LIST).text


def test_nothing_is_ticked_beforehand_and_today_is_the_first_day(phone):
    html = phone.get(NEW).text.split("<main")[1]
    assert "checked" not in html and f'value="{TODAY}"' in html


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": " "}, "Write the helper&#x27;s name."),
        ({"may_log": ""}, "Choose at least one thing"),
        ({"to_on": str(TODAY - timedelta(days=1))}, "The last day is before the first"),
        ({"from_on": "soon"}, "This is no date"),
    ],
)
def test_what_is_missing_is_said_beside_it_and_nobody_is_named(phone, wrong, words):
    answer = phone.post(NEW, BEA | wrong)
    assert answer.status_code == 422 and words in answer.text
    assert not Caregiver.objects.exists()


def test_a_sixth_helper_is_refused_with_what_to_do(our, phone):
    for _ in range(5):
        make_caregiver(our.patient)
    answer = phone.post(NEW, BEA)
    assert answer.status_code == 422 and "End one of them first" in answer.text


def test_later_naming_and_codes_need_a_step_up_and_ending_does_not(our, phone):
    bea = make_caregiver(our.patient)
    with time_machine.travel(LATER, tick=False):
        for page in (NEW, CODE):
            for answer in (phone.get(page), phone.post(page, BEA | {"caregiver": bea.pk})):
                assert answer.url.startswith(reverse("patient:confirm"))
        assert phone.get(LIST).status_code == 200
        assert phone.get(end(bea)).status_code == 200
        assert phone.post(end(bea)).url == LIST
    assert Caregiver.objects.get().ended_at == LATER


def test_an_ended_helper_stays_in_sight_and_gets_no_code(our, phone):
    bea = make_caregiver(our.patient, name="Bea Quill")
    phone.post(end(bea))
    assert "Bea Quill cannot open your diary any more." in (html := phone.get(LIST).text)
    assert "Ended" in html
    assert "Name a helper first" in phone.get(CODE).text
    assert phone.post(CODE, {"caregiver": bea.pk}).status_code == 422
    assert phone.get(end(bea)).status_code == 404


def test_another_patients_helper_is_not_there(our, phone):
    neighbour = make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    theirs = make_caregiver(neighbour, name="Canary Bird")
    make_caregiver(our.patient)
    assert phone.get(end(theirs)).status_code == phone.post(end(theirs)).status_code == 404
    assert phone.post(CODE, {"caregiver": theirs.pk}).status_code == 422
    assert "Canary" not in phone.get(LIST).text


def test_a_helper_has_no_say_about_helpers(our, still_clock):
    bea = make_caregiver(our.patient)
    client = Client()
    client.cookies[settings.DEVICE_COOKIE_NAME] = make_device(our.patient, our.clinician, caregiver=bea)[1]
    for page in (LIST, NEW, CODE, end(bea)):
        assert client.get(page).status_code == client.post(page).status_code == 403
    assert LIST not in client.get(reverse("patient:you")).text


def test_a_code_that_waits_is_told(our, phone):
    bea = make_caregiver(our.patient)
    assert "Has no phone yet" in phone.get(LIST).text
    invitations.issue(by=our.clinician, patient=our.patient, caregiver=bea, now=NOW)
    assert "Has a code, and has not used it yet" in phone.get(LIST).text


def test_the_list_takes_the_same_statements_for_one_and_for_five(our, django_assert_max_num_queries):
    from tracker.queries.caregivers import caregivers

    for _ in range(5):
        make_caregiver(our.patient)
    with django_assert_max_num_queries(1):
        assert len(caregivers(patient=our.patient, now=NOW)) == 5
