"""Requests to the product's WSGI application without a server: all of Django, none of the network."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from django.utils import timezone

from tracker.actions import second_factors
from tracker.models import Membership

CSRF = "b" * 32


class UnexpectedAnswer(AssertionError):
    """What was to be measured did not happen."""


class Server:
    """Sends prepared requests. Every answer is read to its end, as a server would."""

    def __init__(self) -> None:
        self.handler = WSGIHandler()

    def send(self, environ: dict[str, Any], *, expect: int = 200) -> bytes:
        """The body of the answer. Raises UnexpectedAnswer where its status is another one."""
        return self.answer(environ, expect=expect)[1]

    def answer(self, environ: dict[str, Any], *, expect: int = 200) -> tuple[dict[str, str], bytes]:
        """Headers and body."""
        said: list[Any] = []
        request = environ | {"wsgi.input": BytesIO(environ["bench.body"])}
        answer = self.handler(request, lambda *start: said.extend(start))
        content = b"".join(answer)
        answer.close()
        if not said[0].startswith(str(expect)):
            raise UnexpectedAnswer(f"{environ['PATH_INFO']} answered {said[0]}: {content[:300]!r}")
        return dict(said[1]), content

    def sending(self, environ: dict[str, Any], *, expect: int = 200) -> Callable[[], bytes]:
        return lambda: self.send(environ, expect=expect)


def get(path: str, *, cookies: dict[str, str] | None = None, **headers: str) -> dict[str, Any]:
    """A prepared GET; headers by their WSGI names, such as HTTP_IF_NONE_MATCH."""
    path, _, query = path.partition("?")
    written = "; ".join(f"{name}={text}" for name, text in (cookies or {}).items())
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost:8000",
        "HTTP_COOKIE": written,
        "HTTP_ACCEPT": "*/*",
        "wsgi.url_scheme": "http",
        "wsgi.errors": None,
        "bench.body": b"",
        **headers,
    }


def post(path: str, body: object, *, cookies: dict[str, str]) -> dict[str, Any]:
    """A prepared POST of JSON with its CSRF token."""
    sent = json.dumps(body).encode()
    return get(path, cookies=cookies | {settings.CSRF_COOKIE_NAME: CSRF}) | {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(sent)),
        "HTTP_X_CSRFTOKEN": CSRF,
        "bench.body": sent,
    }


def phone(token: str) -> dict[str, str]:
    """The cookies of a patient's phone."""
    return {settings.DEVICE_COOKIE_NAME: token}


def desk(member: Membership) -> dict[str, str]:
    """The cookies of a member of staff who is signed in."""
    client = Client()
    second_factors.add_app(user=member.user, secret=second_factors.new_secret(), step=0, now=timezone.now())
    client.force_login(member.user)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
