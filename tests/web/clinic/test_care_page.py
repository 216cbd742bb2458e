"""Preparation and aftercare: the form with its defaults, its refusals, and what a patient has not done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, ClinicCast
from tests.contracts.forms import CARE
from tracker.models import CarePlan, Injection, Patient


def address(our: ClinicCast) -> str:
    return reverse("clinic:care", args=[our.injection.public_id])


def test_the_form_begins_with_the_shipped_figures_and_no_hours_without_food(our, desk):
    html = desk.get(address(our)).text
    assert 'name="no_bath_hours" value="48"' in html
    assert 'name="fasting_hours"' in html and 'name="fasting_hours" value' not in html


def test_what_is_saved_is_shown_again(our, desk):
    answer = desk.post(address(our), CARE)
    assert answer.url == address(our)
    html = desk.get(answer.url).text
    assert 'value="08:30"' in html and 'name="fasting_hours" value="6"' in html
    assert "what we agreed on" in html and "The patient sees it at once." in html
    assert CarePlan.objects.get().injection_id == our.injection.pk


def test_moments_are_by_the_patients_clock(our, desk):
    Patient.objects.filter(pk=our.patient.pk).update(time_zone="America/New_York")
    last, again = our.injection.injected_on - timedelta(days=4), our.injection.injected_on
    thinner = {
        "thinner_plan": "as agreed",
        "prescriber_agreed": "on",
        "thinner_last_dose_at": f"{last}T20:00",
        "thinner_restart_at": f"{again}T21:30",
    }
    desk.post(address(our), CARE | thinner)
    assert CarePlan.objects.get().thinner_last_dose_at.hour == 0  # New York is four hours behind
    html = desk.get(address(our)).text
    assert f'value="{last}T20:00"' in html and f'value="{again}T21:30"' in html


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"fasting_hours": "13"}, "12"),
        ({"thinner_plan": "stop it"}, "Ask whoever prescribes the blood thinner first"),
        ({"ice_minutes": ""}, "required"),
        ({"clear_fluids_hours": "8"}, "Drinks end with the food"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(our, desk, wrong, words):
    answer = desk.post(address(our), CARE | wrong)
    assert answer.status_code == 422
    assert words in answer.text and "what we agreed on" in answer.text
    assert not CarePlan.objects.exists()


def test_what_the_patient_has_not_done_stands_beside_the_form(our, desk):
    our.answer("preparation", -1, part="driver", done=True)
    our.answer("question", -1, part="is_pregnant", yes=True)
    html = desk.get(address(our)).text
    assert html.count("<strong>done</strong>") == 1
    assert html.count("<strong>not done</strong>") == 2
    assert html.count("<strong>yes</strong>") == 1


def test_a_plan_for_another_date_is_said_to_be_one(our, desk):
    desk.post(address(our), CARE)
    assert "has moved since" not in desk.get(address(our)).text
    Injection.objects.filter(pk=our.injection.pk).update(injected_on=NOW.date())
    assert "has moved since this plan was written for 10 May 2026" in desk.get(address(our)).text


def test_the_injection_leads_there(our: ClinicCast, desk: Client) -> None:
    record = reverse("clinic:injection", args=[our.injection.public_id])
    assert f'href="{address(our)}"' in desk.get(record).text


def test_sugar_that_was_written_down_is_read_by_the_clinic_too(our, desk):
    desk.post(address(our), CARE | {"is_diabetic": "on", "sugar_limit": "250"})
    our.answer("sugar", 1, part="noon", mg_dl=180)
    our.answer("sugar", 2, part="night", mg_dl=251)
    html = desk.get(address(our)).text
    assert html.index("251, above the limit") < html.index("<strong>180</strong>")
    record = desk.get(reverse("clinic:injection", args=[our.injection.public_id])).text
    assert "Blood sugar 251 mg/dL" in record and "Blood sugar 180" not in record
