"""Whatever is sent to the API, it does what its schema says: no fault of ours, no answer nobody described.

`make fuzz` sends more of it.
"""

from __future__ import annotations

import contextvars
import os
from typing import Any

import pytest
import schemathesis
from django.conf import settings
from django.test.client import Client, ClientHandler
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck
from hypothesis import settings as how
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks

from tests.cast import NOW, TODAY, ClinicCast

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("ONSET_FUZZ_EXAMPLES", "15"))
TOKEN = "a" * 32
TODAYS = {"day": str(TODAY), "entered_at": NOW.isoformat(), "sent_at": NOW.isoformat(), "replaces": None}

load_all_checks()
UNWANTED = ("positive_data_acceptance", "ignored_auth")
"""No schema can say which cursor was handed out; tests/api/test_access.py asks who may of every address."""

ANSWERED_ONE_BY_ONE = ("negative_data_rejection",)
"""An outbox is answered by 200, with a verdict for each of its changes."""

handler = ClientHandler(enforce_csrf_checks=True)


def server(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """The product as a WSGI application that keeps the test's transaction, and nothing else of the test's."""
    answer = contextvars.Context().run(handler, environ)
    start_response(f"{answer.status_code} {answer.reason_phrase}", list(answer.items()))
    return [answer.content]


description = SchemaGenerator().get_schema(request=None, public=True)
schema = schemathesis.openapi.from_dict(description)
schema.app = server
schema.config.generation.update(with_security_parameters=False)  # the cookies are those of our people


def cookies_of(client: Client) -> dict[str, str]:
    """What a signed-in browser sends."""
    kept = {name: cookie.value for name, cookie in client.cookies.items()}
    return kept | {settings.CSRF_COOKIE_NAME: TOKEN}


def make_it_ours(case: Any, our: ClinicCast) -> None:
    """Let a case be about our patient and today, which no schema can guess: the way to the happy answers."""
    ids = {"patient": our.patient.public_id, "injection": our.injection.public_id}
    case.path_parameters = {name: str(ids[name]) for name in case.path_parameters or {}}
    if case.meta.generation.mode.is_negative:
        return
    (case.query or {}).pop("cursor", None)
    if isinstance(case.body, dict):
        for entry in [case.body, *case.body.get("changes", [])]:
            entry |= {name: when for name, when in TODAYS.items() if name in entry}


def fuzz(case: Any, client: Client, our: ClinicCast, is_ours: bool) -> None:
    """Send one case as somebody."""
    if is_ours:
        make_it_ours(case, our)
    unwanted = UNWANTED + (ANSWERED_ONE_BY_ONE if case.path.endswith("/sync/") else ())
    case.call_and_validate(
        cookies=cookies_of(client),
        headers={"X-CSRFToken": TOKEN},
        excluded_checks=CHECKS.get_by_names(unwanted),
    )


many = how(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=EXAMPLES < 100,
)


@schema.given(is_ours=st.booleans())
@schema.parametrize()
@many
def test_a_phone(case, phone, our, drawn_frames, is_ours):
    fuzz(case, phone, our, is_ours)


@schema.given(is_ours=st.booleans())
@schema.parametrize()
@many
def test_staff(case, desk, our, drawn_frames, is_ours):
    fuzz(case, desk, our, is_ours)
