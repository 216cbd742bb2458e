"""What becomes of second factors, and what the audit trail learns of it."""

from __future__ import annotations

import secrets

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from tests.actions.conftest import AtOnce
from tests.cast import NOW, ClinicCast
from tests.factors import SECRET, code, enrolled
from tests.scopes import outside
from tracker.actions import second_factors, staff_secrets
from tracker.actions.second_factors import LastFactor
from tracker.models import AuditEvent, User
from tracker.models.sealed import CannotUnseal
from tracker.queries.staff_account import factors_of

PASSKEY = {"id": "AA", "rawId": "AA", "type": "public-key"}


def add_passkey(user: User, name: str = "Desk") -> Authenticator:
    second_factors.add_passkey(user=user, name=name, credential=PASSKEY, now=NOW)
    return Authenticator.objects.get(user=user, type="webauthn", data__name=name)


@pytest.fixture
def clinician(our: ClinicCast) -> User:
    return our.clinician.user


def last_event() -> tuple[str, str, str, dict[str, object]]:
    event = AuditEvent.objects.latest("id")
    return event.action, event.actor, event.subject, event.detail


@pytest.mark.django_db
def test_the_first_factor_brings_recovery_codes_and_the_next_ones_do_not(clinician: User) -> None:
    Authenticator.objects.all().delete()
    assert len(second_factors.add_app(user=clinician, secret=SECRET, step=1, now=NOW)) == 10
    assert second_factors.add_passkey(user=clinician, name="Desk", credential=PASSKEY, now=NOW) == []
    assert [(one.name, one.is_passkey) for one in factors_of(clinician).main] == [
        ("Authenticator app", False),
        ("Desk", True),
    ]


@pytest.mark.django_db
def test_adding_is_on_record_with_its_kind_and_nothing_else(our: ClinicCast, clinician: User) -> None:
    add_passkey(clinician)
    who = f"staff:{our.clinician.pk}"
    assert last_event() == ("factor.add", who, who, {"kind": "webauthn", "replaced": False})
    second_factors.add_app(user=clinician, secret=SECRET, step=1, now=NOW)
    assert last_event()[3] == {"kind": "totp", "replaced": True}


@pytest.mark.django_db
def test_the_last_factor_cannot_be_removed_whatever_codes_there_are(clinician: User) -> None:
    second_factors.renew_codes(user=clinician, now=NOW)
    app = Authenticator.objects.get(user=clinician, type="totp")
    with pytest.raises(LastFactor):
        second_factors.remove(user=clinician, factor_id=app.pk, now=NOW)
    add_passkey(clinician)
    second_factors.remove(user=clinician, factor_id=app.pk, now=NOW)
    assert last_event()[0] == "factor.remove"
    assert [one.name for one in factors_of(clinician).main] == ["Desk"]


@pytest.mark.django_db
def test_somebody_elses_factor_is_not_there(our: ClinicCast, their: ClinicCast, clinician: User) -> None:
    add_passkey(clinician)
    with pytest.raises(Authenticator.DoesNotExist):
        second_factors.remove(
            user=clinician,
            factor_id=Authenticator.objects.get(user=their.clinician.user, type="totp").pk,
            now=NOW,
        )


@pytest.mark.django_db
def test_recovery_codes_are_no_factor_to_remove(clinician: User) -> None:
    add_passkey(clinician)
    second_factors.renew_codes(user=clinician, now=NOW)
    codes = Authenticator.objects.get(user=clinician, type="recovery_codes")
    with pytest.raises(Authenticator.DoesNotExist):
        second_factors.remove(user=clinician, factor_id=codes.pk, now=NOW)


@pytest.mark.django_db
def test_whoever_lost_everything_begins_anew(our: ClinicCast, clinician: User) -> None:
    add_passkey(clinician)
    second_factors.forget_all(user=clinician, now=NOW)
    assert factors_of(clinician) == type(factors_of(clinician))(main=(), codes_left=None)


@pytest.mark.django_db
def test_secrets_are_read_with_the_old_key_and_sealed_with_the_new_one(clinician: User, settings) -> None:
    codes = second_factors.renew_codes(user=clinician, now=NOW)
    (old,), new = settings.FIELD_KEYS, secrets.token_bytes(32)
    settings.FIELD_KEYS = [new, old]
    assert staff_secrets.reseal() == 5  # four members of staff with an app, one with recovery codes
    settings.FIELD_KEYS = [new]
    app = Authenticator.objects.get(user=clinician, type="totp")
    assert staff_secrets.unseal(app.data["secret"]) == SECRET
    assert app.data["last_step"] == 0
    assert Authenticator.objects.get(type="recovery_codes").wrap().generate_codes() == codes
    settings.FIELD_KEYS = [old]
    with pytest.raises(CannotUnseal):
        staff_secrets.unseal(app.data["secret"])


@pytest.mark.django_db(transaction=True)
def test_of_several_at_once_who_type_the_same_code_one_comes_in(our: ClinicCast, at_once: AtOnce) -> None:
    user, typed, now = our.clinician.user, code(), timezone.now()
    taken = at_once(*[lambda: second_factors.spend_code(user=user, code=typed, now=now)] * 8)
    assert len([one for one in taken if one is not None]) == 1


@pytest.mark.django_db
def test_a_user_of_no_clinic_has_factors_and_leaves_no_event(our: ClinicCast) -> None:
    nobody = User.objects.create_user(email="nobody@example.org", name="Nobody")
    before = AuditEvent.objects.count()
    with outside():
        add_passkey(enrolled(nobody))
    assert AuditEvent.objects.count() == before
