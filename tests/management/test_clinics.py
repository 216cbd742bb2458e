import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.cast import PASSWORD
from tracker.models import AuditEvent, Clinic, Membership, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(monkeypatch):
    """What comes in on standard input."""

    def typed(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    return typed


def add_staff(clinic: int, email: str = "lee@ridge.example", role: str = "nurse") -> None:
    call_command("add_staff", str(clinic), email, "--name", "Lee", "--role", role)


def test_a_clinic_and_its_first_member_can_be_made_from_the_shell(typed, client: Client):
    call_command("add_clinic", "Ridge", "--time-zone", "Europe/Berlin", "--phone", "030 1")
    clinic = Clinic.objects.get()
    typed(PASSWORD + "\n")
    add_staff(clinic.pk)
    assert client.login(email="lee@ridge.example", password=PASSWORD)
    assert Membership.objects.get().role == "nurse"
    assert list(AuditEvent.objects.values_list("actor", "action")) == [
        ("system", "clinic.add"),
        ("system", "member.add"),
    ]


def test_an_unknown_time_zone_is_refused_with_an_example():
    with pytest.raises(CommandError, match="Europe/Berlin"):
        call_command("add_clinic", "Ridge", "--time-zone", "Mars/Base")
    assert not Clinic.objects.exists()


@pytest.mark.parametrize("password", ["short", "password1234"])
def test_a_weak_password_is_refused_and_nobody_is_made(our, typed, password):
    before = User.objects.count()
    typed(password)
    with pytest.raises(CommandError):
        add_staff(our.clinic.pk)
    assert User.objects.count() == before


def test_an_address_that_is_taken_and_a_clinic_that_is_not_there_are_named(our, typed):
    typed(PASSWORD)
    with pytest.raises(CommandError, match="already exists"):
        add_staff(our.clinic.pk, email=our.clinician.user.email)
    with pytest.raises(CommandError, match="no clinic 4711"):
        add_staff(4711)
