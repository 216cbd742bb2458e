"""One change from a phone against what the server holds: its fate, whatever the order of arrival."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from tracker.domain.scales import SCORES


class Verdict(StrEnum):
    CREATED = "created"
    EDITED = "edited"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    INVALID = "invalid"
    WRONG_OWNER = "wrong_owner"
    """Given by the caller, who alone knows whose the phone is."""
    ID_REUSED = "id_reused"


@dataclass(frozen=True, slots=True)
class Change:
    """One entry as the phone made it; `replaces` names the entry that an edit saw as current."""

    client_id: UUID
    day: date
    pain: int | None
    soreness: int | None
    entered_at: datetime
    replaces: UUID | None = None

    def says_the_same_as(self, other: Change) -> bool:
        """Whether both are one entry sent twice: a form sent again carries a later time and no other news."""
        return replace(self, entered_at=other.entered_at) == other


@dataclass(frozen=True, slots=True)
class Known:
    """One entry that the server holds: the change it came from, and when it was really made."""

    client_id: UUID
    payload: Change
    corrected_at: datetime

    def beats(self, other: Known) -> bool:
        """The later of two entries for one day wins, on a tie the greater id: no order of arrival matters."""
        return (self.corrected_at, self.client_id) > (other.corrected_at, other.client_id)


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer for the phone, and whether the change becomes the day's current entry."""

    verdict: Verdict
    becomes_current: bool


def corrected_time(entered_at: datetime, *, skew: timedelta | None, received_at: datetime) -> datetime:
    """When an entry was really made: device time plus skew (server minus device), at most receipt."""
    return min(entered_at + (skew or timedelta()), received_at)


def decide(
    change: Change,
    *,
    same_id: Known | None,
    current: Known | None,
    corrected_at: datetime | None = None,
) -> Decision:
    """The verdict on a change, given the entry of the same id and the current entry of the same day.

    `corrected_at` is the change's own `corrected_time`; without it the device's time counts.
    A conflict is decided by `Known.beats`: two phones end with the same entry in whatever order they send.
    """
    if same_id is not None:
        is_same = same_id.payload.says_the_same_as(change)
        return Decision(Verdict.DUPLICATE if is_same else Verdict.ID_REUSED, False)
    if not _is_valid(change):
        return Decision(Verdict.INVALID, False)
    if current is None:
        return Decision(Verdict.CREATED, True)
    if change.replaces == current.client_id:
        return Decision(Verdict.EDITED, True)
    mine = Known(change.client_id, change, corrected_at or change.entered_at)
    return Decision(Verdict.CONFLICT, mine.beats(current))


def _is_valid(change: Change) -> bool:
    scores = (change.pain, change.soreness)
    return scores != (None, None) and all(score is None or score in SCORES for score in scores)
