"""Passkeys as far as they go without a browser: what is offered, and what is refused without falling over."""

from __future__ import annotations

import html
import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.cast import NOW, PASSWORD, ClinicCast
from tests.factors import confirm
from tests.scopes import outside
from tracker.actions import second_factors

ALONE, SECOND, CONFIRM = "/accounts/login/passkey/", "/accounts/login/second/", "/accounts/confirm/passkey/"
ADD = "/accounts/second-factor/passkey/"

SHAPED = {
    "id": "AAAA",
    "rawId": "AAAA",
    "type": "public-key",
    "response": {
        "clientDataJSON": "e30",
        "attestationObject": "oA",
        "authenticatorData": "A" * 50,
        "signature": "AAAA",
        "userHandle": "MQ",
    },
}
POISON = [
    *("", "null", "[]", "{}", "1", '"x"', "nonsense", "[" * 100_000, '{"id":' * 2000, "\x00"),
    *(
        json.dumps(SHAPED | {name: value})
        for name in ("id", "rawId", "type")
        for value in (None, 5, [], "!", "é")
    ),
    *(json.dumps(SHAPED | {"response": value}) for value in (None, [], "x", 5, {})),
    *(
        json.dumps(SHAPED | {"response": SHAPED["response"] | {name: value}})
        for name in SHAPED["response"]
        for value in (None, 5, "", "!", "////", "A" * 5000, "ew", "oWFh", "v2Fh")
    ),
    json.dumps(SHAPED | {"clientExtensionResults": 5}),
    json.dumps(SHAPED),
]
EVERY_POISON = pytest.mark.parametrize("poison", POISON, ids=range(len(POISON)))


def options(page: str) -> dict[str, object]:
    """What the page hands to the browser."""
    (found,) = re.findall(r'data-options="([^"]*)"', page)
    return json.loads(html.unescape(found))


@pytest.fixture
def desk(our: ClinicCast, signed_in) -> Client:
    client = signed_in(our.clinician.user)
    confirm(client)
    return client


@EVERY_POISON
def test_no_answer_of_a_forged_browser_signs_in_or_falls_over(our: ClinicCast, clock, poison: str) -> None:
    client = Client()
    assert client.get(ALONE, headers={"Accept": "application/json"}).status_code == 200
    answer = client.post(ALONE, {"credential": poison})
    assert answer.url == "/accounts/login/"
    assert "This passkey was not accepted" in client.get(answer.url).text
    assert client.get("/clinic/").status_code == 302


@EVERY_POISON
def test_no_forged_passkey_is_stored(desk: Client, poison: str) -> None:
    desk.get(ADD)
    assert desk.post(ADD, {"credential": poison, "name": "x"}).status_code == 422
    assert not Authenticator.objects.filter(type="webauthn").exists()


@EVERY_POISON
def test_no_forged_passkey_passes_the_second_step(our: ClinicCast, clock, poison: str) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": our.clinician.user.email, "password": PASSWORD})
    client.get(SECOND)
    assert client.post(SECOND, {"credential": poison}).status_code == 200
    assert client.get("/clinic/").status_code == 302


def test_a_new_passkey_has_to_know_its_holder_by_finger_face_or_pin(desk: Client) -> None:
    asked = options(desk.get(ADD).text)
    assert asked["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }
    assert asked["rp"] == {"id": "testserver", "name": "Onset"}
    assert asked["user"]["displayName"] == "clinician of harbour"


def test_signing_in_with_one_asks_for_the_holder_as_well_and_names_nobody(clock, db) -> None:
    asked = Client().get(ALONE, headers={"Accept": "application/json"}).json()["request_options"]["publicKey"]
    assert asked["userVerification"] == "required"
    assert asked["allowCredentials"] == []


def test_the_page_to_sign_in_asks_for_no_challenge_before_the_button_is_pressed(clock, db) -> None:
    client = Client()
    client.get("/accounts/login/")
    assert "session" not in client.cookies


def test_the_second_step_offers_a_passkey_only_to_who_has_one(our: ClinicCast, clock) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": our.clinician.user.email, "password": PASSWORD})
    assert "data-passkey" not in client.get(SECOND).text


def test_confirming_by_passkey_leads_on_to_another_way_where_there_is_none(desk: Client) -> None:
    assert desk.get(CONFIRM).url == "/accounts/confirm/"


def test_too_many_passkeys_from_one_place_are_refused(our: ClinicCast, clock) -> None:
    client = Client()
    answers = [client.post(ALONE, {"credential": json.dumps(SHAPED)}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [302] * 10 + [429]


def test_the_name_of_a_passkey_cannot_bring_markup(desk: Client, our: ClinicCast) -> None:
    with outside():
        second_factors.add_passkey(
            user=our.clinician.user, name="<script>alert(1)</script>", credential={}, now=NOW
        )
    assert "<script>alert" not in desk.get("/accounts/").text
