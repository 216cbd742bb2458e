"""The last two weeks of an episode as the path of a small inline SVG, straight from a track's bytes.

    <svg class="spark" viewBox="0 0 56 24" ...><path d="..."/></svg>

The path wants `fill: none` and `stroke-linecap: round`: a score that stands alone is a line of no length.
"""

from __future__ import annotations

from tracker.charts.series import reach
from tracker.domain.track import FIRST_DAY, LAST_DAY, MISSING, Timing

DAYS = 14
DAY_PX = 4
SCORE_PX = 2
VIEW_BOX = f"0 0 {DAYS * DAY_PX} {10 * SCORE_PX + 4}"


def _steps(command: str, after: str) -> tuple[tuple[str, ...], ...]:
    """For each column and each score code, the path's next step; a code without a pain score has none."""
    return tuple(
        tuple(
            ""
            if code & 15 == MISSING
            else f"{command}{column * DAY_PX + 2} {(10 - (code & 15)) * SCORE_PX + 2}{after}"
            for code in range(256)
        )
        for column in range(DAYS)
    )


_START, _JOIN = _steps("M", "h0"), _steps("L", "")
_REACH = tuple(reach(index + FIRST_DAY) for index in range(LAST_DAY - FIRST_DAY + 1))
_UNSCORED = Timing.RECALLED & Timing.UNCERTAIN
"""The bit of the provenance byte that both have and the scored timings have not."""

_DAY_0 = -FIRST_DAY
_NEVER = -LAST_DAY


def sparkline(codes: bytes, provenance: bytes, *, up_to_day: int) -> str:
    """The `d` attribute for the 14 days that end on `up_to_day`, which is the last column.

    Days without a scored average (none, recalled, clock uncertain, day 0) are left open. A line is joined as
    in the chart: neighbouring days to day 28, up to a week apart later.
    """
    end = up_to_day - FIRST_DAY + 1
    first = end - DAYS
    start = max(first, 0)
    path, last, joins = [], _NEVER, 0
    for index, code in enumerate(codes[start : max(end, 0)], start):
        if code & 15 == MISSING or provenance[index] & _UNSCORED or index == _DAY_0:
            continue
        path.append((_JOIN if index - last <= joins else _START)[index - first][code])
        last, joins = index, _REACH[index]
    return "".join(path)
