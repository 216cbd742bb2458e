"""`manage.py bootstrap`: the first way into a clinic, and the last one."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.cast import PASSWORD
from tests.scopes import inside
from tracker.models import AuditEvent, Clinic, Membership, User

pytestmark = pytest.mark.django_db

RIDGE = ("Ridge", "--time-zone", "Europe/Berlin", "--phone", "030 1", "--email", "lee@ridge.example")


def said(*arguments: str) -> str:
    out = io.StringIO()
    call_command("bootstrap", *arguments, stdout=out)
    return out.getvalue()


def test_a_new_clinic_has_an_administrator_and_no_password_that_anybody_was_given(settings):
    settings.ALLOWED_HOSTS, settings.HTTPS = ["127.0.0.1", "onset.example.org"], True
    printed = said(*RIDGE, "--name", "Lee Marsh")
    clinic, member = Clinic.objects.get(), Membership.objects.get()
    assert (member.role, member.user.name) == ("administrator", "Lee Marsh")
    assert not member.user.has_usable_password()
    link = printed.split()[-1]
    assert link.startswith(f"https://onset.example.org/accounts/welcome/#{clinic.locator}.")
    with inside(clinic):
        events = list(AuditEvent.objects.order_by("pk").values_list("actor", "action"))
    assert events == [("system", "clinic.add"), ("system", "member.invite")]


def test_the_link_opens_the_clinic():
    link = said(*RIDGE).split()[-1]
    assert link.startswith("http://localhost:8000/accounts/welcome/#")
    form = {"token": link, "name": "Lee", "password": PASSWORD}
    assert Client().post("/accounts/welcome/", form).status_code == 302
    assert Client().login(email="lee@ridge.example", password=PASSWORD)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["Ridge", "--time-zone", "Mars/Base", "--email", "a@ridge.example"], "Europe/Berlin"),
        (["Ridge", "--email", "a@ridge.example"], "--time-zone"),
        (["--email", "a@ridge.example"], "--clinic"),
        (["Ridge", "--clinic", "1", "--email", "a@ridge.example"], "--clinic"),
        (["Ridge", "--time-zone", "UTC", "--email", "nonsense"], "valid email"),
        (["--clinic", "4711", "--email", "a@ridge.example"], "no clinic 4711"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_made(arguments, words):
    with pytest.raises(CommandError, match=words):
        said(*arguments)
    assert not Clinic.objects.exists() and not User.objects.exists()


def test_a_clinic_that_is_there_is_not_made_again():
    said(*RIDGE)
    with pytest.raises(CommandError, match="number"):
        said(*RIDGE[:-1], "other@ridge.example")
    assert Clinic.objects.count() == 1


def test_a_clinic_with_an_administrator_gets_no_other_one_behind_their_back(our):
    number = str(our.clinic.pk)
    with pytest.raises(CommandError, match="who can sign in"):
        said("--clinic", number, "--email", "eve@example.org")


def test_an_administrator_who_lost_everything_gets_a_new_link(our):
    email = "administrator@harbour.example"
    printed = said("--clinic", str(our.clinic.pk), "--email", email)
    assert f"/accounts/welcome/#{our.clinic.locator}." in printed
    assert not Client().login(email=email, password=PASSWORD)
