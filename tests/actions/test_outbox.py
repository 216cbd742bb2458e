"""Mails that are owed: nothing is lost, nothing is told twice as two, nothing bad stops the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.core import mail as django_mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, ClinicCast
from tests.scopes import inside, outside
from tracker.actions import outbox
from tracker.content.mails import CODE, Letter, code_letter
from tracker.gateways.mail import Mail, NotSent, message_id
from tracker.models import OutgoingMail

LETTER = Letter("Your code", "Your code: 123456\n")


class Server:
    """Stands in for the mail server; `answer` is called with each mail before it is taken."""

    def __init__(self) -> None:
        self.taken: list[Mail] = []
        self.asked = 0
        self.answer: Callable[[Mail], None] = lambda mail: None

    def __call__(self, mail: Mail) -> None:
        self.asked += 1
        self.answer(mail)
        self.taken.append(mail)

    def refuse(self, *, temporary: bool, only: str = "@") -> None:
        def answer(mail: Mail) -> None:
            if only in mail.to:
                raise NotSent("SMTPRecipientsRefused 450", temporary=temporary)

        self.answer = answer

    def accept(self) -> None:
        self.answer = lambda mail: None


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    server = Server()
    monkeypatch.setattr(outbox, "send", server)
    return server


def put(cast: ClinicCast, key: str = "code:1", *, to: str = "ada@example.org", minutes: float = 0) -> None:
    with inside(cast):
        outbox.put(
            clinic_id=cast.clinic.pk,
            patient_id=cast.patient.pk,
            key=key,
            to=to,
            letter=LETTER,
            now=NOW + timedelta(minutes=minutes),
        )


def sweep(*, seconds: float = 0, minutes: float = 0) -> int:
    with outside():
        return outbox.deliver_due(now=NOW + timedelta(minutes=minutes, seconds=seconds))


def test_a_mail_that_is_owed_goes_out_once(our, mailoutbox):
    put(our)
    assert (sweep(), sweep(seconds=5)) == (1, 0)
    (sent,) = mailoutbox
    assert (sent.to, sent.subject, sent.body) == (["ada@example.org"], "Your code", "Your code: 123456\n")
    assert sent.extra_headers["Message-ID"] == message_id(f"{our.clinic.pk}:code:1")


def test_the_same_cause_owes_one_mail_and_the_first_text_stands(our, server):
    put(our)
    put(our, to="eve@example.org")
    assert sweep() == 1
    assert [mail.to for mail in server.taken] == ["ada@example.org"]


def test_a_mail_is_owed_together_with_its_cause_or_not_at_all(our, server):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        put(our)
        raise ZeroDivisionError
    assert sweep() == 0 and server.asked == 0


def test_what_is_on_its_way_is_sealed_and_what_is_out_is_forgotten(our, server):
    put(our)
    (row,) = stored("recipient", "subject", "body")
    assert "ada" not in row[0] and "123456" not in row[2]
    sweep()
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.body, mail.sent_at) == ("", "", NOW)


def stored(*columns: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM tracker_outgoingmail ORDER BY id")
        return cursor.fetchall()


def test_every_clinic_gets_its_turn_and_its_own_message_id(our, their, server):
    put(our)
    put(their)
    assert sweep() == 2
    assert {mail.key for mail in server.taken} == {f"{our.clinic.pk}:code:1", f"{their.clinic.pk}:code:1"}


@pytest.mark.usefixtures("our")
def test_where_nothing_is_owed_nothing_is_written():
    with outside(), CaptureQueriesContext(connection) as asked:
        outbox.deliver_due(now=NOW)
    asked_tables = [query["sql"] for query in asked if "tracker_" in query["sql"]]
    assert len(asked_tables) == 2 and all(sql.startswith("SELECT") for sql in asked_tables)


# --- what goes wrong --------------------------------------------------------------------------------------


def test_killed_between_sending_and_noting_it_sends_the_same_message_again(our, mailoutbox, monkeypatch):
    put(our)

    def die(*args: object, **kwargs: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "_close", die)
        with pytest.raises(SystemExit):
            sweep()
    assert sweep(minutes=4) == 0  # its lease is not over: somebody may be at it
    assert sweep(minutes=5) == 1
    first, again = (sent.message()["Message-ID"] for sent in django_mail.outbox)
    assert first == again


def test_a_server_that_was_away_gets_everything_once_it_is_back(our, server):
    for number in range(30):
        put(our, f"code:{number}")
    server.refuse(temporary=True)
    assert [sweep(seconds=second) for second in (0, 5, 10, 60)] == [0] * 4
    server.accept()
    assert sum(sweep(seconds=second) for second in range(65, 400, 5)) == 30
    assert sorted(mail.key for mail in server.taken) == sorted(
        f"{our.clinic.pk}:code:{number}" for number in range(30)
    )


def test_a_server_that_is_away_is_asked_once_a_sweep(our, their, server):
    for number in range(5):
        put(our, f"code:{number}")
        put(their, f"code:{number}")
    server.refuse(temporary=True)
    sweep()
    assert server.asked == 1


def test_pauses_grow_with_the_time_that_it_fails(our, server):
    put(our)
    server.refuse(temporary=True)
    asked_at = []
    for second in range(0, 29 * 60, 5):
        before = server.asked
        sweep(seconds=second)
        asked_at += [second] * (server.asked - before)
    assert asked_at[:5] == [0, 5, 10, 15, 25] and len(asked_at) < 20
    pauses = [later - earlier for earlier, later in pairwise(asked_at)]
    assert pauses == sorted(pauses) and max(pauses) == 300


def test_many_quick_failures_are_no_reason_to_give_up_within_the_time(our, server):
    put(our)
    server.refuse(temporary=True)
    for second in range(0, 20 * 60, 5):
        sweep(seconds=second)
    server.accept()
    assert sum(sweep(minutes=minute) for minute in range(20, 29)) == 1


@pytest.mark.parametrize(
    ("key", "minutes", "goes_out"),
    [
        ("code:1", 29, True),
        ("code:1", 30, False),
        ("staff:1", 31, True),
        ("staff:1", 3 * 24 * 60 - 1, True),
        ("staff:1", 3 * 24 * 60, False),
        ("alert:1", 3 * 24 * 60, True),
        ("alert:1", 30 * 24 * 60, False),
    ],
)
def test_an_old_code_is_not_sent_any_more_and_other_mail_waits_longer(our, server, key, minutes, goes_out):
    put(our, key)
    assert sweep(minutes=minutes) == goes_out
    mail = OutgoingMail.objects.get()
    assert (mail.sent_at is not None, mail.given_up_at is not None) == (goes_out, not goes_out)
    assert mail.body == ""


def test_an_address_that_is_refused_for_good_is_given_up_at_once_and_stops_nobody(our, server):
    put(our, "code:1", to="nobody@example.org")
    put(our, "code:2")
    server.refuse(temporary=False, only="nobody")
    assert sweep() == 1
    bad, good = OutgoingMail.objects.order_by("pk")
    assert (bad.given_up_at, bad.sent_at, good.given_up_at, good.sent_at) == (NOW, None, None, NOW)


def test_an_address_that_is_refused_for_now_holds_nobody_up_for_long(our, server):
    put(our, "code:1", to="slow@example.org")
    put(our, "code:2")
    server.refuse(temporary=True, only="slow")
    assert (sweep(), sweep(seconds=5)) == (0, 1)
    put(our, "code:3", minutes=1)
    assert sweep(minutes=1) == 1  # the new one goes before the one that failed


@pytest.mark.parametrize("fault", [SystemExit, ValueError])
def test_a_mail_that_takes_three_workers_down_is_given_up_and_the_others_go_out(our, server, fault):
    put(our, "code:1", to="poison@example.org")
    put(our, "code:2")

    def answer(mail: Mail) -> None:
        if "poison" in mail.to:
            raise fault

    server.answer = answer
    sent = 0
    for minute in (0, 5, 10, 15):
        try:
            sent += sweep(minutes=minute)
        except SystemExit:
            continue
    poison, good = OutgoingMail.objects.order_by("pk")
    assert poison.given_up_at == NOW + timedelta(minutes=15) and poison.attempts == 3
    assert good.sent_at is not None and len(server.taken) == 1


def test_a_mail_that_no_key_opens_stops_nobody_and_is_given_up(our, server):
    put(our, "code:1")
    put(our, "code:2")
    first = OutgoingMail.objects.earliest("pk").pk
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tracker_outgoingmail SET body = 'x' WHERE id = %s", [first])
    assert [sweep(minutes=minute) for minute in (0, 5, 10, 15)] == [1, 0, 0, 0]
    assert OutgoingMail.objects.get(pk=first).given_up_at == NOW + timedelta(minutes=15)


def test_a_sweep_ends_before_its_first_lease_does(our, server):
    for number in range(outbox.SWEEP_SIZE + 1):
        put(our, f"code:{number}")
    assert (sweep(), sweep()) == (outbox.SWEEP_SIZE, 1)
    assert timedelta(seconds=10) * outbox.SWEEP_SIZE < outbox.LEASE


def test_without_a_mail_server_nothing_is_lost_for_as_long_as_it_is_of_use(our, settings, mailoutbox):
    put(our)
    with_server, settings.MAIL_SERVER = settings.MAIL_SERVER, None
    assert sweep() == 0
    settings.MAIL_SERVER = with_server
    assert sweep(seconds=5) == 1 and len(mailoutbox) == 1


def test_what_is_logged_names_nobody(our, server, caplog):
    put(our, "code:1", to="ada@example.org")
    for minute, temporary in enumerate((True, False)):
        server.refuse(temporary=temporary)
        sweep(minutes=minute)
    assert len(caplog.records) == 2 and "ada" not in caplog.text and "123456" not in caplog.text


def test_the_letter_with_a_code_is_what_arrives(our, mailoutbox):
    letter = code_letter(CODE["en"], code="481516", minutes=10)
    outbox.put(
        clinic_id=our.clinic.pk, patient_id=None, key="code:1", to="ada@example.org", letter=letter, now=NOW
    )
    sweep()
    assert "481516" in mailoutbox[0].body
