"""The team's pages and the clinic's settings, as an administrator uses them."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, PASSWORD, ClinicCast
from tests.desks import desk_that_confirmed
from tests.factors import confirm
from tracker.actions import staff
from tracker.domain.roles import Role
from tracker.models import AuditEvent, Clinic, Membership

TEAM = "/clinic/team/"
NEW = {"name": "Lee Marsh", "email": "lee@harbour.example", "role": "nurse"}


@pytest.fixture
def boss(our: ClinicCast, still_clock: None) -> Client:
    """Our administrator's browser, whose holder has just confirmed who they are."""
    return desk_that_confirmed(our.staff[Role.ADMINISTRATOR].user.email)


def link_in(page: str) -> str:
    found = re.search(r'value="(http://testserver/accounts/welcome/#[^"]+)"', page)
    assert found, "no link on the page"
    return found[1]


def member(our: ClinicCast, role: Role) -> str:
    return f"{TEAM}{our.staff[role].pk}/"


def test_the_team_is_shown_with_whether_each_can_come_in(our: ClinicCast, boss: Client) -> None:
    staff.invite(
        by=our.staff[Role.ADMINISTRATOR], email="lee@harbour.example", name="Lee", role=Role.NURSE, now=NOW
    )
    staff.end(by=our.staff[Role.ADMINISTRATOR], member=our.staff[Role.AUDITOR], now=NOW)
    page = boss.get(TEAM).text
    assert page.index("administrator of harbour") < page.index("nurse of harbour") < page.index("auditor of")
    assert "has a link until 23 May 19:30" in page
    assert re.search(r"Lee</a>.*?not yet", page, re.DOTALL)
    assert re.search(r"auditor of harbour.*?ended", page, re.DOTALL)


def test_the_number_of_statements_does_not_grow_with_the_team(our: ClinicCast, boss: Client) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            boss.get(TEAM)
        return len(asked)

    before = statements()
    for number in range(5):
        staff.invite(
            by=our.staff[Role.ADMINISTRATOR],
            email=f"{number}@harbour.example",
            name="New",
            role=Role.NURSE,
            now=NOW,
        )
    assert statements() == before


def test_who_is_invited_comes_in_by_the_link_that_is_shown_once(our: ClinicCast, boss: Client) -> None:
    page = boss.post(f"{TEAM}invite/", NEW)
    token = link_in(page.text)
    assert page.headers["Cache-Control"].count("no-store")
    form = {"token": token, "name": "Lee", "password": PASSWORD}
    assert Client().post("/accounts/welcome/", form).status_code == 302
    assert "welcome" not in boss.get(TEAM).text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "no address"}, "valid email"),
        ({"role": ""}, "required"),
        ({"role": "patient"}, "valid choice"),
        ({"email": "nurse@harbour.example"}, "on the team already"),
        ({"name": ""}, "required"),
    ],
)
def test_an_invitation_that_cannot_be_is_explained(boss: Client, changes: dict, words: str) -> None:
    before = Membership.objects.count()
    page = boss.post(f"{TEAM}invite/", NEW | changes)
    assert page.status_code == 422 and words in page.text
    assert Membership.objects.count() == before


def test_a_role_is_changed(our: ClinicCast, boss: Client) -> None:
    page = boss.post(f"{member(our, Role.NURSE)}role/", {"role": "auditor"}, follow=True)
    assert "nurse of harbour is auditor from now on." in page.text
    assert Membership.objects.get(pk=our.staff[Role.NURSE].pk).role == "auditor"


def test_a_lost_way_in_is_replaced_after_a_look_at_the_person(our: ClinicCast, boss: Client) -> None:
    assert "First make sure who asks" in boss.get(member(our, Role.NURSE)).text
    assert link_in(boss.post(f"{member(our, Role.NURSE)}link/").text)


def test_who_leaves_and_who_comes_back(our: ClinicCast, boss: Client) -> None:
    page = boss.post(f"{member(our, Role.NURSE)}end/", follow=True)
    assert "nurse of harbour cannot come in any more." in page.text
    assert "access has ended" in boss.get(member(our, Role.NURSE)).text
    assert link_in(boss.post(f"{member(our, Role.NURSE)}restore/").text)


def test_the_last_administrator_is_told_why_not(our: ClinicCast, boss: Client) -> None:
    own = member(our, Role.ADMINISTRATOR)
    assert "Lost the password" not in boss.get(own).text
    for what, form in (("end/", {}), ("role/", {"role": "nurse"})):
        page = boss.post(own + what, form)
        assert page.status_code == 422 and "Make somebody else administrator first" in page.text
    assert "Your account" in boss.post(f"{own}link/").text


def test_an_administrator_who_demotes_themselves_lands_where_they_still_may(
    our: ClinicCast, boss: Client
) -> None:
    staff.change_role(
        by=our.staff[Role.ADMINISTRATOR], member=our.clinician, role=Role.ADMINISTRATOR, now=NOW
    )
    page = boss.post(f"{member(our, Role.ADMINISTRATOR)}role/", {"role": "nurse"}, follow=True)
    assert page.redirect_chain[-1][0] == "/clinic/" and page.status_code == 200


def test_settings_are_kept_and_audited(our: ClinicCast, boss: Client) -> None:
    assert (
        boss.post(
            "/clinic/settings/", {"phone": "555 0199", "emergency_number": "112", "keep_years": "12"}
        ).status_code
        == 302
    )
    assert Clinic.objects.get(pk=our.clinic.pk).phone == "555 0199"
    assert AuditEvent.objects.latest("id").action == "clinic.change"
    page = boss.post("/clinic/settings/", {"phone": "", "keep_years": "31"})
    assert page.status_code == 422 and "less than or equal to 30" in page.text


def test_pages_of_the_team_ask_again_who_is_there(our: ClinicCast, boss: Client) -> None:
    confirm(boss, ago=301)
    for what in ("invite/", f"{our.staff[Role.NURSE].pk}/"):
        assert boss.get(TEAM + what).url.startswith("/accounts/confirm/")
    before = Membership.objects.filter(is_active=True).count()
    for what in ("role/", "link/", "end/"):
        answer = boss.post(member(our, Role.NURSE) + what, {"role": "auditor"})
        assert answer.url.startswith("/accounts/confirm/")
    assert boss.post("/clinic/settings/", {"phone": "1"}).url.startswith("/accounts/confirm/")
    assert Membership.objects.filter(is_active=True).count() == before
