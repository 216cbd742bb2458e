"""Every address of the clinic, for the colleague, the stranger and whoever is signed out."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, ClinicCast
from tests.desks import desk_that_confirmed
from tests.scopes import inside
from tracker.actions import protocols
from tracker.domain.roles import PERMISSIONS, STAFF_ROLES, Permission, Role
from tracker.models import AuditEvent
from tracker.web.clinic.urls import urlpatterns

P = Permission

ROUTES: dict[str, tuple[str, str, Permission]] = {
    # name: (whose id it carries, method, what it needs)
    "worklist": ("", "get", P.SEE_PATIENTS),
    "enrol": ("", "get", P.INVITE_PATIENTS),
    "phoneless": ("", "get", P.INVITE_PATIENTS),
    "code_state": ("event", "get", P.INVITE_PATIENTS),
    "phone_end": ("caregiver", "get", P.INVITE_PATIENTS),
    "consent": ("patient", "get", P.EDIT_PATIENTS),
    "patient_new": ("", "get", P.EDIT_PATIENTS),
    "patient": ("patient", "get", P.SEE_PATIENTS),
    "patient_edit": ("patient", "get", P.EDIT_PATIENTS),
    "invite": ("patient", "post", P.INVITE_PATIENTS),
    "caregivers": ("patient", "get", P.SEE_PATIENTS),
    "caregiver_new": ("patient", "get", P.MANAGE_CAREGIVERS),
    "caregiver_invite": ("caregiver", "post", P.MANAGE_CAREGIVERS),
    "caregiver_end": ("caregiver", "get", P.MANAGE_CAREGIVERS),
    "address": ("patient", "get", P.EDIT_PATIENTS),
    "code": ("patient", "get", P.INVITE_PATIENTS),
    "withdraw": ("patient", "get", P.EDIT_PATIENTS),
    "alerts_handled": ("patient", "post", P.EDIT_PATIENTS),
    "export": ("patient", "get", P.EXPORT_PATIENTS),
    "erase": ("patient", "get", P.ERASE_PATIENTS),
    "keep_longer": ("patient", "post", P.ERASE_PATIENTS),
    "erasures_due": ("", "get", P.ERASE_PATIENTS),
    "injection_new": ("patient", "get", P.EDIT_INJECTIONS),
    "injection": ("injection", "get", P.SEE_PATIENTS),
    "injection_edit": ("injection", "get", P.EDIT_INJECTIONS),
    "care": ("injection", "get", P.EDIT_INJECTIONS),
    "history": ("injection", "get", P.EDIT_INJECTIONS),
    "diary_paper": ("injection", "get", P.EDIT_PATIENTS),
    "diary_print": ("injection", "get", P.EDIT_PATIENTS),
    "diary_telephone": ("injection", "get", P.EDIT_PATIENTS),
    "series": ("injection", "get", P.SEE_PATIENTS),
    "series_chart": ("injection", "get", P.SEE_PATIENTS),
    "baseline": ("injection", "get", P.CORRECT_BASELINE),
    "reading_new": ("injection", "get", P.EDIT_INJECTIONS),
    "diary_new": ("injection", "get", P.EDIT_PATIENTS),
    "accept": ("injection", "post", P.ACCEPT_ENTRIES),
    "case": ("injection", "get", P.SEE_PATIENTS),
    "chart": ("injection", "get", P.SEE_PATIENTS),
    "picture": ("injection", "get", P.SEE_PATIENTS),
    "picture_png": ("injection", "get", P.SEE_PATIENTS),
    "team": ("", "get", P.MANAGE_STAFF),
    "team_invite": ("", "get", P.MANAGE_STAFF),
    "member": ("member", "get", P.MANAGE_STAFF),
    "member_role": ("member", "post", P.MANAGE_STAFF),
    "member_link": ("member", "post", P.MANAGE_STAFF),
    "member_end": ("member", "post", P.MANAGE_STAFF),
    "member_restore": ("member", "post", P.MANAGE_STAFF),
    "settings": ("", "get", P.EDIT_CLINIC),
    "texts": ("text", "get", P.EDIT_PROTOCOLS),
    "text": ("text", "get", P.EDIT_PROTOCOLS),
    "protocols": ("", "get", P.EDIT_PROTOCOLS),
    "protocol": ("protocol", "get", P.EDIT_PROTOCOLS),
    "protocol_edit": ("protocol", "get", P.EDIT_PROTOCOLS),
    "restricted": ("", "get", P.BREAK_GLASS),
    "emergency": ("patient", "get", P.BREAK_GLASS),
    "care_team": ("patient", "get", P.RESTRICT_PATIENTS),
    "looked": ("patient", "get", P.SEE_AUDIT),
    "audit": ("", "get", P.SEE_AUDIT),
    "audit_seen": ("", "get", P.SEE_AUDIT),
    "audit_week": ("", "get", P.SEE_AUDIT),
    "audit_event": ("event", "get", P.SEE_AUDIT),
}
OWNED = [name for name, (whose, _, _) in ROUTES.items() if whose not in ("", "text")]


def address(name: str, cast: ClinicCast) -> str:
    whose = ROUTES[name][0]
    if whose == "member":
        return reverse(f"clinic:{name}", args=[cast.staff[Role.NURSE].pk])
    if whose == "caregiver":
        return reverse(f"clinic:{name}", args=[cast.patient.public_id, 4711])
    if whose == "text":
        return reverse(f"clinic:{name}", args=["en", "calling" if name == "texts" else "calling.when"])
    if whose == "protocol":
        with inside(cast):
            by = cast.staff[Role.ADMINISTRATOR]
            made = protocols.copy(by=by, key="lumbar-interlaminar", now=NOW)
        return reverse(f"clinic:{name}", args=[made.public_id])
    if whose == "event":
        return reverse(f"clinic:{name}", args=[4711])
    ids = [getattr(cast, whose).public_id] if whose else []
    return reverse(f"clinic:{name}", args=[*ids, *([uuid.uuid4()] if name == "accept" else [])])


def knock(client: Client, name: str, cast: ClinicCast):
    return getattr(client, ROUTES[name][1])(address(name, cast))


def signed_in(cast: ClinicCast, role: Role) -> Client:
    """A browser of that role, whose holder has just confirmed who they are."""
    return desk_that_confirmed(cast.staff[role].user.email)


def who_may(name: str) -> Role:
    """A role for which the page is."""
    return next(role for role in STAFF_ROLES if ROUTES[name][2] in PERMISSIONS[role])


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
    our: ClinicCast, their: ClinicCast, still_clock: None, name: str
) -> None:
    client = signed_in(our, who_may(name))
    events = AuditEvent.objects.count()
    answer = knock(client, name, their)
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
def test_what_changes_something_cannot_be_opened(our: ClinicCast, still_clock: None, name: str) -> None:
    assert signed_in(our, who_may(name)).get(address(name, our)).status_code == 405
