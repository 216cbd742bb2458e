"""Browsers of staff who are signed in already, without going through the pages."""

from __future__ import annotations

from django.test import Client

from tests.cast import PASSWORD
from tests.factors import confirm, start_clock


def desk_of(email: str) -> Client:
    """As some time after signing in: what asks again asks them too."""
    client = Client()
    assert client.login(email=email, password=PASSWORD)
    return start_clock(client)


def desk_that_confirmed(email: str) -> Client:
    """Its holder has just confirmed who they are."""
    client = desk_of(email)
    confirm(client)
    return client
