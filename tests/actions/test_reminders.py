"""Reminders: once a day, when the patient wants it, and never when there is nothing to be reminded of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, TODAY, ClinicCast, change, make_device, make_patient
from tests.gateways.push_host import Host, Phone, listening
from tests.scopes import inside, outside
from tracker import models
from tracker.actions import care, devices, diary, patients, push, reminders
from tracker.domain.care import CarePlan
from tracker.domain.procedure import Closing, Status
from tracker.gateways.push_service import NotASubscription, public_key
from tracker.models import Device, Injection, Patient, PushSubscription, Reminder
from tracker.queries.reminders import push_key_for

pytestmark = pytest.mark.django_db

ORIGIN = "https://onset.example.org"
LATER = timedelta(minutes=5)


@pytest.fixture
def host() -> Iterator[Host]:
    with listening() as found:
        yield found


@pytest.fixture
def subscribed(our: ClinicCast, host: Host) -> ClinicCast:
    """Our patient, reminded at 19:00 on their phone; it is 19:30, and yesterday is logged."""
    return subscribe(our, host)


def subscribe(cast: ClinicCast, host: Host, *, phone: Phone | None = None, name: str = "abc") -> ClinicCast:
    Patient.objects.filter(pk=cast.patient.pk).update(reminder_at=time(19))
    log(cast, TODAY - timedelta(days=1))
    keys = (phone or Phone()).keys
    push.subscribe(by=cast.device, endpoint=host.endpoint(name), **keys, origin=ORIGIN, now=NOW)
    return cast


def log(cast: ClinicCast, *days: date) -> None:
    diary.record(by=cast.device, patient=cast.patient, changes=[change(day, 4) for day in days], now=NOW)


def sweep(now: datetime = NOW) -> int:
    with outside():
        return reminders.send_due(now=now)


def test_a_silent_evening_is_reminded_of_once_on_the_phone_that_asked_for_it(our, host):
    phone = Phone()
    subscribe(our, host, phone=phone)
    assert [sweep(NOW + LATER * number) for number in range(3)] == [1, 0, 0]
    ((path, headers, body),) = host.got
    assert path == "/wpush/abc"
    assert phone.read(body)["notification"] == {
        "title": "Time for your diary",
        "navigate": "https://onset.example.org/diary/",
    }
    assert headers["ttl"] == str(int(timedelta(hours=2, minutes=30).total_seconds()))  # until 22:00
    assert reminders.due_reminders(now=NOW + LATER) == []
    row = Reminder.objects.get()
    assert (row.patient_id, row.day, row.channel, row.sent_at) == (our.patient.pk, TODAY, "push", NOW)


def test_what_is_sent_names_nobody_and_says_nothing_of_health(our, host):
    phone = Phone()
    subscribe(our, host, phone=phone)
    sweep()
    said = str(phone.read(host.got[0][2])) + str(host.got[0][:2])
    for word in (
        *our.patient.full_name.split(),
        our.clinic.name,
        "pain",
        "inject",
        str(our.patient.public_id),
    ):
        assert word.lower() not in said.lower()


def test_the_next_evening_is_another_day(subscribed, host):
    assert sweep() == 1
    assert sweep(NOW + timedelta(days=1)) == 1
    assert len(host.got) == 2


def test_after_three_days_without_a_worker_there_is_one_reminder_and_it_is_todays(subscribed, host):
    now = NOW + timedelta(days=3)
    Patient.objects.filter(pk=subscribed.patient.pk).update(enrolled_at=now - timedelta(days=1))
    assert [sweep(now + LATER * number) for number in range(3)] == [1, 0, 0]
    assert [row.day for row in Reminder.objects.all()] == [now.date()]


@pytest.mark.parametrize(
    "now", [NOW.replace(hour=18, minute=59), NOW.replace(hour=22, minute=0), NOW.replace(hour=7)]
)
def test_before_the_time_and_at_night_nobody_is_reminded(subscribed, host, now):
    assert sweep(now) == 0
    assert host.got == [] and not Reminder.objects.exists()


def test_whoever_has_logged_today_is_left_alone(subscribed, host):
    log(subscribed, TODAY)
    assert sweep() == 0
    assert host.got == [] and not Reminder.objects.exists()


def test_a_day_that_is_logged_while_the_sweep_goes_on_is_not_reminded_of(subscribed, host, monkeypatch):
    found = reminders.due_reminders

    def then_logged(**at: Any) -> Any:
        due = found(**at)
        log(subscribed, TODAY)
        return due

    monkeypatch.setattr(reminders, "due_reminders", then_logged)
    assert sweep() == 0
    assert host.got == []


def leave(cast: ClinicCast) -> None:
    patients.withdraw(by=cast.device, patient=cast.patient, now=NOW)


def sign_out(cast: ClinicCast) -> None:
    devices.end(by=cast.clinician, device=cast.device, now=NOW)


@pytest.mark.parametrize("ended", [leave, sign_out])
def test_with_consent_taken_back_or_the_phone_signed_out_its_subscription_goes_at_once(
    subscribed, host, ended
):
    ended(subscribed)
    assert not PushSubscription.objects.exists()
    assert sweep() == 0
    assert host.got == []


@pytest.mark.parametrize(
    "changed",
    [
        {"withdrawn_at": NOW},
        {"consent_version": ""},
        {"reminder_at": None},
        {"reminder_at": time(22)},
    ],
)
def test_without_consent_or_a_time_nobody_is_reminded(subscribed, host, changed):
    Patient.objects.filter(pk=subscribed.patient.pk).update(**changed)
    assert sweep() == 0
    assert host.got == []


@pytest.mark.parametrize("changed", [{"expires_at": NOW}, {"ended_at": NOW}, {"is_borrowed": True}])
def test_a_phone_that_may_not_open_the_diary_shows_no_reminder(subscribed, host, changed):
    Device.objects.filter(pk=subscribed.device.pk).update(**changed)
    assert sweep() == 0
    assert host.got == []


@pytest.mark.parametrize(
    "changed", [{"status": Status.CANCELLED}, {"closed_on": TODAY, "closed_reason": Closing.DIED}]
)
def test_nobody_is_reminded_once_the_injection_is_cancelled_or_the_episode_closed(subscribed, host, changed):
    Injection.objects.filter(pk=subscribed.injection.pk).update(**changed)
    assert sweep() == 0
    assert host.got == []


def test_on_a_day_that_the_schedule_does_not_ask_for_nobody_is_reminded(subscribed, host):
    Injection.objects.filter(pk=subscribed.injection.pk).update(injected_on=TODAY - timedelta(days=50))
    assert sweep() == 0  # a Wednesday
    log(subscribed, TODAY)
    assert sweep(NOW + timedelta(days=2)) == 1  # a Friday


def restart_in(cast: ClinicCast, days: int, **changes: Any) -> None:
    """Let the care plan have the blood thinner taken again so many days from today, at eight."""
    again_at = datetime.combine(TODAY + timedelta(days=days), time(8), tzinfo=UTC)
    plan = CarePlan(thinner_plan="as agreed", prescriber_agreed=True, thinner_restart_at=again_at)
    care.write(by=cast.clinician, injection=cast.injection, plan=plan, now=NOW)
    models.CarePlan.objects.update(**changes)


@pytest.mark.parametrize(("days", "comes"), [(2, 0), (1, 1), (0, 1), (-1, 0)])
def test_a_thinner_that_is_taken_again_is_reminded_of_although_the_day_is_logged(our, host, days, comes):
    phone = Phone()
    log(subscribe(our, host, phone=phone), TODAY)
    restart_in(our, days)
    assert [sweep(NOW + LATER * number) for number in range(3)] == [comes, 0, 0]
    said = [phone.read(body)["notification"] for _, _, body in host.got]
    assert said == [{"title": "Time for your diary", "navigate": "https://onset.example.org/plan/?"}] * comes


def test_a_push_service_cannot_tell_one_reminder_from_the_other_by_its_length(subscribed, host):
    sweep()
    restart_in(subscribed, 1)
    sweep(NOW + timedelta(days=1))
    (_, _, of_diary), (_, _, of_plan) = host.got
    assert len(of_diary) == len(of_plan)


def test_a_thinner_is_reminded_of_until_its_step_is_ticked(subscribed, host):
    log(subscribed, TODAY)
    restart_in(subscribed, 0)
    subscribed.answer("preparation", 10, part="restart", done=True)
    assert sweep() == 0
    subscribed.answer("preparation", 10, part="restart", done=False)
    assert sweep() == 1


@pytest.mark.parametrize("changed", [{"planned_for": TODAY}, {"thinner_plan": None}])
def test_a_plan_that_does_not_hold_any_more_reminds_of_nothing(subscribed, host, changed):
    log(subscribed, TODAY)
    restart_in(subscribed, 0, **changed)
    assert sweep() == 0


@pytest.mark.parametrize("now", [NOW.replace(hour=18), NOW.replace(hour=22), NOW.replace(hour=7)])
def test_a_thinner_is_not_reminded_of_before_the_time_or_at_night(subscribed, host, now):
    restart_in(subscribed, 0)
    assert sweep(now) == 0


def test_before_a_next_injection_every_day_is_asked_for_again(subscribed, host):
    Injection.objects.filter(pk=subscribed.injection.pk).update(injected_on=TODAY - timedelta(days=50))
    Injection.objects.create(
        clinic=subscribed.clinic,
        patient=subscribed.patient,
        status=Status.SCHEDULED,
        injected_on=TODAY + timedelta(days=3),
        region="cervical",
    )
    assert sweep() == 1


def test_three_silent_days_end_it_and_an_entry_begins_it_again(subscribed, host):
    assert [sweep(NOW + timedelta(days=number)) for number in range(5)] == [1, 1, 1, 0, 0]
    later = NOW + timedelta(days=4)
    log_at = [change(later.date(), 4, entered_at=later)]
    diary.record(by=subscribed.device, patient=subscribed.patient, changes=log_at, now=later)
    assert sweep(NOW + timedelta(days=5)) == 1


def test_a_service_that_is_busy_is_tried_again_when_it_says_and_not_before(subscribed, host):
    host.status, host.more = 429, {"Retry-After": "1800"}
    assert sweep() == 0
    host.status, host.more = 201, {}
    assert [sweep(NOW + timedelta(minutes=minutes)) for minutes in (5, 29, 30, 35)] == [0, 0, 1, 0]
    assert len(host.got) == 2


def test_what_could_not_be_sent_by_ten_is_left_out(subscribed, host):
    host.status = 503
    assert [sweep(NOW + LATER * number) for number in range(40)] == [0] * 40
    assert len(host.got) == 30  # the last at 21:55
    host.status = 201
    assert sweep(NOW + timedelta(hours=12, minutes=30)) == 0
    assert Reminder.objects.get().sent_at is None


@pytest.mark.parametrize("status", [404, 410])
def test_a_phone_that_is_gone_is_forgotten_and_tried_no_more(subscribed, host, status):
    host.status = status
    assert [sweep(), sweep(NOW + LATER)] == [0, 0]
    assert not PushSubscription.objects.exists()
    assert len(host.got) == 1


def test_a_phone_that_subscribed_anew_while_its_old_address_was_found_gone_stays(
    subscribed, host, monkeypatch
):
    send = reminders.send

    def meanwhile(message: Any) -> Any:
        result = send(message)
        again = {"endpoint": host.endpoint("new"), **Phone().keys, "origin": ORIGIN}
        push.subscribe(by=subscribed.device, **again, now=NOW + timedelta(seconds=1))
        return result

    monkeypatch.setattr(reminders, "send", meanwhile)
    host.status = 410
    reminders.send_due(now=NOW)
    assert PushSubscription.objects.get().endpoint == host.endpoint("new")


def test_one_of_two_phones_is_enough_and_the_one_that_is_gone_is_forgotten(subscribed, host):
    second, _ = make_device(subscribed.patient, subscribed.clinician)
    with listening() as other:
        push.subscribe(by=second, endpoint=other.endpoint(), **Phone().keys, origin=ORIGIN, now=NOW)
        other.status = 410
        assert sweep() == 1
    assert [one.device_id for one in PushSubscription.objects.all()] == [subscribed.device.pk]


def test_a_worker_that_died_after_sending_sends_again_under_the_same_topic(subscribed, host, monkeypatch):
    class Killed(BaseException):
        """As a kill would do it: nothing catches this."""

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(reminders, "_mark", killed)
        with pytest.raises(Killed):
            sweep()
    assert [sweep(NOW + timedelta(minutes=4)), sweep(NOW + LATER), sweep(NOW + LATER * 2)] == [0, 1, 0]
    assert [headers["topic"] for _, headers, _ in host.got] == ["daily", "daily"]


def test_what_takes_its_worker_down_is_given_up_at_the_third_time(subscribed, host, monkeypatch, caplog):
    calls = []

    def broken(message: object) -> None:
        calls.append(message)
        raise RuntimeError("no answer")

    monkeypatch.setattr(reminders, "send", broken)
    for number in range(6):
        sweep(NOW + LATER * number)
    assert len(calls) == 3
    assert "abc" not in caplog.text and subscribed.patient.family_name not in caplog.text


def test_a_service_that_refuses_everything_is_not_asked_for_everybody(our, host, monkeypatch):
    monkeypatch.setattr(reminders, "MOST_FAILURES", 2)
    for number in range(4):
        patient = make_patient(our.clinic, given="N", family="M", number=f"more-{number}")
        Patient.objects.filter(pk=patient.pk).update(reminder_at=time(19), enrolled_at=NOW)
        device, _ = make_device(patient, our.clinician)
        push.subscribe(by=device, endpoint=host.endpoint(str(number)), **Phone().keys, origin=ORIGIN, now=NOW)
    host.status = 500
    sweep()
    assert len(host.got) == 2
    host.status = 201
    assert sweep() == 2  # those that nobody tried so far


def test_each_clinic_is_reminded_in_its_own_scope(subscribed, their, host):
    with outside(), inside(their):
        subscribe(their, host, name="their")
    assert sweep() == 2
    assert sorted(path for path, _, _ in host.got) == ["/wpush/abc", "/wpush/their"]


def test_without_somebody_to_write_to_nothing_leaves(subscribed, host, settings):
    settings.PUSH_CONTACT = ""
    assert sweep() == 0
    assert host.got == []


def test_who_is_due_costs_the_same_few_statements_for_one_and_for_many(subscribed, host):
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            reminders.due_reminders(now=NOW)
        return len([one for one in seen if "SELECT" in one["sql"]])

    one = statements()
    for number in range(5):
        patient = make_patient(subscribed.clinic, given="N", family="M", number=f"more-{number}")
        Patient.objects.filter(pk=patient.pk).update(reminder_at=time(19))
        device, _ = make_device(patient, subscribed.clinician)
        push.subscribe(by=device, endpoint=host.endpoint(), **Phone().keys, origin=ORIGIN, now=NOW)
    assert statements() == one == 5


def test_a_phone_is_offered_reminders_until_it_takes_them(our, host):
    Patient.objects.filter(pk=our.patient.pk).update(reminder_at=time(19))
    phone = Device.objects.get(pk=our.device.pk)
    assert push_key_for(phone) == public_key()
    push.subscribe(by=phone, endpoint=host.endpoint(), **Phone().keys, origin=ORIGIN, now=NOW)
    assert push_key_for(phone) == ""
    push.unsubscribe(by=phone, now=NOW)
    assert push_key_for(phone) == public_key()


def test_nobody_is_offered_what_they_would_not_get(our, settings):
    assert push_key_for(our.device) == ""  # no time is chosen
    our.patient.reminder_at = our.device.patient.reminder_at = time(19)
    assert push_key_for(our.device) == public_key()
    our.device.is_borrowed = True
    assert push_key_for(our.device) == ""
    our.device.is_borrowed, settings.PUSH_CONTACT = False, ""
    assert push_key_for(our.device) == ""


def test_a_phone_has_one_subscription_the_newest(subscribed, host):
    push.subscribe(
        by=subscribed.device, endpoint=host.endpoint("new"), **Phone().keys, origin=ORIGIN, now=NOW
    )
    assert PushSubscription.objects.get().endpoint == host.endpoint("new")


def test_a_subscription_that_leads_elsewhere_is_refused(our):
    with pytest.raises(NotASubscription):
        push.subscribe(
            by=our.device, endpoint="https://evil.example/a", **Phone().keys, origin=ORIGIN, now=NOW
        )
    assert not PushSubscription.objects.exists()
