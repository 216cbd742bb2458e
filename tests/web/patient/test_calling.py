"""When to call."""

import pytest
from django.test import Client
from django.urls import reverse

from tracker.content.calling import ENGLISH

CALL = reverse("patient:call")


def test_anybody_reads_the_warning_signs_without_a_clinic(db):
    text = Client().get(CALL).text
    assert 'Call <bdi dir="ltr" data-emergency>911</bdi> now' in text
    for group in (ENGLISH.emergency, ENGLISH.today, ENGLISH.usual):
        assert group.title in text or group is ENGLISH.emergency
        assert all(sign in text for sign in group.signs)
    assert ENGLISH.not_watched in text
    assert 'href="tel:911"' in text
    assert text.count('href="tel:') == 1


def test_a_patient_can_tap_the_clinics_telephone(phone):
    text = phone.get(CALL).text
    assert 'href="tel:5550100"' in text and "harbour clinic" in text


def test_a_clinic_without_a_telephone_shows_none(our, phone):
    our.clinic.phone = ""
    our.clinic.save()
    assert phone.get(CALL).text.count('href="tel:') == 1


def test_a_clinics_own_numbers_take_the_place_of_the_usual_ones(our, phone):
    our.clinic.emergency_number, our.clinic.on_call_phone = "112", "+49 555 0177"
    our.clinic.on_call_hours = "at night <and> on Sunday"
    our.clinic.save()
    text = phone.get(CALL).text
    assert "911" not in text
    assert 'href="tel:112"' in text and 'href="tel:+495550177"' in text
    assert "at night &lt;and&gt; on Sunday" in text


@pytest.mark.parametrize("name", ["today", "course", "history", "leave"])
def test_every_page_leads_there(phone, name):
    assert f'href="{CALL}"' in phone.get(reverse(f"patient:{name}")).text
