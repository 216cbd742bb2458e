"""The pages on which administrators word what patients read, and what patients then read."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cast import TODAY
from tests.desks import desk_that_confirmed
from tracker.content.calling import CALLING
from tracker.content.course import COURSE
from tracker.content.leaves import leaves
from tracker.domain.attention import Level
from tracker.domain.forms import SIGNS
from tracker.domain.roles import Role
from tracker.models import Clinic, ClinicText, Response

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(our, still_clock):
    return desk_that_confirmed(our.staff[Role.ADMINISTRATOR].user.email)


def page_of(name: str) -> str:
    return reverse("clinic:text", args=["en", name])


def test_every_sentence_of_a_text_is_listed_with_a_way_to_word_it(boss):
    html = boss.get(reverse("clinic:texts", args=["en", "course"])).text
    for name in leaves(COURSE["en"]):
        assert page_of(f"course.{name}") in html
    for wrong in (("en", "diary"), ("xx", "course")):
        assert boss.get(reverse("clinic:texts", args=wrong)).status_code == 404


def test_the_sentences_of_a_language_lead_to_their_own_pages_and_are_marked_as_such(boss):
    html = boss.get(reverse("clinic:texts", args=["es", "course"])).text
    assert '<html lang="en"' in html and 'lang="es" dir="auto"' in html
    for name in leaves(COURSE["en"]):
        assert reverse("clinic:text", args=["es", f"course.{name}"]) in html
    spanish = reverse("clinic:texts", args=["es", "course"])
    assert f'href="{spanish}" hreflang="es" aria-current="page"' in html


def test_a_wording_is_looked_at_saved_and_taken_back(boss, phone):
    address = page_of("course.phases.full_effect.usual")
    hard = "Amelioration materialises incrementally until approximately day {last}."
    looked = boss.post(address, {"text": hard, "do": "look"})
    assert "materialises incrementally" in looked.text and "harder than grade 6" in looked.text
    assert not ClinicText.objects.exists()
    assert boss.post(address, {"text": "You may need {last} days.", "do": "save"}).url == address
    assert "You may need 14 days." in phone.get(reverse("patient:course")).text
    assert "You may need {last} days." in boss.get(address).text
    assert phone.get("/api/v1/mine/").json()["course"]["phases"][3]["usual"] == "You may need 14 days."
    boss.post(address, {"text": "", "do": "save"})
    assert "You may need" not in phone.get(reverse("patient:course")).text
    assert "Go back to this" in boss.get(address).text


def test_a_wording_without_its_gap_is_refused_beside_the_field(boss):
    answer = boss.post(page_of("course.messages.points_lower"), {"text": "Lower.", "do": "save"})
    assert answer.status_code == 422 and "Keep the gaps as they are: {points}." in answer.text
    assert boss.get(page_of("diary.pain.today")).status_code == 404


def test_a_phone_keeps_the_signs_as_the_clinic_words_them(boss, our, phone):
    assert phone.get("/api/v1/mine/").json()["signs"] is None
    boss.post(page_of("course.flare"), {"text": "It may rise.", "do": "save"})
    assert phone.get("/api/v1/mine/").json()["signs"] is None
    boss.post(page_of("calling.usual.signs.0"), {"text": "A sore spot", "do": "save"})
    kept = phone.get("/api/v1/mine/").json()["signs"]
    assert kept["usual"]["signs"][0] == "A sore spot"
    assert kept["emergency"]["title"] == "Call 911 now"
    version = Clinic.objects.get(pk=our.clinic.pk).texts_version
    assert kept["version"] == f"{CALLING['en'].version} {version.hex[:8]}"


def test_signs_are_worded_and_added_and_what_was_shown_is_kept_with_the_answer(boss, our, phone):
    end = len(CALLING["en"].emergency.signs)
    boss.post(page_of("calling.emergency.signs.0"), {"text": "A <b>weak</b> arm or leg", "do": "save"})
    boss.post(page_of(f"calling.emergency.signs.{end}"), {"text": "A cold hand", "do": "save"})
    html = phone.get(reverse("patient:call")).text
    assert "A &lt;b&gt;weak&lt;/b&gt; arm or leg" in html and "A cold hand" in html
    check = reverse("patient:answer", args=[TODAY, "check"])
    form = phone.get(check).text
    assert "A &lt;b&gt;weak&lt;/b&gt; arm or leg" in form
    assert form.count('name="signs"') == len(SIGNS[Level.RED]) + len(SIGNS[Level.ORANGE])
    sent = {"client_id": "11111111-2222-4333-8444-555555555556", "button": "none"}
    assert phone.post(check, sent).status_code == 302
    shown = Response.objects.get(form="check").said["words"]
    our.clinic.refresh_from_db()
    assert shown == f"{CALLING['en'].version} {our.clinic.texts_version.hex[:8]}"
