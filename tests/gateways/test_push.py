"""What reaches a push service, and what each of its answers means. The host is one of our own."""

from __future__ import annotations

import base64
import json
import logging
import time
from collections.abc import Iterator
from datetime import timedelta
from email.utils import parseaddr

import pytest
from py_vapid import Vapid02

from tests.gateways.push_host import Host, Phone, listening
from tracker.gateways import push
from tracker.gateways.push import Outcome, Push, Result, send
from tracker.gateways.push_service import NotASubscription, check_subscription, is_known, public_key

DIARY = "https://onset.example.org/diary/"


@pytest.fixture
def host() -> Iterator[Host]:
    with listening() as found:
        yield found


@pytest.fixture
def phone() -> Phone:
    return Phone()


def message(host: Host, phone: Phone) -> Push:
    return Push(
        endpoint=host.endpoint(),
        **phone.keys,
        title="Time for your diary",
        navigate=DIARY,
        life=timedelta(hours=4),
    )


def claims(token: str) -> dict[str, object]:
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


@pytest.mark.row(38)
def test_a_phone_reads_the_title_and_the_address_and_nothing_else(host, phone):
    assert send(message(host, phone)) == Result(Outcome.SENT)
    ((path, headers, body),) = host.got
    assert path == "/wpush/abc"
    assert phone.read(body) == {
        "web_push": 8030,
        "notification": {"title": "Time for your diary", "navigate": DIARY},
    }
    assert b"diary" not in body  # on its way nobody reads it
    assert headers["content-encoding"] == "aes128gcm"
    assert (headers["ttl"], headers["topic"], headers["urgency"]) == ("14400", "daily", "normal")


def test_the_sender_is_signed_for_this_service_for_half_a_day_with_an_address_to_write_to(
    host, phone, settings
):
    send(message(host, phone))
    signed = host.got[0][1]["authorization"]
    kind, _, rest = signed.partition(" ")
    said = dict(part.split("=", 1) for part in rest.replace(" ", "").split(","))
    assert (kind, said["k"]) == ("vapid", public_key())
    assert Vapid02.verify(signed)
    told = claims(said["t"])
    assert (told["aud"], told["sub"]) == (host.origin, f"mailto:{parseaddr(settings.PUSH_CONTACT)[1]}")
    assert 0 < int(str(told["exp"])) - time.time() <= 24 * 3600  # RFC 8292: a day at most
    settings.PUSH_KEY = b"another key of thirty-two bytes."
    assert public_key() != said["k"]


@pytest.mark.row(38)
@pytest.mark.parametrize(
    ("status", "more", "result"),
    [
        (202, {}, Result(Outcome.SENT)),
        (404, {}, Result(Outcome.GONE)),
        (410, {}, Result(Outcome.GONE)),
        (429, {"Retry-After": "1800"}, Result(Outcome.LATER, timedelta(minutes=30))),
        (429, {"Retry-After": "1"}, Result(Outcome.LATER, timedelta(minutes=5))),
        (503, {"Retry-After": "Wed, 20 May 2026 21:00:00 GMT"}, Result(Outcome.LATER, timedelta(minutes=5))),
        (500, {}, Result(Outcome.LATER, timedelta(minutes=5))),
        (403, {}, Result(Outcome.LATER, timedelta(hours=1))),
        (413, {}, Result(Outcome.LATER, timedelta(hours=1))),
    ],
)
def test_each_answer_means_one_thing(host, phone, status, more, result):
    host.status, host.more = status, more
    assert send(message(host, phone)) == result


@pytest.mark.row(38)
def test_a_service_that_says_nothing_is_tried_later_and_no_address_is_logged(
    host, phone, monkeypatch, caplog
):
    monkeypatch.setattr(push, "TIMEOUT", 0.05)
    host.seconds = 0.5
    with caplog.at_level(logging.DEBUG, logger="tracker"):
        assert send(message(host, phone)) == Result(Outcome.LATER, timedelta(minutes=5))
    assert "ReadTimeout" in caplog.text and "wpush" not in caplog.text


def test_a_service_that_is_not_there_is_tried_later(phone):
    with listening() as gone:
        lost = message(gone, phone)
    assert send(lost) == Result(Outcome.LATER, timedelta(minutes=5))


def test_a_redirect_is_followed_nowhere(host, phone):
    with listening() as inside:
        host.status, host.more = 307, {"Location": inside.endpoint()}
        assert send(message(host, phone)).outcome is Outcome.LATER
        assert inside.got == []


def test_nothing_is_sent_to_a_host_that_is_not_known_any_more(host, phone, settings):
    settings.PUSH_HOSTS = ["push.example.org"]
    assert send(message(host, phone)) == Result(Outcome.GONE)
    assert host.got == []


@pytest.mark.parametrize(
    "endpoint",
    ["https://push.example.org/a", "https://push.example.org:443/a", "https://eu.a.push.example.net/a?b=c"],
)
def test_a_known_service_is_taken(endpoint):
    assert is_known(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.org/a",
        "https://push.example.org:8443/a",
        "https://push.example.org.evil.example/a",
        "https://evilpush.example.net/a",
        "https://push.example.net/a",  # nothing before it
        "https://.push.example.net/a",
        "https://me@push.example.org/a",
        "https://push.example.org@evil.example/a",
        "https://push.example.org\\@evil.example/a",
        "https://push.example.org/a#b",
        "https://push.example.org:port/a",
        "https://[::1/a",
        "https://10.0.0.1/a",
        "https://localhost/a",
        "ftp://127.0.0.1/a",
        "file:///etc/passwd",
        "",
    ],
)
def test_any_other_address_is_refused(endpoint):
    assert not is_known(endpoint)


def test_this_machine_is_refused_unless_it_is_listed(settings):
    assert is_known("http://127.0.0.1:8000/a")
    settings.PUSH_HOSTS = ["*.1", "push.example.org"]
    assert not is_known("http://127.0.0.1:8000/a")


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "https://push.example.org/" + "a" * 1000},
        {"endpoint": "https://evil.example/a"},
        {"auth": "AAAA"},
        {"auth": "no base64!"},
        {"p256dh": "AAAA"},
        {"p256dh": base64.urlsafe_b64encode(b"\x04" + b"\x01" * 64).decode()},  # on no curve
        {"p256dh": ""},
    ],
)
def test_what_is_no_subscription_is_refused(phone, wrong):
    right = {"endpoint": "https://push.example.org/a", **phone.keys}
    check_subscription(**right)
    with pytest.raises(NotASubscription):
        check_subscription(**(right | wrong))
