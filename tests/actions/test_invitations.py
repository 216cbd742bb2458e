from datetime import timedelta

import pytest

from tests.cast import NOW
from tracker import access
from tracker.access import NotAllowed
from tracker.actions import invitations
from tracker.actions.invitations import NotRedeemable
from tracker.domain.roles import Role
from tracker.models import AuditEvent, Device, Invitation

pytestmark = pytest.mark.django_db


@pytest.fixture
def code(our):
    return invitations.issue(by=our.clinician, patient=our.patient, now=NOW)


def test_a_code_opens_a_device_once(our, code):
    token = invitations.redeem(code=code, device_name="iPhone", now=NOW)
    device = access.device_of(invitations.hash_token(token), now=NOW)
    assert (device.patient, device.name) == (our.patient, "iPhone")
    with pytest.raises(NotRedeemable):
        invitations.redeem(code=code, device_name="iPhone", now=NOW)


def test_a_code_may_be_typed_in_any_case_without_dashes_and_with_look_alikes(code):
    typed = code.replace("-", " ").lower().replace("0", "o").replace("1", "l")
    assert invitations.redeem(code=f" {typed} ", device_name="x", now=NOW)


@pytest.mark.parametrize("late", [timedelta(hours=72), timedelta(days=9)])
def test_after_72_hours_a_code_is_dead(code, late):
    with pytest.raises(NotRedeemable):
        invitations.redeem(code=code, device_name="x", now=NOW + late)


def test_a_new_code_voids_the_old_one(our, code):
    newer = invitations.issue(by=our.clinician, patient=our.patient, now=NOW)
    with pytest.raises(NotRedeemable):
        invitations.redeem(code=code, device_name="x", now=NOW)
    assert invitations.redeem(code=newer, device_name="x", now=NOW)


def test_neither_code_nor_token_is_stored(our, code):
    token = invitations.redeem(code=code, device_name="x", now=NOW)
    stored = [bytes(i.code_hash) for i in Invitation.objects.all()]
    stored += [bytes(d.token_hash) for d in Device.objects.all()]
    assert all(code.encode() not in row and token.encode() not in row for row in stored)


def test_an_ended_or_outdated_device_opens_nothing(our):
    hashed = bytes(our.device.token_hash)
    assert access.device_of(hashed, now=NOW)
    assert access.device_of(hashed, now=NOW + timedelta(days=181)) is None
    invitations.end_device(by=our.device, now=NOW)
    assert access.device_of(hashed, now=NOW) is None


def test_joining_again_ends_the_device_that_this_browser_was(our, code):
    token = invitations.redeem(code=code, device_name="x", now=NOW, replaces=our.device)
    assert access.device_of(bytes(our.device.token_hash), now=NOW) is None
    assert access.device_of(invitations.hash_token(token), now=NOW)
    ended = AuditEvent.objects.latest("id")
    assert (ended.action, ended.actor) == ("device.end", f"device:{our.device.pk}")


def test_a_wrong_code_ends_no_device(our, code):
    with pytest.raises(NotRedeemable):
        invitations.redeem(code="wrong", device_name="x", now=NOW, replaces=our.device)
    assert access.device_of(bytes(our.device.token_hash), now=NOW)


def test_an_auditor_invites_nobody(our):
    with pytest.raises(NotAllowed):
        invitations.issue(by=our.staff[Role.AUDITOR], patient=our.patient, now=NOW)


def test_every_step_is_audited(our, code):
    invitations.redeem(code=code, device_name="x", now=NOW)
    invitations.end_device(by=our.device, now=NOW)
    actions = list(AuditEvent.objects.order_by("id").values_list("action", flat=True))
    assert actions[-3:] == ["invitation.issue", "invitation.redeem", "device.end"]
