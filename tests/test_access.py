import pytest

from tests.scopes import inside
from tracker import access
from tracker.domain.roles import PERMISSIONS, Permission, Role
from tracker.models import Membership

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.CLINICIAN, Role.NURSE, Role.AUDITOR])
def test_staff_see_their_clinics_patients_and_no_others(our, their, role):
    assert list(access.patients_visible_to(our.staff[role])) == [our.patient]
    assert list(access.injections_visible_to(our.staff[role])) == [our.injection]


def test_a_device_sees_its_own_patient_only(our, their):
    assert list(access.patients_visible_to(our.device)) == [our.patient]
    assert list(access.injections_visible_to(their.device)) == []  # in our scope
    with inside(their):
        assert list(access.injections_visible_to(their.device)) == [their.injection]


@pytest.mark.parametrize("row", ["patient", "injection"])
def test_a_row_of_somebody_else_is_not_there_even_for_who_may_not_touch_any(our, their, row):
    for by in (our.clinician, our.staff[Role.AUDITOR], our.device):
        with pytest.raises(access.NotYours):
            access.check_may(by, Permission.EDIT_PATIENTS, on=getattr(their, row))
    access.check_may(our.clinician, Permission.EDIT_PATIENTS, on=getattr(our, row))
    access.check_may(our.device, Permission.LOG_OWN_DIARY, on=getattr(our, row))
    with pytest.raises(access.NotAllowed):
        access.check_may(our.staff[Role.AUDITOR], Permission.EDIT_PATIENTS, on=getattr(our, row))


def test_a_removed_or_inactive_membership_is_no_actor_from_the_next_request_on(our):
    user = our.clinician.user
    assert access.membership_of(user) == our.clinician
    Membership.objects.filter(pk=our.clinician.pk).update(is_active=False)
    assert access.membership_of(user) is None


def test_every_role_has_a_row_of_permissions():
    assert set(PERMISSIONS) == set(Role)
    assert Permission.EDIT_PATIENTS not in PERMISSIONS[Role.AUDITOR]
    own = {Permission.LOG_OWN_DIARY, Permission.SEE_OWN_DIARY}
    assert PERMISSIONS[Role.PROXY] == own
    assert PERMISSIONS[Role.PATIENT] == own | {Permission.MANAGE_OWN_ACCESS}
