"""Mail over a real SMTP conversation, with a server that answers what the test tells it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email import message_from_bytes
from typing import Any

import pytest

from tests.gateways.smtp import Server, listening
from tracker.gateways.mail import Mail, NotSent, message_id, send

MAIL = Mail(to="ada@example.org", subject="Your code", body="Your code: 123456\n", key="1:code:7")


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    with listening() as server:
        settings.MAIL_SERVER = smtp(server.port)
        yield server


def smtp(port: int) -> dict[str, Any]:
    return {
        "backend": "django.core.mail.backends.smtp.EmailBackend",
        "host": "127.0.0.1",
        "port": port,
        "timeout": 0.3,
    }


def test_a_mail_arrives_as_it_was_given(server):
    send(MAIL)
    (raw,) = server.mails
    mail = message_from_bytes(raw)
    assert (mail["To"], mail["From"]) == ("ada@example.org", "Onset <no-reply@example.org>")
    assert (mail["Subject"], mail["Auto-Submitted"]) == ("Your code", "auto-generated")
    assert "Your code: 123456" in str(mail.get_payload())


def test_the_same_key_is_the_same_message_and_another_key_another(server):
    for key in ("1:code:7", "1:code:7", "1:code:8"):
        send(Mail(to="ada@example.org", subject="s", body="b", key=key))
    first, again, other = (message_from_bytes(raw)["Message-ID"] for raw in server.mails)
    assert first == again != other
    assert first == message_id("1:code:7") and first.endswith("@example.org>") and "code" not in first


@pytest.mark.parametrize(
    ("command", "answer", "temporary"),
    [
        ("RCPT", "550 5.1.1 <ada@example.org>: no such mailbox", False),
        ("RCPT", "451 4.7.1 <ada@example.org>: greylisted", True),
        ("END", "554 5.7.1 refused because of ada@example.org", False),
        ("END", "452 4.3.1 no room", True),
        ("MAIL", "550 5.7.1 you may not send", True),
        ("EHLO", "421 4.3.2 shutting down", True),
    ],
)
def test_a_refusal_is_final_only_where_it_is_about_this_mail(server, command, answer, temporary):
    server.answers = {command: answer, "HELO": answer} if command == "EHLO" else {command: answer}
    with pytest.raises(NotSent) as refused:
        send(MAIL)
    assert refused.value.temporary is temporary
    assert "ada" not in str(refused.value)
    assert refused.value.__suppress_context__  # so that no log repeats what the server said


def test_a_server_that_is_away_may_come_back(settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # taken, and nobody listens
        settings.MAIL_SERVER = smtp(taken.getsockname()[1])
        with pytest.raises(NotSent, match="later it may go out") as refused:
            send(MAIL)
    assert refused.value.temporary


def test_a_server_that_never_answers_is_not_waited_for(settings):
    with socket.create_server(("127.0.0.1", 0)) as mute:
        settings.MAIL_SERVER = smtp(mute.getsockname()[1])
        with pytest.raises(NotSent) as refused:
            send(MAIL)
    assert refused.value.temporary


@pytest.mark.parametrize(
    "mail",
    [
        Mail(to="ada@example.org\nBcc: eve@example.org", subject="s", body="b", key="k"),
        Mail(to="ada@example.org", subject="s\nBcc: eve@example.org", body="b", key="k"),
        Mail(to="nobody", subject="s", body="b", key="k"),
    ],
)
def test_nobody_can_slip_another_address_in(server, mail):
    server.answers = {"RCPT": "550 no"} if mail.to == "nobody" else {}
    with pytest.raises(NotSent) as refused:
        send(mail)
    assert not refused.value.temporary and server.mails == []


def test_without_a_server_nothing_leaves(settings):
    settings.MAIL_SERVER = None
    with pytest.raises(NotSent, match="No mail server is set") as refused:
        send(MAIL)
    assert refused.value.temporary
