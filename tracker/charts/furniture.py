"""What every frame of the chart shows before any data: grid, ticks, phases, the day-14 window, the legend."""

from __future__ import annotations

from matplotlib.lines import Line2D

from tracker.charts.canvas import DPI, Canvas, marker_line, word_widths
from tracker.charts.chart import FrameKey
from tracker.charts.frames import Scale
from tracker.charts.labels import Phase
from tracker.charts.layout import GAP, TICKS, centred
from tracker.charts.palette import pens


def empty_canvas(key: FrameKey, *, dpi: int = DPI) -> Canvas:
    """The frame of a key, without any patient's data."""
    canvas = Canvas(key, dpi)
    days, pain, soreness = canvas.scales
    _grid(canvas, days, pain, soreness)
    _panel_words(canvas, days, pain, soreness)
    left_over = _phases(canvas, days)
    _injection(canvas, days)
    _day14_window(canvas, days)
    _legend(canvas, left_over)
    return canvas


def overlay_canvas(key: FrameKey) -> Canvas:
    """The frame for several injections: a grid, the days of each, and the line of day 0."""
    canvas = Canvas(key)
    days, pain, _ = canvas.scales
    layout, colours, labels = canvas.layout, canvas.colours, canvas.labels
    canvas.soreness.set(xticks=[], yticks=[])
    canvas.pain.set(xticks=[], yticks=[])
    for score in range(0, 11, 2):
        y = pain.at(score)
        canvas.line((layout.left, layout.right), (y, y), colours.grid)
        canvas.text(layout.left - 5, y + layout.font * 0.36, str(score), colours.muted, "right")
    canvas.line((layout.left, layout.right), (layout.pain_bottom,) * 2, colours.axis)
    for day in TICKS[key.horizon]:
        x = days.at(day)
        canvas.line((x, x), (layout.pain_bottom, layout.pain_bottom + 4), colours.axis)
        tick = canvas.text(
            x, layout.ticks, str(day).replace("-", "−"), colours.ink if day == 0 else colours.muted
        )
        tick.set_fontweight("bold" if day == 0 else "normal")
    canvas.line((days.at(0),) * 2, (layout.pain_top, layout.pain_bottom), colours.axis, 1.2)
    canvas.text(days.at(0), layout.events, labels.injection, colours.muted)
    canvas.text((layout.left + layout.right) / 2, layout.days, labels.days, colours.ink)
    middle = (layout.pain_top + layout.pain_bottom) / 2
    canvas.text(layout.font + 2, middle, labels.pain, colours.ink).set(rotation=90, rotation_mode="anchor")
    return canvas


def _grid(canvas: Canvas, days: Scale, pain: Scale, soreness: Scale) -> None:
    layout, colours = canvas.layout, canvas.colours
    sides = (layout.left, layout.right)
    for score in range(0, 11, 2):
        y = pain.at(score)
        canvas.line(sides, (y, y), colours.grid)
    for score in (5, 10):
        canvas.line(sides, (soreness.at(score),) * 2, colours.grid)
    for foot in (layout.pain_bottom, layout.soreness_bottom):
        canvas.line(sides, (foot, foot), colours.axis)
    for day in TICKS[canvas.key.horizon]:
        x = days.at(day)
        canvas.line((x, x), (layout.pain_bottom - 4, layout.pain_bottom), colours.axis)
        canvas.line((x, x), (layout.soreness_bottom, layout.soreness_bottom + 4), colours.axis)


def _panel_words(canvas: Canvas, days: Scale, pain: Scale, soreness: Scale) -> None:
    layout, colours, labels = canvas.layout, canvas.colours, canvas.labels
    canvas.pain.set(xticks=[], yticks=[])
    canvas.soreness.set(xticks=[], yticks=[])
    drop = layout.font * 0.36
    for scale, scores in ((pain, range(0, 11, 2)), (soreness, (0, 5, 10))):
        for score in scores:
            canvas.text(layout.left - 5, scale.at(score) + drop, str(score), colours.muted, "right")
    for day in TICKS[canvas.key.horizon]:
        weight = "bold" if day == 0 else "normal"
        colour = colours.ink if day == 0 else colours.muted
        tick = canvas.text(days.at(day), layout.ticks, str(day).replace("-", "−"), colour)
        tick.set_fontweight(weight)
    middle = (layout.left + layout.right) / 2
    canvas.text(middle, layout.days, labels.days, colours.ink)
    x = layout.font + 2
    for words, top, bottom in (
        (labels.pain, layout.pain_top, layout.pain_bottom),
        (labels.soreness, layout.soreness_top, layout.soreness_bottom),
    ):
        canvas.text(x, (top + bottom) / 2, words, colours.ink).set(rotation=90, rotation_mode="anchor")


