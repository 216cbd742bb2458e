"""The people of a clinic: who comes in, how, and how somebody stops coming in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.test import Client

from tests.cast import NOW, PASSWORD, make_staff
from tests.scopes import inside
from tracker.actions import clinics, staff, staff_links
from tracker.actions.staff_links import LinkOver
from tracker.domain.roles import Role
from tracker.models import AuditEvent, Clinic, Membership, StaffInvitation, User

pytestmark = pytest.mark.django_db

NEW = {"email": "Lee@Harbour.example", "name": "Lee", "role": Role.NURSE}
GOOD = "correct horse battery staple"


@pytest.fixture
def boss(our):
    return our.staff[Role.ADMINISTRATOR]


@pytest.fixture
def link(boss):
    return staff.invite(by=boss, now=NOW, **NEW)


def come_in(token: str, password: str = GOOD) -> User:
    return staff_links.welcome(token=token, name="Lee Marsh", password=password, now=NOW)


def test_who_is_invited_sets_a_name_and_a_password_and_can_sign_in(our, boss):
    link = staff.invite(by=boss, now=NOW, **NEW)
    assert not link.member.user.has_usable_password()
    glimpse = staff_links.look(token=link.token, now=NOW)
    assert (glimpse.clinic, glimpse.email) == ("harbour clinic", "lee@harbour.example")
    user = come_in(link.token)
    assert Client().login(email="lee@harbour.example", password=GOOD)
    assert (User.objects.get(pk=user.pk).name, link.member.role) == ("Lee Marsh", "nurse")


def test_only_hashes_of_links_are_kept(our, boss):
    link = staff.invite(by=boss, now=NOW, **NEW)
    kept = StaffInvitation.objects.get()
    assert len(kept.token_hash) == 32
    assert link.token not in str(list(StaffInvitation.objects.values()) + list(AuditEvent.objects.values()))


def test_a_link_works_once(our, boss):
    link = staff.invite(by=boss, now=NOW, **NEW)
    come_in(link.token)
    for use in (come_in, lambda token: staff_links.look(token=token, now=NOW)):
        with pytest.raises(LinkOver):
            use(link.token)


def test_of_two_who_use_a_link_at_once_one_gets_in(our, boss, monkeypatch):
    link = staff.invite(by=boss, now=NOW, **NEW)
    opened, meanwhile = staff_links._open, []

    def slow(token_hash, now):
        found = opened(token_hash, now)
        if not meanwhile:  # somebody else is faster between the look and the write
            meanwhile.append(True)
            come_in(link.token, "another good passphrase here")
        return found

    monkeypatch.setattr(staff_links, "_open", slow)
    with pytest.raises(LinkOver):
        come_in(link.token)
    assert Client().login(email="lee@harbour.example", password="another good passphrase here")


@pytest.mark.parametrize(("hours", "works"), [(71, True), (72, False)])
def test_a_link_lasts_72_hours(our, boss, hours, works):
    link, later = staff.invite(by=boss, now=NOW, **NEW), NOW + timedelta(hours=hours)
    if works:
        assert staff_links.look(token=link.token, now=later)
    else:
        with pytest.raises(LinkOver):
            staff_links.look(token=link.token, now=later)


@pytest.mark.parametrize("token", ["", "x", "K7Q", "ZZZ.abc", ".", "K7Q-4F2M-9TXB", "\x00.\x00"])
def test_what_is_no_link_gets_the_same_answer(our, token):
    with pytest.raises(LinkOver):
        staff_links.look(token=token, now=NOW)
    with pytest.raises(LinkOver):
        staff_links.look(token=f"{our.clinic.locator}.{token}", now=NOW)


@pytest.mark.parametrize("password", ["short", "password1234", "lee harbour clinic"])
def test_a_weak_password_leaves_the_link_as_it_was(our, boss, password):
    link = staff.invite(by=boss, now=NOW, **NEW)
    with pytest.raises(ValidationError):
        come_in(link.token, password)
    assert come_in(link.token)


def test_a_new_link_ends_the_one_before_the_password_and_every_session(our, boss):
    nurse, client = our.staff[Role.NURSE], Client()
    client.login(email=nurse.user.email, password=PASSWORD)
    assert client.get("/clinic/").status_code == 200
    first = staff.renew(by=boss, member=nurse, now=NOW)
    second = staff.renew(by=boss, member=nurse, now=NOW)
    assert client.get("/clinic/").status_code == 302
    assert not Authenticator.objects.filter(user=nurse.user).exists()
    assert not Client().login(email=nurse.user.email, password=PASSWORD)
    with pytest.raises(LinkOver):
        come_in(first.token)
    assert come_in(second.token)


def test_nobody_resets_themselves_by_a_link(our, boss):
    with pytest.raises(ValidationError, match="Your account"):
        staff.renew(by=boss, member=boss, now=NOW)


def test_a_role_that_was_changed_acts_on_the_next_request(our, boss):
    nurse, client = our.staff[Role.NURSE], Client()
    client.login(email=nurse.user.email, password=PASSWORD)
    assert client.get("/clinic/patients/new/").status_code == 200
    staff.change_role(by=boss, member=nurse, role=Role.AUDITOR, now=NOW)
    assert client.get("/clinic/patients/new/").status_code == 403
    event = AuditEvent.objects.filter(action="member.role").get()
    assert event.detail == {"before": "nurse", "after": "auditor"}


@pytest.mark.parametrize(
    ("change", "page", "api"), [({"role": Role.PATIENT}, 403, 403), ({"is_active": False}, 403, 401)]
)
def test_what_is_taken_in_the_database_is_gone_on_the_next_request(our, change, page, api):
    nurse, client = our.staff[Role.NURSE], Client()
    client.login(email=nurse.user.email, password=PASSWORD)
    assert client.get("/clinic/").status_code == client.get("/api/v1/worklist/").status_code == 200
    Membership.objects.filter(pk=nurse.pk).update(**change)
    assert (client.get("/clinic/").status_code, client.get("/api/v1/worklist/").status_code) == (page, api)


def test_ended_access_ends_sessions_pages_and_the_api_at_once(our, boss):
    nurse, client = our.staff[Role.NURSE], Client()
    client.login(email=nurse.user.email, password=PASSWORD)
    link = staff.renew(by=boss, member=our.staff[Role.AUDITOR], now=NOW)
    staff.end(by=boss, member=nurse, now=NOW)
    staff.end(by=boss, member=our.staff[Role.AUDITOR], now=NOW)
    assert client.get("/clinic/").status_code == 302
    assert client.get("/api/v1/worklist/").status_code == 401
    assert not Authenticator.objects.filter(user=nurse.user).exists()
    assert not Client().login(email=nurse.user.email, password=PASSWORD)
    with pytest.raises(LinkOver):
        come_in(link.token)


def test_who_is_let_back_in_sets_a_new_password(our, boss):
    nurse = our.staff[Role.NURSE]
    staff.end(by=boss, member=nurse, now=NOW)
    with pytest.raises(ValidationError, match="back in first"):
        staff.renew(by=boss, member=Membership.objects.get(pk=nurse.pk), now=NOW)
    link = staff.restore(by=boss, member=nurse, now=NOW)
    assert not Client().login(email=nurse.user.email, password=PASSWORD)
    assert come_in(link.token).email == nurse.user.email
    with pytest.raises(ValidationError, match="access already"):
        staff.restore(by=boss, member=nurse, now=NOW)


def test_the_last_administrator_can_neither_go_nor_be_demoted(our, boss):
    for attempt in (
        lambda: staff.end(by=boss, member=boss, now=NOW),
        lambda: staff.change_role(by=boss, member=boss, role=Role.NURSE, now=NOW),
    ):
        with pytest.raises(ValidationError, match="only administrator"):
            attempt()
    staff.invite(by=boss, now=NOW, **NEW | {"role": Role.ADMINISTRATOR})
    with pytest.raises(ValidationError, match="only administrator"):  # who was invited may never come
        staff.end(by=boss, member=boss, now=NOW)


def test_with_a_second_administrator_the_first_may_go(our, boss):
    second = make_staff(our.clinic, Role.ADMINISTRATOR, word="second")
    staff.change_role(by=boss, member=boss, role=Role.NURSE, now=NOW)
    with pytest.raises(ValidationError, match="only administrator"):
        staff.end(by=second, member=second, now=NOW)


@pytest.fixture
def second(our, boss):
    return make_staff(our.clinic, Role.ADMINISTRATOR, word="second")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", [staff.end, lambda **said: staff.change_role(role=Role.NURSE, **said)])
def test_of_two_administrators_who_remove_each_other_at_once_one_stays(our, boss, second, at_once, what):
    def removing(by, member):
        def remove():
            try:
                what(by=by, member=member, now=NOW)
            except ValidationError:
                return "refused"
            return "done"

        return remove

    assert sorted(at_once(removing(boss, second), removing(second, boss))) == ["done", "refused"]


@pytest.mark.django_db(transaction=True)
def test_of_several_who_use_a_link_at_once_over_several_connections_one_gets_in(our, boss, link, at_once):
    def use():
        try:
            return come_in(link.token).email
        except LinkOver:
            return "over"

    assert sorted(at_once(*[use] * 4)) == ["lee@harbour.example", *["over"] * 3]


def test_an_administrator_who_was_only_invited_may_go(our, boss):
    link = staff.invite(by=boss, now=NOW, **NEW | {"role": Role.ADMINISTRATOR})
    staff.end(by=boss, member=link.member, now=NOW)
    assert not Membership.objects.get(pk=link.member.pk).is_active


def test_a_patients_role_is_none_of_staff(our, boss):
    for role in (Role.PATIENT, Role.PROXY):
        with pytest.raises(ValidationError, match="no role of staff"):
            staff.invite(by=boss, now=NOW, **NEW | {"role": role})
        with pytest.raises(ValidationError, match="no role of staff"):
            staff.change_role(by=boss, member=our.staff[Role.NURSE], role=role, now=NOW)


def test_an_address_that_is_known_is_neither_invited_nor_taken_over(our, their, boss):
    def refused(email):
        with pytest.raises(ValidationError) as found:
            staff.invite(by=boss, now=NOW, **NEW | {"email": email})
        return found.value.message_dict["email"][0]

    assert "on the team already" in refused(our.clinician.user.email.upper())
    staff.end(by=boss, member=our.clinician, now=NOW)
    assert "was on the team before" in refused(our.clinician.user.email)
    assert refused(their.clinician.user.email) == "This address cannot be invited. Take another one."
    assert Client().login(email=their.clinician.user.email, password=PASSWORD)


def test_who_works_for_two_clinics_keeps_the_way_into_the_other_one(our, their, boss):
    both = Membership.objects.create(clinic=our.clinic, user=their.clinician.user, role=Role.NURSE)
    with pytest.raises(ValidationError, match="another clinic"):
        staff.renew(by=boss, member=both, now=NOW)
    staff.end(by=boss, member=both, now=NOW)
    assert Client().login(email=their.clinician.user.email, password=PASSWORD)


def test_a_clinic_without_any_way_in_is_helped_by_its_operator(our, boss):
    readmit = {"clinic": our.clinic, "name": "Kim", "now": NOW}
    with pytest.raises(ValidationError, match="who can sign in"):
        staff.readmit(email="kim@harbour.example", **readmit)
    link = staff.readmit(email=boss.user.email, **readmit)
    assert link.member == boss and come_in(link.token)
    staff.readmit(email=boss.user.email, **readmit)  # lost again: nobody can sign in now
    fresh = staff.readmit(email="kim@harbour.example", **readmit)
    assert fresh.member.role == Role.ADMINISTRATOR
    with inside(our):
        assert set(AuditEvent.objects.filter(action="member.renew").values_list("actor", flat=True)) == {
            "system"
        }


def test_a_clinics_own_settings_are_audited_by_their_names(our, boss):
    known = clinics.ClinicChoices(
        phone="555 0199", emergency_number="112", on_call_phone="", on_call_hours="", keep_years=12
    )
    clinics.change(by=boss, choices=known, now=NOW)
    clinic = Clinic.objects.get(pk=our.clinic.pk)
    assert (clinic.phone, clinic.keep_years) == ("555 0199", 12)
    assert AuditEvent.objects.latest("id").detail == {"fields": ["emergency_number", "keep_years", "phone"]}
    for wrong in (
        {"keep_years": -1},
        {"keep_years": 31},
        {"emergency_number": ""},
        {"emergency_number": "nine one one"},
        {"on_call_hours": "at night"},
    ):
        with pytest.raises(ValidationError):
            clinics.change(by=boss, choices=replace(known, **wrong), now=NOW)
