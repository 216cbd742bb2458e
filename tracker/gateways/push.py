"""Web push. Whoever calls this waits for the network: a worker does, a page never does."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from enum import Enum, auto

import requests
from django.conf import settings
from py_vapid import Vapid02
from pywebpush import WebPushException, webpush

from tracker.gateways.push_service import is_known, private_key

log = logging.getLogger(__name__)

TIMEOUT = 5  # seconds
HEADERS: dict[str, str | int | float] = {"Topic": "daily", "Urgency": "normal"}
"""Of one topic only the last one waits."""

DECLARATIVE = 8030
"""By this number a browser knows Declarative Web Push, which it shows without a script of ours."""

SHORTEST_PAUSE, LONG_PAUSE = timedelta(minutes=5), timedelta(hours=1)
"""Before the next try: of a service that is busy, and of one that will hardly change its mind."""


class Outcome(Enum):
    SENT = auto()
    GONE = auto()
    LATER = auto()


@dataclass(frozen=True, slots=True)
class Push:
    """One message to one phone: where to, by which keys (base64url), and what it shows and opens.

    A push service keeps it for `life` where the phone is off.
    """

    endpoint: str
    p256dh: str
    auth: str
    title: str
    navigate: str
    life: timedelta


@dataclass(frozen=True, slots=True)
class Result:
    """What became of it. GONE: nobody is at this address any more. LATER: not before `pause` has passed."""

    outcome: Outcome
    pause: timedelta = timedelta()


def send(push: Push) -> Result:
    """Hand a message to the phone's push service. Nothing that the service says is logged but its number."""
    if not is_known(push.endpoint):
        return Result(Outcome.GONE)
    try:
        answer = _post(push)
    except requests.RequestException as error:
        log.warning("A push service cannot be reached: %s", type(error).__name__)
        return Result(Outcome.LATER, SHORTEST_PAUSE)
    if answer.status_code in (200, 201, 202):
        return Result(Outcome.SENT)
    if answer.status_code in (404, 410):
        return Result(Outcome.GONE)
    log.warning("A push service answers %s", answer.status_code)
    return Result(Outcome.LATER, _pause(answer))


def _post(push: Push) -> requests.Response:
    """The service's answer. Raises requests.RequestException: a redirect is one, as it leads anywhere."""
    with requests.Session() as session:
        session.max_redirects = 0
        try:
            return webpush(
                {"endpoint": push.endpoint, "keys": {"p256dh": push.p256dh, "auth": push.auth}},
                data=message_of(push),
                vapid_private_key=Vapid02(private_key()),
                vapid_claims={"sub": f"mailto:{parseaddr(settings.PUSH_CONTACT)[1]}"},
                ttl=int(push.life.total_seconds()),
                timeout=TIMEOUT,
                headers=HEADERS,
                requests_session=session,
            )
        except WebPushException as refused:
            if refused.response is None:
                raise
            return refused.response


def message_of(push: Push) -> str:
    """What the phone reads: Declarative Web Push, for a browser itself or for our service worker."""
    return json.dumps(
        {"web_push": DECLARATIVE, "notification": {"title": push.title, "navigate": push.navigate}}
    )


def _pause(answer: requests.Response) -> timedelta:
    """As long as the service asks for, in seconds; a date is not worth reading for an evening."""
    if answer.status_code != 429 and answer.status_code < 500:
        return LONG_PAUSE
    asked = answer.headers.get("Retry-After", "")
    seconds = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
    return max(SHORTEST_PAUSE, timedelta(seconds=seconds))
