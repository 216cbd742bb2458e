"""Events about an account: one in each clinic of its owner, and the sessions that an account ends."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.cast import NOW, PASSWORD, ClinicCast
from tests.scopes import inside, outside
from tracker.actions import passwords, sign_ins
from tracker.actions.sign_ins import Event
from tracker.models import AuditEvent, Membership
from tracker.queries import staff_sessions

pytestmark = pytest.mark.usefixtures("still_clock")


@pytest.fixture
def of_both(our: ClinicCast, their: ClinicCast) -> Membership:
    """Our clinician works in their clinic as well."""
    return Membership.objects.create(clinic=their.clinic, user=our.clinician.user, role="nurse")


def events(cast: ClinicCast) -> list[tuple[str, str, str, str]]:
    with inside(cast):
        rows = AuditEvent.objects.filter(action__startswith="sign_in.").order_by("id")
        return list(rows.values_list("action", "actor", "subject", "outcome"))


def record(cast: ClinicCast, event: Event, **detail: object) -> None:
    with outside():
        sign_ins.record(user_id=cast.clinician.user.pk, event=event, now=NOW, **detail)


def test_each_clinic_of_the_person_has_the_event_under_the_membership_there(our, their, of_both) -> None:
    record(our, Event.SIGNED_IN, factor="totp")
    here, there = f"staff:{our.clinician.pk}", f"staff:{of_both.pk}"
    assert events(our) == [("sign_in.done", here, here, "done")]
    assert events(their) == [("sign_in.done", there, there, "done")]


def test_a_membership_that_ended_gets_no_more_events(our, their, of_both) -> None:
    Membership.objects.filter(pk=of_both.pk).update(is_active=False)
    record(our, Event.SIGNED_IN)
    assert events(their) == []


def test_who_failed_is_the_subject_and_not_the_actor(our) -> None:
    record(our, Event.WRONG_FACTOR)
    assert events(our) == [("sign_in.wrong_factor", "system", f"staff:{our.clinician.pk}", "refused")]


@pytest.mark.parametrize("typed", ["clinician@harbour.example", "CLINICIAN@Harbour.example"])
def test_a_wrong_password_is_on_record_with_whoever_has_the_address(our, typed) -> None:
    with outside():
        sign_ins.record_wrong_password(email=typed, now=NOW)
    assert [action for action, *_ in events(our)] == ["sign_in.wrong_password"]


def test_an_address_that_nobody_has_leaves_nothing(our) -> None:
    with outside():
        sign_ins.record_wrong_password(email="nobody@harbour.example", now=NOW)
    assert events(our) == []


# --- sessions --------------------------------------------------------------------------------------------


def signed_in(cast: ClinicCast, role: str = "clinician") -> Client:
    client = Client()
    assert client.login(email=f"{role}@harbour.example", password=PASSWORD)
    client.get("/accounts/")
    return client


def test_only_the_persons_own_sessions_end_and_the_kept_one_stays(our) -> None:
    here, there, colleague = signed_in(our), signed_in(our), signed_in(our, "nurse")
    with outside():
        ended = sign_ins.end_others(user_id=our.clinician.user.pk, kept=here.session.session_key, now=NOW)
    assert ended == 1
    assert here.get("/clinic/").status_code == colleague.get("/clinic/").status_code == 200
    assert there.get("/clinic/").url.startswith("/accounts/login/")
    assert events(our)[-1][0] == "sign_in.end_others"


def test_a_new_password_ends_every_session_but_the_one_it_was_set_in(our) -> None:
    here, there = signed_in(our), signed_in(our)
    with outside():
        passwords.change(user=our.clinician.user, password="new", kept=here.session.session_key, now=NOW)
    assert Session.objects.count() == 1
    assert there.get("/clinic/").status_code == 302
    event = AuditEvent.objects.latest("id")
    assert (event.action, event.detail) == ("password.change", {"sessions": 1})


def test_a_session_that_is_over_is_not_listed(our) -> None:
    signed_in(our)
    late = NOW.fromtimestamp(NOW.timestamp() + 15 * 60, NOW.tzinfo)
    user_id = our.clinician.user.pk
    assert len(staff_sessions.of(user_id=user_id, now=NOW)) == 1
    assert staff_sessions.of(user_id=user_id, now=late) == []
