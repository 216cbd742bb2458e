"""Signs of danger on the clinic's pages: first on the list, and gone once somebody saw to them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.cast import NOW, TODAY, form_change, injection_record
from tracker.actions import clinic_texts, injections, responses
from tracker.domain.roles import Role
from tracker.models import Alert, Patient
from tracker.queries.patient_record import patient_record
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


def test_peg_is_told_with_its_change_against_the_one_before_the_injection(our, desk):
    our.answer("peg", -3, pain=7, enjoyment=7, activity=6)
    our.answer("peg", 0, pain=6, enjoyment=6, activity=6)
    our.answer("peg", 9, pain=5, enjoyment=5, activity=4)
    html = desk.get(record(our)).text
    assert '<td>6.7<span class="on">baseline</span></td>' in html and "<td>6.0</td>" in html
    assert (
        '<td>4.7<span class="on">−2.0 (−30.0\N{NO-BREAK SPACE}%) <strong>important</strong></span></td>'
        in html
    )


def test_a_worse_peg_is_told_with_a_plus(our, desk):
    our.answer("peg", -3, pain=3, enjoyment=3, activity=3)
    our.answer("peg", 9, pain=4, enjoyment=4, activity=4)
    assert '<span class="on">+1.0 (+33.3\N{NO-BREAK SPACE}%)</span>' in desk.get(record(our)).text


def test_without_a_peg_before_the_injection_there_is_no_change_to_tell(our, desk):
    our.answer("peg", 9, pain=5, enjoyment=5, activity=4)
    html = desk.get(record(our)).text
    assert "Without one in the week before the injection" in html and "important</strong>" not in html


@pytest.mark.parametrize(("region", "changes"), [("cervical", [-1, None]), ("thoracic", [-1, -3])])
def test_a_change_is_told_up_to_the_next_injection_of_the_same_region(our, region, changes):
    for day, score in ((-3, 7), (4, 6), (8, 4)):
        our.answer("peg", day, pain=score, enjoyment=score, activity=score)
    second = injection_record(injected_on=TODAY - timedelta(days=5), region=region)
    injections.add(by=our.clinician, patient=our.patient, record=second, agents=[], now=NOW)
    shown = patient_record(actor=our.clinician, now=NOW, injection=our.injection.public_id)
    told = {one.day: one.peg_change and one.peg_change.points for one in shown.answers.measures}
    assert [told[4], told[8]] == changes


def test_an_injection_that_was_not_performed_changed_nothing(our):
    for day in (-3, 8):
        our.answer("peg", day, pain=6, enjoyment=6, activity=6)
    record = injection_record(status="cancelled")
    injections.change(by=our.clinician, injection=our.injection, record=record, agents=[], now=NOW)
    shown = patient_record(actor=our.clinician, now=NOW, injection=our.injection.public_id)
    assert not any(one.peg_change or one.is_peg_baseline for one in shown.answers.measures)


def test_the_daily_checks_tell_on_which_days_a_pain_reliever_was_taken(our, desk):
    for day, rescue in ((1, {"rescue": False}), (3, {"rescue": True}), (5, {"rescue": True}), (6, {})):
        our.answer("check", day, signs=[], **rescue)
    html = desk.get(record(our)).text
    assert "answered on 4 of 11 days" in html
    assert "yes on 2 of 3 days (study day 3, 5). Less pain then may be the reliever’s." in html


def test_a_check_given_again_counts_once_and_as_it_was_said_last(our, desk):
    first = form_change("check", TODAY - timedelta(days=1), signs=[], rescue=True)
    again = form_change("check", first.day, signs=[], rescue=False)
    again = replace(again, entered_at=first.entered_at + timedelta(hours=1))
    responses.record(by=our.device, patient=our.patient, changes=[again, first], now=NOW)
    html = desk.get(record(our)).text
    assert "answered on 1 of 11 days" in html
    assert "Pain reliever beyond the usual: no on the 1 day that says." in html


def test_without_a_check_nothing_is_said_of_pain_relievers(our, desk):
    our.answer("peg", 9, pain=5, enjoyment=5, activity=4)
    html = desk.get(record(our)).text
    assert "Pain reliever beyond" not in html and "Check for signs of danger" not in html


def test_a_number_that_no_row_can_have_is_no_error(our, desk):
    our.answer("check", 9, signs=["bladder"])
    assert desk.post(seen_to(our), {"up_to": "9" * 400}).status_code == 302
