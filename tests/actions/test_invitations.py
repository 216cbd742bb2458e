"""What opens a phone, once, for whom it was meant."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cast import NOW, make_caregiver, make_device
from tests.scopes import inside, outside
from tracker import access
from tracker.access import DeviceEnded, NotAllowed
from tracker.actions import codes, devices, invitations
from tracker.actions.devices import Keys
from tracker.actions.invitations import NotRedeemable, WrongBirthDate
from tracker.domain.roles import Role
from tracker.models import AuditEvent, Device, Invitation

pytestmark = pytest.mark.django_db


@pytest.fixture
def code(our):
    return invitations.issue(by=our.clinician, patient=our.patient, now=NOW).code


def redeem(cast, typed: str, *, born_on: date | None = None, now=NOW) -> Keys:
    return invitations.redeem(
        typed=typed, born_on=born_on or cast.patient.born_on, device_name="iPhone", now=now
    )


def device_of(keys: Keys, now=NOW) -> Device | None:
    return access.device_of(token_hash=devices.read_key(keys.session).secret_hash, now=now)


def test_a_code_opens_a_device_once(our, code):
    device = device_of(redeem(our, code))
    assert (device.patient, device.name) == (our.patient, "iPhone")
    with pytest.raises(NotRedeemable):
        redeem(our, code)


def test_a_link_opens_the_same_device_as_its_code(our):
    issued = invitations.issue(by=our.clinician, patient=our.patient, now=NOW)
    assert device_of(redeem(our, issued.token)).patient == our.patient
    with pytest.raises(NotRedeemable):
        redeem(our, issued.code)


def test_a_code_may_be_typed_in_any_case_without_dashes_and_with_look_alikes(our, code):
    typed = code.replace("-", " ").lower().replace("0", "o").replace("1", "l")
    assert redeem(our, f" {typed} ")


def test_a_look_shows_the_clinic_and_an_initial_and_redeems_nothing(our, code):
    for _ in range(2):
        whose = invitations.look(typed=code, now=NOW)
        assert (whose.clinic, whose.initial, whose.is_for_caregiver) == ("harbour clinic", "A", False)
    assert redeem(our, code)


@pytest.mark.parametrize("late", [timedelta(hours=72), timedelta(days=9)])
def test_after_72_hours_a_code_is_dead(our, code, late):
    with pytest.raises(NotRedeemable):
        invitations.look(typed=code, now=NOW + late)
    with pytest.raises(NotRedeemable):
        redeem(our, code, now=NOW + late)


def test_a_new_code_voids_the_old_one(our, code):
    newer = invitations.issue(by=our.clinician, patient=our.patient, now=NOW)
    with pytest.raises(NotRedeemable):
        redeem(our, code)
    assert redeem(our, newer.code)


def test_five_wrong_dates_of_birth_void_the_code_and_the_count_stays(our, code):
    wrong = our.patient.born_on + timedelta(days=1)
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(WrongBirthDate) as error:
            redeem(our, code, born_on=wrong)
        assert error.value.tries_left == left
    for born_on in (wrong, None):  # the right date comes too late
        with pytest.raises(NotRedeemable):
            redeem(our, code, born_on=born_on)
    assert Invitation.objects.latest("id").void_reason == "tries"
    assert [event.action for event in AuditEvent.objects.order_by("-id")[:2]] == [
        "invitation.lock",
        "invitation.wrong_birth_date",
    ]


def test_a_code_is_looked_for_in_its_own_clinic(our, their, code):
    with inside(their):
        theirs = invitations.issue(by=their.clinician, patient=their.patient, now=NOW).code
    moved = theirs.split("-")[0] + code[3:]
    with inside(their), pytest.raises(NotRedeemable):
        redeem(our, moved)
    with pytest.raises(codes.Unreadable):
        redeem(our, "K7Q-4F2M")


def test_neither_code_nor_key_is_stored(our, code):
    keys = redeem(our, code)
    stored = [bytes(i.code_hash) for i in Invitation.objects.all()]
    stored += [bytes(hashed) for d in Device.objects.all() for hashed in (d.token_hash, d.append_hash)]
    secrets = [code, code.replace("-", ""), *(key.partition(".")[2] for key in (keys.session, keys.append))]
    assert not [secret for secret in secrets for row in stored if secret.encode() in row]


def test_an_ended_device_is_told_so_and_an_outdated_one_opens_nothing(our):
    hashed = {"token_hash": bytes(our.device.token_hash)}
    assert access.device_of(**hashed, now=NOW)
    assert access.device_of(**hashed, now=NOW + timedelta(days=90)) is None
    devices.end(by=our.device, device=our.device, now=NOW)
    with pytest.raises(DeviceEnded):
        access.device_of(**hashed, now=NOW)


def test_only_who_invites_patients_may(our):
    with pytest.raises(NotAllowed):
        invitations.issue(by=our.staff[Role.AUDITOR], patient=our.patient, now=NOW)
    with pytest.raises(NotAllowed):
        invitations.issue(by=our.device, patient=our.patient, now=NOW)


def open_phones(cast) -> list[str]:
    return list(
        Device.objects.filter(patient=cast.patient, ended_at=None)
        .order_by("id")
        .values_list("name", flat=True)
    )


def another_phone(cast, name: str, *, now, replaces: Device | None = None) -> Keys:
    code = invitations.issue(by=cast.clinician, patient=cast.patient, now=now).code
    return invitations.redeem(
        typed=code, born_on=cast.patient.born_on, device_name=name, now=now, replaces=replaces
    )


def test_a_fourth_phone_ends_the_one_that_was_not_used_for_longest_and_says_which(our):
    for number in (2, 3):
        assert another_phone(our, f"phone {number}", now=NOW + timedelta(hours=number)).ended == ()
    devices.keep_alive(device=our.device, now=NOW + timedelta(days=2))
    assert another_phone(our, "phone 4", now=NOW + timedelta(days=2)).ended == ("phone 2",)
    assert open_phones(our) == ["Test phone", "phone 3", "phone 4"]


def test_the_phone_that_joins_anew_is_not_one_too_many(our):
    for number in (2, 3):
        another_phone(our, f"phone {number}", now=NOW)
    assert another_phone(our, "anew", now=NOW, replaces=our.device).ended == ()
    assert open_phones(our) == ["phone 2", "phone 3", "anew"]


def test_what_a_browser_was_in_another_clinic_ends_there(our, their, code):
    keys = invitations.redeem(
        typed=code, born_on=our.patient.born_on, device_name="x", now=NOW, replaces=our.device
    )
    old = device_of(keys)
    with outside():
        with inside(their):
            theirs = invitations.issue(by=their.clinician, patient=their.patient, now=NOW).code
        invitations.redeem(
            typed=theirs, born_on=their.patient.born_on, device_name="y", now=NOW, replaces=old
        )
    with pytest.raises(DeviceEnded):
        device_of(keys)
    ended = AuditEvent.objects.latest("id")
    assert (ended.action, ended.actor) == ("device.end", f"device:{old.pk}")


def test_a_wrong_date_of_birth_ends_no_phone(our, code):
    with pytest.raises(WrongBirthDate):
        invitations.redeem(
            typed=code, born_on=date(1971, 1, 1), device_name="x", now=NOW, replaces=our.device
        )
    assert open_phones(our) == ["Test phone"]


def test_six_digits_move_the_same_person_to_another_phone_within_ten_minutes(our):
    code = invitations.issue_move(by=our.device, now=NOW)
    assert code.partition("-")[2].isdigit() and len(code) == 10
    with pytest.raises(NotRedeemable):
        redeem(our, code, now=NOW + timedelta(minutes=10))
    assert device_of(redeem(our, code, now=NOW + timedelta(minutes=9))).patient == our.patient
    assert open_phones(our) == ["Test phone", "iPhone"]


def test_a_helpers_phone_moves_as_the_helpers(our):
    helper, _ = make_device(our.patient, our.clinician, caregiver=make_caregiver(our.patient, may_log=False))
    moved = device_of(redeem(our, invitations.issue_move(by=helper, now=NOW)))
    assert moved.caregiver == helper.caregiver
