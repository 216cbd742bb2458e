"""Clients for the API's tests beside `phone` and `desk`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.desks import desk_of
from tracker.models import Membership


@pytest.fixture
def client_of() -> Callable[[Membership], Client]:
    """The browser of any member of staff, signed in."""
    return lambda member: desk_of(member.user.email)
