"""Signs of danger on the clinic's pages: first on the list, and gone once somebody saw to them."""

import pytest
from django.urls import reverse

from tests.cast import NOW, TODAY
from tracker.actions import clinic_texts
from tracker.domain.roles import Role
from tracker.models import Alert, Patient
from tracker.queries.worklist import worklist

pytestmark = pytest.mark.django_db


def record(cast):
    return reverse("clinic:patient", args=[cast.patient.public_id])


def seen_to(cast):
    return reverse("clinic:alerts_handled", args=[cast.patient.public_id])


def test_a_sign_of_danger_puts_its_patient_first_whatever_the_scores_say(our, desk):
    our.log({-3: 8, -2: 8, -1: 8, 2: 1, 3: 1, 4: 1, 8: 1, 9: 1})
    our.answer("check", 9, signs=["bladder"])
    line = worklist(actor=our.clinician, now=NOW).lines[0]
    assert line.attention.name == "RED" and line.reasons[0].startswith("Named a sign of danger")


def test_the_record_says_which_sign_and_when(our, desk):
    our.answer("check", 9, signs=["bladder", "fever"])
    html = desk.get(record(our)).text
    assert "You cannot pass urine" in html and "Fever of 100.4" in html and "At once" in html


def test_a_sign_is_told_in_the_words_that_the_patient_read(our, desk):
    boss = our.staff[Role.ADMINISTRATOR]
    reworded = {"language": "en", "name": "calling.today.signs.0", "text": "A fever of 101 °F or more"}
    clinic_texts.write(by=boss, now=NOW, **reworded)
    our.answer("check", 9, signs=["fever"])
    html = desk.get(record(our)).text
    assert "A fever of 101 °F or more" in html and "Fever of 100.4" not in html


def test_a_yes_before_the_injection_asks_for_a_call_until_it_was_seen_to(our, desk):
    our.answer("question", -1, part="has_infection", yes=True)
    line = worklist(actor=our.clinician, now=NOW).lines[0]
    assert line.attention.name == "BLUE" and line.reasons[0] == "Asks for a call: preparation"
    html = desk.get(record(our)).text
    assert "Yes to: Do you have a fever, a cough" in html and "Before the visit" in html
    assert "signs of danger" not in html
    desk.post(seen_to(our), {"up_to": Alert.objects.get().pk, "note": "rang, moved by a week"})
    html = desk.get(record(our)).text
    assert "Before the visit" not in html and "rang, moved by a week" in html
    assert "Asks for a call" not in str(worklist(actor=our.clinician, now=NOW).lines[0].reasons)


def test_a_question_that_only_a_newer_phone_knows_is_told_by_its_key(our, desk):
    our.answer("question", -1, part="has_<new>_implant", yes=True)
    assert "Yes to: has &lt;new&gt; implant" in desk.get(record(our)).text


def test_the_most_urgent_alert_heads_them_whichever_came_last(our, desk):
    our.answer("check", 9, signs=["bladder"])
    our.answer("question", -1, part="has_infection", yes=True)
    assert "At once: the patient named signs of danger" in desk.get(record(our)).text


def test_once_it_was_seen_to_it_leaves_the_top_and_stays_on_record(our, desk):
    our.answer("check", 9, signs=["bladder"])
    up_to = Alert.objects.get().pk
    desk.post(seen_to(our), {"up_to": up_to, "note": "rang, went to hospital"})
    assert Patient.objects.get(pk=our.patient.pk).alert_level == 0
    html = desk.get(record(our)).text
    assert "the patient named signs of danger" not in html
    assert "rang, went to hospital" in html and our.clinician.user.name in html


@pytest.mark.parametrize("up_to", ["", "0", "-1", "x", "\u0663"])
def test_a_page_that_showed_no_alert_sees_to_none(our, desk, up_to):
    our.answer("check", 9, signs=["bladder"])
    assert desk.post(seen_to(our), {"up_to": up_to}).status_code == 302
    assert Alert.objects.filter(handled_at=None).count() == 1


def test_questionnaires_are_listed_with_their_scores(our, desk):
    our.answer("peg", 0, pain=5, enjoyment=4, activity=4)
    our.answer("pgic", 0, change=2)
    html = desk.get(record(our)).text
    assert "4.3" in html and "2: Much improved" in html and f"{TODAY:%Y}" in html


def test_a_number_that_no_row_can_have_is_no_error(our, desk):
    our.answer("check", 9, signs=["bladder"])
    assert desk.post(seen_to(our), {"up_to": "9" * 400}).status_code == 302
