"""Protocols as they apply: the rules of an injection, and what a clinic may choose from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from tracker.access import Actor, Membership
from tracker.domain.procedure import Region
from tracker.domain.protocol import (
    SHIPPED,
    Change,
    InvalidProtocol,
    Problem,
    Protocol,
    changes,
    from_json,
    shipped_for,
)
from tracker.domain.ruleset import RuleSet
from tracker.models import ClinicProtocol, Injection, ProtocolVersion

VERSIONS_KEPT = 1024
"""In a process; one that is not among them costs a statement."""


def rules_of(injection: Injection) -> RuleSet:
    """The rules that an injection was entered under, whatever its clinic has published since."""
    return rules_by(injection.protocol_version_id, injection.region)


def rules_by(version: UUID | None, region: str) -> RuleSet:
    return protocol_by(version, region).rules


def protocol_of(injection: Injection) -> Protocol:
    return protocol_by(injection.protocol_version_id, injection.region)


def protocol_by(version: UUID | None, region: str) -> Protocol:
    """The protocol by what an injection's row says. One statement for a version not seen before."""
    return shipped_for(region) if version is None else _read(version).protocol


@dataclass(frozen=True, slots=True)
class Pinned:
    """A published version: which one of its protocol, and what it says."""

    protocol: Protocol
    number: int


def pinned(version: UUID) -> Pinned:
    """A version by its key, which is found in rows of the clinic in scope only."""
    return _read(version)


@lru_cache(maxsize=VERSIONS_KEPT)
def _read(version: UUID) -> Pinned:
    """Kept, since a version never changes and its key never names another one."""
    row = ProtocolVersion.objects.only("protocol_id", "number", "body").get(pk=version)
    return Pinned(published(row), row.number)


def published(row: ProtocolVersion) -> Protocol:
    """A version as it is; its rules carry its name, so that an assessment says by which it was made."""
    return from_json(row.body, version=f"clinic protocol {row.protocol_id} v{row.number}")


@dataclass(frozen=True, slots=True)
class Offered:
    """A clinic's protocol as a form offers it."""

    public_id: UUID
    version: UUID
    protocol: Protocol


def offered() -> tuple[Offered, ...]:
    """The newest version of each of the clinic's protocols, the first one made first. One statement."""
    newest: dict[int, ProtocolVersion] = {}
    for row in ProtocolVersion.objects.select_related("protocol").order_by("protocol_id", "number"):
        newest[row.protocol_id] = row
    return tuple(Offered(row.protocol.public_id, row.pk, published(row)) for row in newest.values())


def usual_for(region: str, among: Iterable[Offered]) -> Offered | None:
    """What an injection of that region goes by unless somebody chooses: None is the shipped one."""
    return next((one for one in among if region in one.protocol.regions), None)


@dataclass(frozen=True, slots=True)
class ProtocolLine:
    """One protocol in the clinic's list; a shipped one has no id. `usual_for` are labels of regions."""

    public_id: UUID | None
    key: str
    name: str
    regions: tuple[str, ...]
    usual_for: tuple[str, ...]
    number: int | None = None
    published_at: datetime | None = None
    has_draft: bool = False


def protocol_lines(*, actor: Actor) -> tuple[ProtocolLine, ...]:
    """The clinic's own, then the shipped ones, in one statement."""
    rows: dict[int, ProtocolVersion] = {}
    for row in ProtocolVersion.objects.select_related("protocol").order_by("protocol_id", "number"):
        rows[row.protocol_id] = row
    own = [(row, published(row)) for row in rows.values()]
    taken: dict[Region, str] = {}
    for row, protocol in own:
        for region in protocol.regions:
            taken.setdefault(region, str(row.protocol_id))
    lines = [
        ProtocolLine(
            public_id=row.protocol.public_id,
            key=protocol.key,
            name=protocol.name,
            regions=tuple(region.label for region in protocol.regions),
            usual_for=tuple(r.label for r in protocol.regions if taken[r] == str(row.protocol_id)),
            number=row.number,
            published_at=row.published_at,
            has_draft=row.protocol.draft is not None,
        )
        for row, protocol in own
    ]
    shipped = [
        ProtocolLine(
            public_id=None,
            key=one.key,
            name=one.name,
            regions=tuple(region.label for region in one.regions),
            usual_for=tuple(region.label for region in one.regions if region not in taken),
        )
        for one in SHIPPED.values()
    ]
    return (*lines, *shipped)


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in the history: who published it, why, and what it does otherwise than the one before."""

    number: int
    protocol: Protocol
    by: str
    at: datetime
    note: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ProtocolSheet:
    """A clinic's protocol: its versions, the newest first, and the draft where there is one.

    A draft may be one that nobody could publish: then `draft` is None and `problems` say why.
    """

    public_id: UUID
    versions: tuple[VersionLine, ...]
    draft_body: dict[str, Any] | None
    draft: Protocol | None
    problems: tuple[Problem, ...]

    @property
    def newest(self) -> VersionLine:
        return self.versions[0]

    @property
    def draft_changes(self) -> tuple[Change, ...]:
        return changes(self.newest.protocol, self.draft) if self.draft else ()


class NoProtocol(LookupError):
    """The clinic has no such protocol."""


def protocol_row(*, actor: Membership, public_id: UUID) -> ClinicProtocol:
    """A clinic's protocol to act on. Raises NoProtocol."""
    found: ClinicProtocol | None = ClinicProtocol.objects.filter(
        clinic_id=actor.clinic_id, public_id=public_id
    ).first()
    if found is None:
        raise NoProtocol
    return found


def protocol_sheet(*, actor: Membership, public_id: UUID) -> ProtocolSheet:
    """One protocol with its history, in two statements. Raises NoProtocol."""
    found = protocol_row(actor=actor, public_id=public_id)
    rows = list(found.versions.select_related("published_by__user").order_by("number"))
    lines: list[VersionLine] = []
    before = SHIPPED[found.key]
    for row in rows:
        protocol = published(row)
        lines.append(
            VersionLine(
                number=row.number,
                protocol=protocol,
                by=row.published_by.user.name,
                at=row.published_at,
                note=row.note,
                changes=changes(before, protocol),
            )
        )
        before = protocol
    draft, problems = _draft(found)
    return ProtocolSheet(found.public_id, tuple(reversed(lines)), found.draft, draft, problems)


def _draft(row: ClinicProtocol) -> tuple[Protocol | None, tuple[Problem, ...]]:
    if row.draft is None:
        return None, ()
    try:
        return from_json(row.draft, version="draft"), ()
    except InvalidProtocol as error:
        return None, tuple(error.problems)
