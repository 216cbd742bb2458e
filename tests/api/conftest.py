"""Clients for the API's tests beside `phone` and `desk`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import PASSWORD
from tracker.models import Membership


@pytest.fixture
def client_of() -> Callable[[Membership], Client]:
    """The browser of any member of staff, signed in."""

    def signed_in(member: Membership) -> Client:
        client = Client()
        assert client.login(email=member.user.email, password=PASSWORD)
        return client

    return signed_in
