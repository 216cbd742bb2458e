"""What led to an injection: the form, and what the sheet shows of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, TODAY, ClinicCast, injection_record
from tests.desks import desk_of
from tracker.actions import injections
from tracker.domain.roles import Role
from tracker.models import ConservativeCare, InjectionHistory

DONE = TODAY - timedelta(days=10)
FORM = {
    "care-TOTAL_FORMS": "5",
    "care-INITIAL_FORMS": "0",
    "pain_since": str(DONE - timedelta(weeks=12)),
    "imaging_kind": "mri",
    "imaging_on": str(DONE - timedelta(days=30)),
    "imaging_concordant": "yes",
    "imaging_finding": "disc herniation C5-C6, left",
    "care-0-kind": "physical_therapy",
    "care-0-from_on": str(DONE - timedelta(days=50)),
    "care-0-to_on": str(DONE - timedelta(days=8)),
    "care-0-result": "not_enough",
    "care-2-kind": "pain_medicine",
}


def form(our: ClinicCast) -> str:
    return reverse("clinic:history", args=[our.injection.public_id])


def sheet(our: ClinicCast, desk: Client) -> str:
    return desk.get(reverse("clinic:injection", args=[our.injection.public_id])).text


def test_nothing_is_on_record_at_first(our: ClinicCast, desk: Client) -> None:
    page = sheet(our, desk)
    assert "Nothing written down yet." in page
    assert page.count("<b>Missing:</b>") == 4


def test_it_is_saved_shown_and_there_again_in_the_form(our: ClinicCast, desk: Client) -> None:
    our.log({-3: 7, -2: 7, -1: 6})
    answer = desk.post(form(our), FORM)
    assert answer.url == reverse("clinic:injection", args=[our.injection.public_id])
    page = sheet(our, desk)
    for words in (
        "12 weeks (since 15 Feb 2026)",
        "MRI, 10 Apr 2026, concordant: yes",
        "disc herniation C5-C6, left",
        "Physical therapy, 21 Mar 2026 to 2 May 2026: some relief, not enough",
        "imaging is concordant",
        "3 scores from 0 to 10",
        "12 weeks; payers ask for 4 or more",
        "6 weeks with a result; payers ask for 4 or more",
    ):
        assert words in page
    assert page.count("<b>On record:</b>") == 4 and "<b>Missing:</b>" not in page
    again = desk.get(form(our)).text
    assert 'value="disc herniation C5-C6, left"' in again and 'value="2026-02-15"' in again
    assert list(ConservativeCare.objects.order_by("id").values_list("kind", flat=True)) == [
        "physical_therapy",
        "pain_medicine",
    ]


def test_steroids_beside_it_are_said_in_the_verdict(our: ClinicCast, desk: Client) -> None:
    our.log({-3: 7, -2: 7, -1: 7, 1: 6, 9: 3})
    assert "Confounded" not in sheet(our, desk)
    course = {"steroids_from": str(DONE + timedelta(days=2)), "steroids_to": str(DONE + timedelta(days=6))}
    desk.post(form(our), FORM | course)
    assert "Confounded: oral steroids 12 May 2026 to 16 May 2026" in sheet(our, desk)


def test_surgery_that_ended_the_episode_is_said_in_the_verdict(our: ClinicCast, desk: Client) -> None:
    record = injection_record(closed_on=DONE + timedelta(days=8), closed_reason="surgery")
    injections.change(by=our.clinician, injection=our.injection, record=record, agents=[], now=NOW)
    assert "Confounded: surgery on 18 May 2026" in sheet(our, desk)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"pain_weeks": "12"}, "not both"),
        ({"imaging_kind": ""}, "Say which imaging it was."),
        ({"care-1-result": "helped"}, "Say what was tried, or empty the row."),
        ({"care-0-to_on": "2020-01-01"}, "It cannot end before it begins."),
        ({"care-0-from_on": "2031-01-01", "care-0-to_on": ""}, "or lies ahead"),
        ({"steroids_to": str(TODAY)}, "Give its first day as well."),
        ({"pain_since": "soon"}, 'id="id_pain_since_error"'),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_saved(
    our: ClinicCast, desk: Client, wrong: dict[str, str], said: str
) -> None:
    answer = desk.post(form(our), FORM | wrong)
    assert answer.status_code == 422 and said in answer.text
    assert "disc herniation" in answer.text
    assert not InjectionHistory.objects.exists() and not ConservativeCare.objects.exists()


def test_who_may_only_look_gets_no_form(our: ClinicCast) -> None:
    desk = desk_of(our.staff[Role.AUDITOR].user.email)
    assert desk.get(form(our)).status_code == desk.post(form(our), FORM).status_code == 403
    assert form(our) not in sheet(our, desk)
