"""How charts and worklists are mostly made: pyplot for every picture, the ORM for every row."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from io import BytesIO

from django.template import Context, Template

from benchmarks.floors import PHASES
from tracker.charts.chart import RecoveryChart
from tracker.models import Patient


def pyplot_chart(chart: RecoveryChart) -> bytes:
    """The recovery chart as a PNG as large as the product's, every part of it drawn anew."""
    from matplotlib import pyplot

    figure, (pain, sore) = pyplot.subplots(
        2, 1, figsize=(8, 4.2), dpi=125, sharex=True, gridspec_kw={"height_ratios": (4, 1)}
    )
    for first, last, name, colour in PHASES:
        pain.axvspan(first - 0.5, last + 0.5, color=colour, alpha=0.4)
        pain.text(first, 10.5, name, fontsize=8)
    sore.axvspan(-0.5, 2.5, color="#efd2bb", label="Sore spot, days 0-2")
    scores = [(mark.day, mark.pain) for mark in chart.marks if mark.pain is not None]
    bars = [(mark.day, mark.soreness) for mark in chart.marks if mark.soreness is not None]
    pain.plot(*zip(*scores, strict=True), "o-", color="#0072b2", label="Daily average")
    sore.bar(*zip(*bars, strict=True), color="#b5703a", label="Soreness")
    for level, word in ((chart.baseline, "Baseline"), (chart.half_baseline, "50 %")):
        pain.axhline(float(level), linestyle="--", color="#555555")
        pain.annotate(f"{word} {float(level):.1f}", (chart.today, float(level)), fontsize=8)
    pain.hlines(float(chart.day14_mean), 12, 16, colors="#c45a00", linewidth=4)
    pain.annotate(f"Day 14: {float(chart.day14_mean):.1f}", (14, 9.5), ha="center", color="#c45a00")
    for axes in (pain, sore):
        axes.axvline(0, color="#555555")
        axes.axvline(chart.today, color="#555555", linestyle=":")
        axes.grid(alpha=0.3)
    pain.set(ylim=(0, 11), ylabel="Pain (0-10)")
    sore.set(ylim=(0, 10), ylabel="Soreness", xlabel="Days since the injection", xlim=(-7.5, 90.5))
    figure.legend(loc="lower center", ncols=4, fontsize=8)
    figure.tight_layout()
    return _png(figure)


def pyplot_spark(scores: list[int]) -> bytes:
    """A sparkline as a PNG."""
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(0.7, 0.3), dpi=80)
    axes.plot(scores, linewidth=1)
    axes.set_axis_off()
    return _png(figure)


def _png(figure: object) -> bytes:
    from matplotlib import pyplot

    out = BytesIO()
    figure.savefig(out, format="png")
    pyplot.close(figure)
    return out.getvalue()


PAGE = Template(
    """<!doctype html><title>Worklist</title><table>{% for line in lines %}<tr>
<th><a href="patients/{{ line.patient.public_id }}/">{{ line.patient.full_name }}</a></th>
<td>{{ line.patient.record_number }}</td>
<td>{{ line.injection.injected_on|date:"j F Y" }}</td><td>{{ line.injection.assessment.label }}</td>
<td>{{ line.last.pain }}</td><td>{{ line.last.describes_on|date:"j F Y" }}</td>
<td><img src="data:image/png;base64,{{ line.spark }}" alt=""></td></tr>{% endfor %}</table>"""
)


def worklist(*, patients: int, today: date) -> str:
    """The page of the first patients: queries and a picture for every line."""
    lines = []
    for patient in Patient.objects.order_by("id")[:patients]:
        newest = patient.entries.filter(pain__isnull=False, describes_on__lte=today).order_by("-describes_on")
        lines.append(
            {
                "patient": patient,
                "injection": patient.injections.order_by("-injected_on").first(),
                "last": newest.first(),
                "spark": b64encode(pyplot_spark([entry.pain for entry in newest[:14]][::-1])).decode(),
            }
        )
    return PAGE.render(Context({"lines": lines}))
