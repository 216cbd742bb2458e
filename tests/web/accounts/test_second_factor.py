"""Nobody of the staff works with a password alone: what opens without a second factor, how one is set up."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import ClinicCast
from tests.factors import SECRET, code, confirm
from tracker.actions import staff_secrets
from tracker.models import Clinic, Membership, User
from tracker.queries import staff_account
from tracker.web.accounts.guards import ENROLLING, ENTRANCE

ENROL, APP, CODES = "/accounts/second-factor/", "/accounts/second-factor/app/", "/accounts/codes/"


@pytest.fixture
def newcomer(our: ClinicCast) -> User:
    """Our clinician, who has not set up a second factor yet."""
    Authenticator.objects.all().delete()
    return our.clinician.user


@pytest.fixture
def half_in(newcomer: User, signed_in) -> Client:
    client = signed_in(newcomer)
    confirm(client)
    return client


def routes(resolver: URLResolver, prefix: str = "/") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the product, with something in the place of every id."""
    for pattern in resolver.url_patterns:
        path = prefix + re.sub(r"[\^$]", "", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, path)
        else:
            path = re.sub(r"<int:\w+>", "1", path)
            yield re.sub(r"<\w*:?\w+>", str(uuid.uuid4()), path), pattern


def test_before_a_second_factor_no_page_opens_but_those_that_set_one_up(newcomer: User, signed_in) -> None:
    opened = set()
    for path, pattern in routes(get_resolver()):
        client = signed_in(newcomer)
        for answer in (client.get(path), client.post(path)):
            audience = getattr(pattern.callback, "audience", None)
            if path.startswith("/api/"):  # 401: an address of patients' phones
                assert answer.status_code in (401, 403, 404, 405) or audience == "everybody", path
            elif audience in (ENROLLING, ENTRANCE):
                opened.add(pattern.name)
            else:
                assert (answer.status_code, answer.headers.get("Location")) in ((302, ENROL), (404, None)), (
                    path
                )
    assert opened == {
        *("account_login", "account_logout", "account_inactive", "mfa_login_webauthn", "mfa_authenticate"),
        *("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
        *("account_enrol", "account_app", "account_passkey", "session_left", "session_stay"),
        "account_welcome",
    }


def test_the_api_says_what_is_missing_and_shows_nothing(half_in: Client) -> None:
    answer = half_in.get("/api/v1/worklist/")
    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:onset:second-factor"
    assert "Quill" not in answer.text


def test_signing_out_works_before_a_second_factor(half_in: Client) -> None:
    assert half_in.post("/accounts/logout/").url == "/accounts/login/"
    assert half_in.get("/clinic/").url.startswith("/accounts/login/")


def test_a_patients_phone_is_asked_for_no_second_factor(phone: Client) -> None:
    assert phone.get("/diary/").status_code == 200


def test_an_app_is_set_up_by_its_first_code_and_recovery_codes_are_shown_once(
    half_in: Client, newcomer: User, events
) -> None:
    page = half_in.get(APP).text
    secret = staff_secrets.unseal(half_in.session["new_app_secret"])
    assert " ".join(re.findall("....", secret)) in page
    assert "<svg" in page
    answer = half_in.post(APP, {"code": code(secret=secret)})
    shown = re.findall(r"<li>(\d{8})</li>", answer.text)
    assert len(set(shown)) == 10
    assert all(f"%0A{one}" in answer.text for one in shown)  # the file to keep
    assert events() == [("factor.add", "done")]
    assert half_in.get("/clinic/").status_code == 200
    assert not any(
        one in half_in.get(address).text for one in shown for address in (APP, CODES, "/accounts/")
    )


def test_a_reload_keeps_the_secret_that_the_app_has_read(half_in: Client) -> None:
    first = half_in.get(APP).text
    assert (
        half_in.get(APP).text.partition('class="secret">')[2][:40]
        == first.partition('class="secret">')[2][:40]
    )


def test_a_wrong_first_code_sets_up_nothing_and_says_what_to_do(half_in: Client, newcomer: User) -> None:
    half_in.get(APP)
    answer = half_in.post(APP, {"code": "000000"})
    assert answer.status_code == 422
    assert "let your telephone set its clock by itself" in answer.text
    assert not Authenticator.objects.exists()


def test_guessing_the_first_code_is_limited_as_well(half_in: Client) -> None:
    half_in.get(APP)
    answers = [half_in.post(APP, {"code": "000000"}).text for _ in range(6)]
    assert "Too many attempts" in answers[-1]
    secret = staff_secrets.unseal(half_in.session["new_app_secret"])
    assert half_in.post(APP, {"code": code(secret=secret)}).status_code == 422


def test_the_code_that_set_the_app_up_does_not_sign_in_again(half_in: Client, newcomer: User) -> None:
    half_in.get(APP)
    first = code(secret=staff_secrets.unseal(half_in.session["new_app_secret"]))
    half_in.post(APP, {"code": first})
    client = Client()
    client.post("/accounts/login/", {"login": newcomer.email, "password": "a long enough password"})
    assert "used already" in client.post("/accounts/login/second/", {"code": first}).text


def test_setting_up_asks_again_who_is_there_after_five_minutes(half_in: Client, clock) -> None:
    clock.shift(5 * 60 + 1)
    assert half_in.get(APP).url == f"/accounts/confirm/?next={APP}"


def test_a_new_telephone_takes_the_place_of_the_lost_one(our: ClinicCast, signed_in) -> None:
    client = signed_in(our.clinician.user)
    confirm(client)
    assert "takes the place of the app you have now" in client.get(APP).text
    secret = staff_secrets.unseal(client.session["new_app_secret"])
    client.post(APP, {"code": code(secret=secret)})
    app = Authenticator.objects.get(user=our.clinician.user, type="totp")
    assert staff_secrets.unseal(app.data["secret"]) == secret != SECRET


def test_nothing_that_could_make_a_code_stands_in_the_database_or_the_session(
    half_in: Client, newcomer: User
) -> None:
    half_in.get(APP)
    kept = str(dict(half_in.session.items()))
    secret = staff_secrets.unseal(half_in.session["new_app_secret"])
    assert secret not in kept
    shown = half_in.post(APP, {"code": code(secret=secret)}).text
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert not [one for one in re.findall(r"<li>(\d{8})</li>", shown) if one in stored]
    codes = Authenticator.objects.get(user=newcomer, type="recovery_codes")
    assert len(staff_secrets.unseal(codes.data["seed"])) == 80
    assert staff_secrets.unseal(codes.data["seed"]) not in stored


# --- the demo --------------------------------------------------------------------------------------------


@pytest.fixture
def of_a_demo(newcomer: User, our: ClinicCast) -> User:
    Clinic.objects.filter(pk=our.clinic.pk).update(is_demo=True)
    return newcomer


def must_enrol(user: User) -> bool:
    found = staff_account.signed_in_user(user.pk)
    assert found is not None
    return staff_account.must_enrol(found)


def test_staff_of_a_demo_need_no_second_factor_on_their_own_machine(of_a_demo: User, signed_in) -> None:
    client = signed_in(of_a_demo)
    assert client.get("/clinic/").status_code == 200
    assert client.get("/api/v1/worklist/").status_code == 200
    assert "which only a demo allows" in client.get("/accounts/").text


def test_with_https_staff_of_a_demo_need_one_like_everybody(of_a_demo: User, settings) -> None:
    settings.HTTPS = True
    assert must_enrol(of_a_demo)


def test_staff_of_a_demo_and_of_a_real_clinic_need_one(of_a_demo: User, their: ClinicCast) -> None:
    assert not must_enrol(of_a_demo)
    Membership.objects.create(clinic=their.clinic, user=of_a_demo, role="nurse")
    assert must_enrol(of_a_demo)


def test_nobodys_staff_need_one(newcomer: User, of_a_demo: User) -> None:
    Membership.objects.filter(user=newcomer).update(is_active=False)
    assert must_enrol(newcomer)


def test_recovery_codes_alone_are_no_second_factor(newcomer: User) -> None:
    Authenticator.objects.create(user=newcomer, type="recovery_codes", data={})
    assert must_enrol(newcomer)
