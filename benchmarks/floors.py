"""What the same work costs at least, written by hand without a framework. Floors do less than the product."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape
from sqlite3 import Connection
from typing import Any

from tracker.charts.chart import RecoveryChart
from tracker.domain.track import FIRST_DAY, MISSING, DayMark

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 800, 420, 50, 740, 40, 250
SORE_TOP, SORE_BOTTOM = 280, 330

PHASES = (
    (-7, -1, "Before", "#dddddd"),
    (0, 0, "Numbing", "#d5c8e8"),
    (2, 5, "Steroid onset", "#f7dfa5"),
    (6, 14, "Full effect", "#cfe8dc"),
    (15, 90, "Lasting relief", "#d9eaf7"),
)
LEGEND = (
    ("Daily average", "#0072b2"),
    ("Recorded late", "#e69f00"),
    ("Recalled, not scored", "#56b4e9"),
    ("Clock uncertain", "#333333"),
    ("Numbing, day 0", "#d5c8e8"),
    ("Steroid onset, days 2-5", "#f7dfa5"),
    ("Sore spot, days 0-2", "#efd2bb"),
)


def svg_chart(chart: RecoveryChart) -> str:
    """The recovery chart as a string of SVG: the same parts as the product's, no care for their places."""
    last = max(chart.today, chart.marks[-1].day)
    step = (RIGHT - LEFT) / (last - FIRST_DAY)
    x = [LEFT + number * step for number in range(last - FIRST_DAY + 1)]
    pain = [(x[mark.day - FIRST_DAY], _y(mark.pain)) for mark in chart.marks if _has(mark)]
    points = " ".join([f"{x:.1f},{y:.1f}" for x, y in pain])
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-size="11">',
            f"<title>Pain after the injection</title><desc>{len(pain)} days with a score</desc>",
            *_grid(x),
            *_phases(x),
            *_levels(chart, x),
            *[_bar(x[mark.day - FIRST_DAY], mark.soreness, step) for mark in chart.marks if mark.soreness],
            f'<polyline points="{points}" fill="none" stroke="#0072b2" stroke-width="2"/>',
            *[f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="#0072b2"/>' for x, y in pain],
            *_legend(),
            "</svg>",
        ]
    )


def _grid(x: list[float]) -> Iterator[str]:
    for score in range(0, 11, 2):
        y = _y(score)
        yield f'<path d="M{LEFT} {y:.1f}H{RIGHT}" stroke="#ddd"/><text x="30" y="{y:.1f}">{score}</text>'
    for score in (0, 5, 10):
        yield f'<text x="30" y="{SORE_BOTTOM - 5 * score}">{score}</text>'
    for day in range(0, len(x) + FIRST_DAY, 14):
        yield f'<text x="{x[day - FIRST_DAY]:.1f}" y="345" text-anchor="middle">{day}</text>'
    yield '<text x="360" y="362">Days since the injection</text>'
    yield '<text transform="translate(12 170) rotate(-90)">Pain (0-10)</text>'
    yield '<text transform="translate(12 330) rotate(-90)">Soreness</text>'


def _phases(x: list[float]) -> Iterator[str]:
    for first, last, name, colour in PHASES:
        left, right = x[first - FIRST_DAY], x[min(last - FIRST_DAY, len(x) - 1)]
        yield f'<rect x="{left:.1f}" y="{TOP}" width="{right - left:.1f}" height="210" fill="{colour}"/>'
        yield f'<text x="{left:.1f}" y="30">{name}</text>'


def _levels(chart: RecoveryChart, x: list[float]) -> Iterator[str]:
    """Baseline and half of it, the day-14 window with its mean, the injection and today."""
    for level, word in ((chart.baseline, "Baseline"), (chart.half_baseline, "50 %")):
        if level is not None:
            y = f"{_y(float(level)):.1f}"
            yield f'<path d="M{LEFT} {y}H{RIGHT}" stroke="#555" stroke-dasharray="4 3"/>'
            yield f'<text x="{RIGHT}" y="{y}">{word} {float(level):.1f}</text>'
    if chart.day14_mean is not None:
        left, right, y = x[12 - FIRST_DAY], x[16 - FIRST_DAY], _y(float(chart.day14_mean))
        yield f'<path d="M{left:.1f} {y:.1f}H{right:.1f}" stroke="#c45a00" stroke-width="4"/>'
        yield f'<path d="M{left:.1f} {BOTTOM}V{TOP}H{right:.1f}V{BOTTOM}" fill="none" stroke="#c45a00"/>'
        yield f'<text x="{left:.1f}" y="52">Day 14: {float(chart.day14_mean):.1f}</text>'
    for day in (0, chart.today):
        yield f'<path d="M{x[day - FIRST_DAY]:.1f} {TOP}V{SORE_BOTTOM}" stroke="#555"/>'
    yield f'<text x="{x[chart.today - FIRST_DAY]:.1f}" y="268">Today</text>'


