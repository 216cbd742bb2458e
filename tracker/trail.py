"""What one request has seen so far: whose rows were read for it. Its guard makes one audit event of this."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(slots=True)
class Trail:
    """`patients` in the order of their reading; `events` counts what actions have written down already."""

    request_id: str = ""
    network: str = ""
    patients: dict[int, None] = field(default_factory=dict)
    events: int = 0
    outcome: str = "done"


NOBODY = Trail()
"""Outside a request nothing is seen by anybody: a worker's reading shows nobody anything."""

_trail: ContextVar[Trail] = ContextVar("trail", default=NOBODY)


@contextmanager
def opened(*, request_id: str, network: str) -> Iterator[Trail]:
    """Keep a trail for the work inside."""
    token = _trail.set(Trail(request_id, network))
    try:
        yield _trail.get()
    finally:
        _trail.reset(token)


def current() -> Trail:
    return _trail.get()


def saw(patient_ids: Iterable[int]) -> None:
    """Every query that hands out a patient's data says so here, so that no page can forget it."""
    trail = _trail.get()
    if trail is not NOBODY:
        trail.patients.update(dict.fromkeys(patient_ids))


def refused() -> None:
    """The request ends with a no: whom it was about is written down as asked for, and not as seen."""
    trail = _trail.get()
    if trail is not NOBODY:
        trail.outcome = "refused"
