"""Which consent text counts, and whether somebody has to be asked (again)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

VERSIONS = ("2026-11",)
"""Oldest first. A text is never changed once somebody agreed to it: another text is another version."""

CURRENT = VERSIONS[-1]


class State(StrEnum):
    """Where a patient stands."""

    MISSING = "missing"
    OUTDATED = "outdated"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"

    @property
    def may_record(self) -> bool:
        """An older text still holds for what is on its way, until somebody can be asked about the new one."""
        return self in (State.GIVEN, State.OUTDATED)

    @property
    def has_to_be_asked(self) -> bool:
        """Who took consent back is not asked again unless they come by themselves."""
        return self in (State.MISSING, State.OUTDATED)


@dataclass(frozen=True, slots=True)
class Given:
    """One consent on record."""

    version: str
    is_withdrawn: bool = False


def state(latest: Given | None, *, current: str = CURRENT) -> State:
    """Where a patient stands by the latest consent on record.

    Any other version than the current one is outdated, one from a newer release as well.
    """
    if latest is None:
        return State.MISSING
    if latest.is_withdrawn:
        return State.WITHDRAWN
    return State.GIVEN if latest.version == current else State.OUTDATED
