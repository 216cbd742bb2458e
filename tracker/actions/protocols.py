"""A clinic's protocols: copying a shipped one, changing a draft, publishing it, going back.

Publishing adds a version and touches nothing else: an injection stays with the version that it was entered
under, and so do its assessments.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from tracker.access import Membership, NotYours, check_may
from tracker.actions import audit
from tracker.domain.protocol import SHIPPED, from_json, to_json
from tracker.domain.roles import Permission
from tracker.models import ClinicProtocol, ProtocolVersion
from tracker.queries.protocols import offered, usual_for

AS_SHIPPED = "shipped"
"""The choice of a form that takes the shipped protocol of the region."""


def copy(*, by: Membership, key: str, now: datetime) -> ClinicProtocol:
    """Copy a shipped protocol; its first version says what the shipped one says. Raises ValidationError."""
    check_may(by, Permission.EDIT_PROTOCOLS)
    if key not in SHIPPED:
        raise ValidationError("There is no such protocol to copy.")
    with transaction.atomic():
        made = ClinicProtocol.objects.create(clinic_id=by.clinic_id, key=key, made_at=now)
        _add_version(by, made, to_json(SHIPPED[key]), note="Copied from the shipped one", now=now)
        _audit(by, made, "protocol.copy", now)
    return made


def save_draft(*, by: Membership, protocol: ClinicProtocol, body: dict[str, Any], now: datetime) -> None:
    """Keep what is being changed, for nobody but administrators. Raises InvalidProtocol."""
    _check_may(by, protocol)
    body = to_json(from_json(body | {"key": protocol.key}, version="draft"))
    with transaction.atomic():
        ClinicProtocol.objects.filter(pk=protocol.pk).update(draft=body, drafted_at=now)
        _audit(by, protocol, "protocol.draft", now)


def discard_draft(*, by: Membership, protocol: ClinicProtocol, now: datetime) -> None:
    """Forget what was being changed."""
    _check_may(by, protocol)
    with transaction.atomic():
        ClinicProtocol.objects.filter(pk=protocol.pk).update(draft=None, drafted_at=None)
        _audit(by, protocol, "protocol.discard", now)


def publish(*, by: Membership, protocol: ClinicProtocol, note: str, now: datetime) -> ProtocolVersion:
    """Make the draft the newest version: injections entered from now on go by it. Raises ValidationError,
    and InvalidProtocol where the limits have become narrower since the draft was saved.
    """
    _check_may(by, protocol)
    with transaction.atomic():
        held = _hold(protocol)
        if held.draft is None:
            raise ValidationError("There is no draft to publish.")
        body = to_json(from_json(held.draft, version="draft"))
        if body == _newest(held).body:
            raise ValidationError("The draft says what the newest version says.")
        added = _add_version(by, held, body, note=note, now=now)
        ClinicProtocol.objects.filter(pk=held.pk).update(draft=None, drafted_at=None)
        _audit(by, held, "protocol.publish", now, number=added.number)
    return added


def restore(
    *, by: Membership, protocol: ClinicProtocol, number: int, note: str, now: datetime
) -> ProtocolVersion:
    """Go back to an earlier version by publishing it once more, as a new one. Raises ValidationError."""
    _check_may(by, protocol)
    with transaction.atomic():
        held = _hold(protocol)
        old = held.versions.filter(number=number).first()
        newest = _newest(held)
        if old is None or old.number == newest.number:
            raise ValidationError("Choose an earlier version.")
        added = _add_version(by, held, old.body, note=note or f"Back to version {number}", now=now)
        _audit(by, held, "protocol.restore", now, number=added.number, was=number)
    return added


def version_for(*, choice: str, region: str) -> UUID | None:
    """The version that an injection is pinned to: None for the shipped one. Raises ValidationError.

    Without a choice the first of the clinic's protocols that is for the region, else the shipped one.
    """
    if choice == AS_SHIPPED:
        return None
    ours = offered()
    if not choice:
        usual = usual_for(region, ours)
        return usual.version if usual else None
    chosen = next((one for one in ours if str(one.public_id) == choice), None)
    if chosen is None:
        raise ValidationError({"protocol": "Choose one of the protocols."})
    if region not in chosen.protocol.regions:
        named = " and ".join(one.label for one in chosen.protocol.regions)
        raise ValidationError({"protocol": f"This protocol is for {named}. Choose one for the region above."})
    return chosen.version


def _check_may(by: Membership, protocol: ClinicProtocol) -> None:
    if protocol.clinic_id != by.clinic_id:
        raise NotYours
    check_may(by, Permission.EDIT_PROTOCOLS)


def _hold(protocol: ClinicProtocol) -> ClinicProtocol:
    """The row as it is now, until the transaction ends: two people publish one after the other."""
    held: ClinicProtocol = ClinicProtocol.objects.select_for_update().get(pk=protocol.pk)
    return held


def _newest(protocol: ClinicProtocol) -> ProtocolVersion:
    found: ProtocolVersion = protocol.versions.latest("number")
    return found


def _add_version(
    by: Membership, protocol: ClinicProtocol, body: dict[str, Any], *, note: str, now: datetime
) -> ProtocolVersion:
    newest = protocol.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = ProtocolVersion(
        clinic_id=protocol.clinic_id,
        protocol=protocol,
        number=newest + 1,
        body=body,
        note=note.strip(),
        published_by=by,
        published_at=now,
    )
    version.full_clean()
    version.save(force_insert=True)
    return version


def _audit(by: Membership, protocol: ClinicProtocol, action: str, now: datetime, **detail: Any) -> None:
    audit.record(
        by=by,
        clinic_id=protocol.clinic_id,
        action=action,
        now=now,
        subject=f"protocol:{protocol.pk}",
        **detail,
    )
