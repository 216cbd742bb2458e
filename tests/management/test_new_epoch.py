"""`new_epoch`: after a restore."""

from __future__ import annotations

import io

from django.core.management import call_command

from tests.scopes import outside
from tracker.actions import epochs


def test_it_begins_another_epoch_and_says_what_follows(db):
    before, out = epochs.current(), io.StringIO()
    with outside():
        call_command("new_epoch", stdout=out)
    assert epochs.current() != before
    assert str(epochs.current()) in out.getvalue()
    assert "last 30 days again" in out.getvalue()