def _phases(canvas: Canvas, days: Scale) -> list[Phase]:
    """Shade the phases and name those whose name fits over them; the others are left to the legend."""
    layout, colours, left_over = canvas.layout, canvas.colours, []
    for phase in canvas.labels.phases:
        left = max(layout.left, days.at(phase.first - 0.5))
        right = layout.right if phase.last is None else days.at(phase.last + 0.5)
        canvas.rectangle(left, layout.tab_bottom, right, layout.pain_bottom, colours.shades[phase.key])
        canvas.rectangle(left, layout.tab_top, right, layout.tab_bottom, colours.tabs[phase.key])
        if canvas.width_of(phase.name) + 3 <= right - left:
            base = (layout.tab_top + layout.tab_bottom) / 2 + layout.font * 0.36
            canvas.text((left + right) / 2, base, phase.name, colours.ink)
        elif phase.legend:
            left_over.append(phase)
    sore = canvas.labels.sore_spot
    left, right = days.at(sore.first - 0.5), days.at((sore.last or 0) + 0.5)
    canvas.rectangle(left, layout.soreness_top, right, layout.soreness_bottom, colours.tabs[sore.key])
    return [*left_over, sore]


def _injection(canvas: Canvas, days: Scale) -> None:
    """Day 0: a solid line through both panels, and its name where the longest read-out leaves room."""
    layout, colours, x = canvas.layout, canvas.colours, days.at(0)
    day14 = max(width for name, width in word_widths(canvas).items() if name.startswith("day14"))
    day14_left = (
        centred(days.at(canvas.key.days.readout), day14, low=layout.left, high=layout.width) - day14 / 2
    )
    top = layout.pain_top
    if x + 4 + canvas.width_of(canvas.labels.injection) + GAP <= day14_left:
        canvas.text(x + 4, layout.events, canvas.labels.injection, colours.muted, "left")
        top = layout.tab_bottom
    canvas.line((x, x), (top, layout.pain_bottom), colours.axis, 1.2)
    canvas.line((x, x), (layout.soreness_top, layout.soreness_bottom), colours.axis, 1.2)


def _day14_window(canvas: Canvas, days: Scale) -> None:
    """The window of the read-out: a bracket under its name and two faint edges."""
    layout, colours, window = canvas.layout, canvas.colours, canvas.key.days
    left, right = days.at(window.readout_first - 0.5), min(layout.right, days.at(window.readout_last + 0.5))
    top = layout.pain_top - 3
    canvas.line((left, left, right, right), (top + 4, top, top, top + 4), colours.day14, 1.4)
    for x in (left, right):
        edge = Line2D((x, x), (layout.pain_top, layout.pain_bottom), color=colours.day14, linewidth=0.7)
        edge.set(dashes=(2, 3))
        canvas.add(edge, below=True)


def _legend(canvas: Canvas, phases: list[Phase]) -> None:
    """What the markers mean, then the phases that had no room for their names."""
    layout, labels = canvas.layout, canvas.labels
    marks = {
        "pain-dots": labels.daily,
        "pain-late": labels.late,
        "pain-recalled": labels.recalled,
        "pain-uncertain": labels.uncertain,
    }
    rows = -(-8 // layout.legend_columns)
    step = (layout.width - 16) / layout.legend_columns
    for place, (name, words) in enumerate([*marks.items(), *((phase.key, phase.legend) for phase in phases)]):
        x = 8 + step * (place // rows)
        y = layout.legend + layout.legend_step * (place % rows)
        canvas.text(x + 24, y, words, canvas.colours.ink, "left")
        if name in marks:
            _legend_marker(canvas, name, x + 10, y - layout.font * 0.36)
        else:
            canvas.rectangle(x, y - layout.font * 0.8, x + 20, y + 2, canvas.colours.tabs[name])


def _legend_marker(canvas: Canvas, name: str, x: float, y: float) -> None:
    if name == "pain-dots":
        line = pens(canvas.key.theme, 10)["pain-line"]
        canvas.add(Line2D((x - 10, x + 10), (y, y), color=line.stroke, linewidth=line.width))
    marker = marker_line(canvas, name, [x], [y], day_px=10)
    canvas.add(marker)
