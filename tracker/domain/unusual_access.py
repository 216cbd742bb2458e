"""Which reads of a week somebody should look at: three plain rules over the audit trail.

A finding is a question, not an accusation: a person with the same name may be no relative, and a busy hour
may be a clinic's busy hour. The rules are few, so that the list stays short enough to be read.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)
MOST_IN_AN_HOUR = 30
"""A patient every two minutes, for an hour: more than anybody sees in a consultation."""

NIGHT_STARTS, NIGHT_ENDS = 22, 5
"""Hours by the clinic's clock; the night is the first up to the second."""


class Kind(StrEnum):
    SAME_NAME = "same_name"
    MANY_PATIENTS = "many_patients"
    AT_NIGHT = "at_night"


@dataclass(frozen=True, slots=True)
class Read:
    """Somebody opened one patient's record. `shown` is how many patients the page showed: 1 is a record."""

    actor: str
    patient_id: int
    at: datetime
    shown: int
    actor_family_name: str
    patient_family_name: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What stands out: who, about which patients, when (UTC), and a sentence."""

    kind: Kind
    actor: str
    patient_ids: tuple[int, ...]
    first_at: datetime
    last_at: datetime
    words: str


def unusual(
    reads: Iterable[Read],
    *,
    zone: ZoneInfo,
    night_workers: Collection[str] = (),
    most_in_an_hour: int = MOST_IN_AN_HOUR,
) -> list[Finding]:
    """The findings of a week, the oldest first. `zone` is the clinic's.

    `night_workers` are the actors who worked at night in the weeks before: for them a night is usual. Lists
    of several patients count for nothing here: who opens a worklist has not looked somebody up.
    """
    opened: dict[str, list[Read]] = defaultdict(list)
    for read in sorted(reads, key=lambda read: read.at):
        if read.shown == 1:
            opened[read.actor].append(read)
    found: list[Finding] = []
    for actor, mine in opened.items():
        found += _same_name(mine)
        found += _many_patients(mine, most_in_an_hour)
        if actor not in night_workers:
            found += _at_night(mine, zone)
    return sorted(found, key=lambda finding: (finding.first_at, finding.kind))


def is_at_night(at: datetime, zone: ZoneInfo) -> bool:
    hour = at.astimezone(zone).hour
    return hour >= NIGHT_STARTS or hour < NIGHT_ENDS


def _same_name(reads: list[Read]) -> Iterator[Finding]:
    by_patient: dict[int, list[Read]] = defaultdict(list)
    for read in reads:
        if _names(read.actor_family_name) & _names(read.patient_family_name):
            by_patient[read.patient_id].append(read)
    for of_one in by_patient.values():
        yield _finding(Kind.SAME_NAME, of_one, f"Same family name as the patient, {_times(len(of_one))}.")


def _names(family_name: str) -> set[str]:
    """A double name counts by its parts, accents and case by nothing."""
    letters = unicodedata.normalize("NFKD", family_name.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return {part.strip() for part in plain.split("-")} - {""}


def _many_patients(reads: list[Read], most: int) -> Iterator[Finding]:
    """The fullest hour of one actor, where it is too full."""
    seen: Counter[int] = Counter()
    first = 0
    highest, fullest = most, slice(0)
    for last, read in enumerate(reads):
        seen[read.patient_id] += 1
        while read.at - reads[first].at > HOUR:
            gone = reads[first].patient_id
            seen[gone] -= 1
            if not seen[gone]:
                del seen[gone]
            first += 1
        if len(seen) > highest:
            highest, fullest = len(seen), slice(first, last + 1)
    if highest > most:
        yield _finding(Kind.MANY_PATIENTS, reads[fullest], f"{highest} different records within one hour.")


def _at_night(reads: list[Read], zone: ZoneInfo) -> Iterator[Finding]:
    by_night: dict[date, list[Read]] = defaultdict(list)
    for read in reads:
        if is_at_night(read.at, zone):
            evening = (read.at.astimezone(zone) - timedelta(hours=NIGHT_ENDS)).date()
            by_night[evening].append(read)
    for of_one in by_night.values():
        words = f"Records opened at night, {_times(len(of_one))}, by somebody who usually does not work then."
        yield _finding(Kind.AT_NIGHT, of_one, words)


def _finding(kind: Kind, reads: list[Read], words: str) -> Finding:
    patients = tuple(dict.fromkeys(read.patient_id for read in reads))
    return Finding(kind, reads[0].actor, patients, reads[0].at, reads[-1].at, words)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
