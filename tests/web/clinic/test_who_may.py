"""Every address of the clinic, for the colleague, the stranger and whoever is signed out."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD, ClinicCast
from tracker.domain.roles import PERMISSIONS, Permission, Role
from tracker.models import AuditEvent
from tracker.web.clinic.urls import urlpatterns

P = Permission

ROUTES: dict[str, tuple[str, str, Permission]] = {
    # name: (whose id it carries, method, what it needs)
    "worklist": ("", "get", P.SEE_PATIENTS),
    "patient_new": ("", "get", P.EDIT_PATIENTS),
    "patient": ("patient", "get", P.SEE_PATIENTS),
    "patient_edit": ("patient", "get", P.EDIT_PATIENTS),
    "invite": ("patient", "post", P.INVITE_PATIENTS),
    "injection_new": ("patient", "get", P.EDIT_INJECTIONS),
    "injection": ("injection", "get", P.SEE_PATIENTS),
    "injection_edit": ("injection", "get", P.EDIT_INJECTIONS),
    "baseline": ("injection", "get", P.CORRECT_BASELINE),
    "reading_new": ("injection", "get", P.EDIT_INJECTIONS),
    "diary_new": ("injection", "get", P.EDIT_PATIENTS),
    "accept": ("injection", "post", P.ACCEPT_ENTRIES),
    "case": ("injection", "get", P.SEE_PATIENTS),
    "chart": ("injection", "get", P.SEE_PATIENTS),
    "picture": ("injection", "get", P.SEE_PATIENTS),
    "picture_png": ("injection", "get", P.SEE_PATIENTS),
}
OWNED = [name for name, (whose, _, _) in ROUTES.items() if whose]


def address(name: str, cast: ClinicCast) -> str:
    whose = ROUTES[name][0]
    ids = [getattr(cast, whose).public_id] if whose else []
    return reverse(f"clinic:{name}", args=[*ids, *([uuid.uuid4()] if name == "accept" else [])])


def knock(client: Client, name: str, cast: ClinicCast):
    return getattr(client, ROUTES[name][1])(address(name, cast))


def signed_in(cast: ClinicCast, role: Role) -> Client:
    client = Client()
    assert client.login(email=cast.staff[role].user.email, password=PASSWORD)
    return client


def test_every_route_is_in_the_table() -> None:
    assert {route.name for route in urlpatterns} == set(ROUTES)


@pytest.mark.parametrize("route", urlpatterns, ids=lambda route: route.name)
def test_every_view_says_whom_it_is_for(route) -> None:
    assert route.callback.audience == ROUTES[route.name][2]


@pytest.mark.parametrize("name", ROUTES)
def test_who_is_signed_out_is_asked_to_sign_in(our: ClinicCast, still_clock: None, name: str) -> None:
    assert knock(Client(), name, our).url.startswith("/accounts/login/?next=/clinic/")


@pytest.mark.parametrize("name", ROUTES)
def test_a_patients_phone_is_asked_to_sign_in(our: ClinicCast, phone: Client, name: str) -> None:
    assert knock(phone, name, our).url.startswith("/accounts/login/")


@pytest.mark.parametrize("name", OWNED)
def test_another_clinics_rows_are_not_there(
    our: ClinicCast, their: ClinicCast, desk: Client, name: str
) -> None:
    events = AuditEvent.objects.count()
    answer = knock(desk, name, their)
    assert answer.status_code == 404
    assert "Canary" not in answer.text
    assert "There is nothing here for you" in answer.text
    assert AuditEvent.objects.count() == events


@pytest.mark.parametrize("role", [Role.NURSE, Role.AUDITOR, Role.ADMINISTRATOR])
@pytest.mark.parametrize("name", ROUTES)
def test_a_colleague_without_the_right_is_told_so(
    our: ClinicCast, still_clock: None, name: str, role: Role
) -> None:
    answer = knock(signed_in(our, role), name, our)
    assert (answer.status_code == 403) == (ROUTES[name][2] not in PERMISSIONS[role])


@pytest.mark.parametrize("name", [name for name, (_, method, _) in ROUTES.items() if method == "post"])
def test_what_changes_something_cannot_be_opened(our: ClinicCast, desk: Client, name: str) -> None:
    assert desk.get(address(name, our)).status_code == 405