def _bar(x: float, soreness: int, step: float) -> str:
    tall = 5 * soreness
    return f'<rect x="{x:.1f}" y="{SORE_BOTTOM - tall}" width="{step:.1f}" height="{tall}" fill="#b5703a"/>'


def _legend() -> Iterator[str]:
    for place, (word, colour) in enumerate(LEGEND):
        x, y = 20 + place % 4 * 190, 384 + place // 4 * 20
        yield f'<rect x="{x}" y="{y}" width="16" height="10" fill="{colour}"/>'
        yield f'<text x="{x + 22}" y="{y + 9}">{word}</text>'


def _has(mark: DayMark) -> bool:
    return mark.pain is not None and mark.is_scored


def _y(score: float | None) -> float:
    return BOTTOM - 5 - (score or 0) * 20


def spark(codes: bytes, up_to_day: int) -> str:
    """A sparkline's path: the last 14 days that have a score, formatted one by one."""
    end = up_to_day - FIRST_DAY + 1
    first = max(end - 14, 0)
    points = []
    for column, code in enumerate(codes[first : max(end, 0)]):
        if code & 15 != MISSING:
            points.append(f"{column * 4 + 2},{(10 - (code & 15)) * 2 + 2}")
    return "M" + "L".join(points) if points else ""


def spark_svg(path: str) -> str:
    """How a page puts a path in."""
    return f'<svg class="spark" viewBox="0 0 56 24" aria-hidden="true"><path d="{path}"/></svg>'


WORKLIST = """
SELECT p.id, p.public_id, p.given_name, p.family_name, p.record_number, p.time_zone, i.injected_on,
       a.label, a.attention, a.attention_reasons, a.last_on, a.last_pain, a.change, t.codes, t.provenance
FROM tracker_patient p
LEFT JOIN tracker_injection i ON i.id = p.current_injection_id
LEFT JOIN tracker_assessment a ON a.injection_id = i.id
LEFT JOIN tracker_track t ON t.injection_id = i.id
WHERE p.clinic_id = ? ORDER BY coalesce(a.attention, 0) DESC, p.id LIMIT 500
"""


def worklist_rows(driver: Connection, clinic: int) -> list[Any]:
    """The rows of a worklist as the driver gives them: no object, no date, no word, no sparkline."""
    return driver.execute(WORKLIST, (clinic,)).fetchall()


def worklist_page(rows: Iterable[Sequence[Any]], *, today: date) -> str:
    """The worklist as HTML, straight from such rows; what people typed is escaped."""
    return (
        f"<!doctype html><title>Worklist</title><table>{''.join([_line(row, today) for row in rows])}</table>"
    )


def _line(row: Sequence[Any], today: date) -> str:
    (
        _,
        id,
        given,
        family,
        number,
        _,
        injected_on,
        label,
        attention,
        reasons,
        last_on,
        score,
        change,
        codes,
        _,
    ) = row
    day = (today - injected_on).days if injected_on else 0
    silent = (today - last_on).days if last_on else 0
    return (
        f'<tr><th><a href="patients/{id}/">{escape(family)}, {escape(given)}</a>'
        f'<span class="number">{escape(number)}</span></th><td data-is="Stands at">day {day}</td>'
        f'<td data-is="Status"><span class="tag">{label}</span></td><td data-is="Attention">'
        f'<span class="level">{attention}</span><span class="reasons">{reasons}</span></td>'
        f'<td data-is="Last score"><b>{score}</b> <span class="on">day {day - silent}</span></td>'
        f'<td data-is="Change">{change}</td><td data-is="Silent for">{silent} days</td>'
        f'<td data-is="14 days">{spark_svg(spark(codes or b"", day))}</td></tr>'
    )


def make_table(driver: Connection) -> None:
    """The smallest table that can hold an entry."""
    driver.execute(
        "CREATE TABLE floor (patient INTEGER, day TEXT, pain INTEGER, soreness INTEGER,"
        " PRIMARY KEY (patient, day))"
    )


def upsert(driver: Connection, day: int) -> None:
    """One entry by the driver alone, in a transaction of its own."""
    driver.execute("BEGIN IMMEDIATE")
    driver.execute(
        "INSERT INTO floor VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET pain = excluded.pain",
        (day % 500, f"day {day}", day % 11),
    )
    driver.execute("COMMIT")
