"""P1-P6: the recovery chart, its picture, and sparklines."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from random import Random

from django.conf import settings

from benchmarks import floors, naive
from benchmarks.measure import Contender, Figure, Pace, counted, faster, race, slower
from tracker.charts.chart import Look, RecoveryChart
from tracker.charts.drawing import recovery_png
from tracker.charts.recovery import FrameStore, recovery_svg
from tracker.charts.sparkline import sparkline
from tracker.domain.track import FIRST_DAY, DayMark, pack

WIDE = Look(theme="light", size="wide")
SEED, SPARKLINES = 62321, 500


def chart_of_90_points() -> RecoveryChart:
    """A week before the injection and a score on each of 83 days from it on, sore for the first week."""
    rng = Random(SEED)
    marks = [
        DayMark(day, rng.randint(5, 9) if day < 5 else rng.randint(1, 4), 7 - day if 0 <= day < 7 else None)
        for day in range(FIRST_DAY, 83)
    ]
    return RecoveryChart(
        marks=tuple(marks),
        baseline=Fraction(7),
        baseline_quality="good",
        today=82,
        day14_mean=Fraction(12, 5),
        day14_n=5,
        confidence="firm",
    )


def charts(pace: Pace) -> Iterator[Figure]:
    """P1-P4."""
    chart, frames = chart_of_90_points(), FrameStore(settings.FRAMES_DIR)
    took = race(
        {
            "svg": Contender(lambda: recovery_svg(chart, WIDE, frames=frames)),
            "by hand": Contender(lambda: floors.svg_chart(chart).encode()),
            "png": Contender(lambda: recovery_png(chart, WIDE)),
            "pyplot": Contender(lambda: naive.pyplot_chart(chart)),
        },
        pace=pace,
    )
    yield slower("P1", "chart of 90 days as SVG", took["svg"], "SVG string by hand", took["by hand"])
    yield faster("P2", "chart of 90 days as SVG", took["svg"], "PNG by pyplot", took["pyplot"])
    size, by_hand = _gz(recovery_svg(chart, WIDE, frames=frames)), _gz(floors.svg_chart(chart).encode())
    yield counted("P3", "the SVG, gzipped", size, "bytes", "by hand", by_hand)
    yield counted("P3 ratio", "the SVG against the one by hand, gzipped", size / by_hand, "×")
    yield faster("P4", "chart as PNG, in a worker", took["png"], "PNG by pyplot", took["pyplot"])
    png, by_pyplot = len(recovery_png(chart, WIDE)), len(naive.pyplot_chart(chart))
    yield counted("P4 bytes", "the PNG", png, "bytes", "PNG by pyplot", by_pyplot)


IMPORTING = """
import json, sys, time
start = time.process_time()
{work}
heavy = [name for name in ("matplotlib", "numpy", "PIL") if name in sys.modules]
print(json.dumps([1000 * (time.process_time() - start), len(heavy)]))
"""
WEB_PROCESS = "import config.wsgi; from django.urls import get_resolver; get_resolver().url_patterns"
BARE_DJANGO = """
from django.conf import settings; settings.configure(ROOT_URLCONF="benchmarks.nothing")
import django; django.setup(); from django.core.wsgi import get_wsgi_application; get_wsgi_application()"""


def web_process(pace: Pace) -> Iterator[Figure]:
    """P5, in processes of their own, each as fresh as a web process that starts."""
    product, bare = [], []
    for _ in range(pace.rounds):
        product.append(_imported(WEB_PROCESS))
        bare.append(_imported(BARE_DJANGO))
    heavy = max(count for _, count in product)
    yield counted("P5", "matplotlib, numpy and Pillow in a web process", heavy, "packages")
    times = [took for took, _ in product], [took for took, _ in bare]
    yield slower("P5 start", "start of a web process", times[0], "Django without an app", times[1])


def _imported(work: str) -> tuple[float, int]:
    environ = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", IMPORTING.format(work=work)],
        env=environ,
        cwd=settings.BASE_DIR,
        check=True,
        capture_output=True,
    )
    return tuple(json.loads(done.stdout))


def sparklines(pace: Pace) -> Iterator[Figure]:
    """P6."""
    tracks = [_track(Random(f"{SEED}/{number}")) for number in range(SPARKLINES)]
    product = lambda: [floors.spark_svg(sparkline(*track, up_to_day=day)) for *track, day in tracks]  # noqa: E731
    by_hand = lambda: [floors.spark_svg(floors.spark(codes, day)) for codes, _, day in tracks]  # noqa: E731
    took = race({"product": Contender(product), "by hand": Contender(by_hand)}, pace=pace)
    yield slower("P6", f"{SPARKLINES} sparklines", took["product"], "formatted by hand", took["by hand"])
    sizes = [_gz("\n".join(lines()).encode()) for lines in (product, by_hand)]
    yield counted("P6 bytes", f"{SPARKLINES} sparklines, gzipped", sizes[0], "bytes", "by hand", sizes[1])


def _track(rng: Random) -> tuple[bytes, bytes, int]:
    day = rng.randint(5, 90)
    marks = [
        DayMark(number, rng.randint(0, 10), None) for number in range(FIRST_DAY, day) if rng.random() < 0.9
    ]
    return *pack(marks), day


def _gz(content: bytes) -> int:
    return len(gzip.compress(content, compresslevel=6, mtime=0))


GROUPS = ((("P1", "P2", "P3", "P4"), charts), (("P5",), web_process), (("P6",), sparklines))
