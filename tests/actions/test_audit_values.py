"""No event repeats what it is about: no name, date, address, reason or score of any action's input."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Model

from tests.actions.test_every_action import ACTS, Act, actor, prepared
from tests.cast import ClinicCast
from tracker.domain.consent import CURRENT
from tracker.domain.retention import ErasureReason
from tracker.domain.roles import Role
from tracker.models import AuditEvent, Caregiver, Clinic, Membership, User

pytestmark = pytest.mark.django_db

KNOWN = {"UTC", CURRENT, *[word.value for word in (*Role, *ErasureReason)]}
"""Texts that an event may repeat: a colleague's role, which consent it was, why a record was erased."""

LEAST_LETTERS = 3
"""Shorter texts stand in every longer one."""

NOT_ABOUT_PATIENTS = (Clinic, Membership, User)


def leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every value inside an action's input, with the name of its field."""
    if isinstance(value, Model):
        if not isinstance(value, NOT_ABOUT_PATIENTS):
            for field in value._meta.concrete_fields:
                if not field.is_relation and not field.primary_key:
                    yield field.name, getattr(value, field.attname)
    elif is_dataclass(value):
        for field in fields(value):
            yield from leaves(getattr(value, field.name), field.name)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, key)
    elif isinstance(value, list | tuple | set):
        for inner in value:
            yield from leaves(inner, name)
    else:
        yield name, value


def texts(said: dict[str, Any]) -> set[str]:
    """What of an input may stand in no event, as text."""
    found = set()
    for _, value in leaves(said):
        if isinstance(value, datetime | bool):
            continue
        if isinstance(value, str | date | Decimal) and len(str(value)) >= LEAST_LETTERS:
            found.add(str(value))
    return found - KNOWN


def scores(said: dict[str, Any]) -> set[float]:
    named = ("pain", "soreness", "baseline", "minutes", "dose_mg")
    return {float(value) for name, value in leaves(said) if name in named and value is not None}


def by_whom(act: Act, cast: ClinicCast) -> Any:
    return actor(cast, next(role for role in Role if role in act.may))


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.event)
def test_no_event_repeats_what_it_is_about(our: ClinicCast, act: Act) -> None:
    by = by_whom(act, prepared(our))
    act.ready(our)
    before, said = AuditEvent.objects.count(), act.said(our)
    people = [our.patient, our.injection, our.device, *Caregiver.objects.all()]
    forbidden = texts({"said": said, "people": people})
    assert {"Quill", "Ada", "1970-03-04", "harbour-1", "C7-T1", "cervical", "Dr Vale"} <= forbidden
    act(by, our, said)
    for event in AuditEvent.objects.order_by("id")[before:]:
        written = json.dumps(
            [event.detail, event.subject, event.outcome, event.on_behalf_of], ensure_ascii=False
        )
        assert not [text for text in forbidden if text in written]
        numbers = {float(value) for _, value in leaves(event.detail) if isinstance(value, int | float)}
        assert not numbers & (scores(said) - {0, 1, 2})  # a count is rarely more
