from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from tests.cast import NOW, PASSWORD
from tracker.models import AuditEvent


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """No attempt of an earlier test counts."""
    cache.clear()


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    """The clock at NOW, to be moved by hand."""
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


@pytest.fixture
def signed_in(clock: time_machine.Coordinates) -> Callable[..., Client]:
    """A browser in which somebody has signed in, without going through the pages."""

    def signed_in(user: object) -> Client:
        client = Client()
        assert client.login(email=user.email, password=PASSWORD)
        return client

    return signed_in


@pytest.fixture
def events(our: object) -> Callable[[], list[tuple[str, str]]]:
    """What the audit trail has learnt since the test began: (action, outcome)."""
    before = AuditEvent.objects.count()
    return lambda: list(AuditEvent.objects.order_by("id").values_list("action", "outcome"))[before:]
