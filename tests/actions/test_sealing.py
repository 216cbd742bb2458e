"""Replacing the field key: every sealed column moves to the new one, and the old one opens nothing more."""

from __future__ import annotations

import io
import secrets

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from tests.cast import NOW, ClinicCast
from tests.factors import SECRET
from tests.scopes import inside, outside
from tracker.actions import outbox, sealing, staff_secrets
from tracker.content.mails import Letter
from tracker.models import AuditEvent, OutgoingMail, Patient
from tracker.models.sealed import CannotUnseal
from tracker.tenancy import TenantModel

pytestmark = pytest.mark.django_db


def fill(cast: ClinicCast, mails: int = 3) -> None:
    with inside(cast):
        Patient.objects.update(email="ada@example.org")
        for number in range(mails):
            letter = Letter("Your code", f"body {number}")
            outbox.put(
                clinic_id=cast.clinic.pk,
                patient_id=cast.patient.pk,
                key=f"code:{number}",
                to="a@b.example",
                letter=letter,
                now=NOW,
            )


def contents(cast: ClinicCast) -> list[object]:
    with inside(cast):
        mails = OutgoingMail.objects.order_by("pk").values_list("recipient", "body")
        return [*Patient.objects.values_list("email", flat=True), *mails]


def rows(*casts: ClinicCast) -> int:
    """How many rows there are in tables with sealed columns."""
    found = 0
    for cast in casts:
        with inside(cast):
            found += sum(model.objects.count() for model, _ in sealing.sealed_columns())
    return found


def reseal() -> str:
    out = io.StringIO()
    with outside():
        call_command("reseal", stdout=out)
    return out.getvalue()


def test_every_row_of_every_clinic_is_sealed_with_the_newest_key(our, their, settings, monkeypatch):
    monkeypatch.setattr(sealing, "ROWS_AT_A_TIME", 2)
    fill(our)
    fill(their)
    before = contents(our), contents(their)
    (old,), new = settings.FIELD_KEYS, secrets.token_bytes(32)
    settings.FIELD_KEYS = [new, old]
    factors = len(our.staff) + len(their.staff)  # an authenticator app each
    assert reseal() == f"{rows(our, their) + factors} rows sealed with the newest key.\n"
    settings.FIELD_KEYS = [new]
    assert (contents(our), contents(their)) == before
    settings.FIELD_KEYS = [old]
    with pytest.raises(CannotUnseal):
        contents(our)


def test_it_is_on_record_how_many_rows_and_when(our):
    fill(our, mails=1)
    reseal()
    event = AuditEvent.objects.latest("number")
    assert (event.action, event.actor, event.detail) == (
        "clinic.reseal",
        "system",
        {"rows": rows(our)},
    )


def test_it_may_be_run_again(our):
    fill(our)
    before = contents(our)
    assert reseal() == reseal()
    assert contents(our) == before


def test_without_the_old_key_it_stops_says_why_and_changes_nothing(our, settings):
    fill(our)
    before, old = contents(our), settings.FIELD_KEYS
    settings.FIELD_KEYS = [secrets.token_bytes(32)]
    with pytest.raises(CommandError, match=r"ONSET_FIELD_KEYS_OLD.*Keep every old key"):
        reseal()
    settings.FIELD_KEYS = old
    assert contents(our) == before


def test_no_sealed_column_is_out_of_its_reach():
    tables = dict(sealing.sealed_columns())
    assert "email" in tables[Patient] and {"recipient", "body"} == set(tables[OutgoingMail])
    assert all(issubclass(model, TenantModel) for model in tables)


def test_second_factors_of_staff_move_to_the_newest_key_as_well(our, settings):
    (old,), new = settings.FIELD_KEYS, secrets.token_bytes(32)
    settings.FIELD_KEYS = [new, old]
    reseal()
    settings.FIELD_KEYS = [new]
    kept = Authenticator.objects.filter(user=our.clinician.user).values_list("data", flat=True)
    assert [staff_secrets.unseal(data["secret"]) for data in kept] == [SECRET]
