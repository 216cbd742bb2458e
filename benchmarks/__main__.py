"""Measure the product beside its floors and beside naive variants.

python -m benchmarks                 everything; writes RESULTS.md and results.json
python -m benchmarks --only p7       one figure and those that are measured with it; writes nothing
python -m benchmarks --quick         fewer rounds; writes nothing
python -m benchmarks --check         compares the last whole run with targets.json; 1 where a line is crossed
"""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Iterator
from io import StringIO

from benchmarks import report
from benchmarks.measure import QUICK, Figure, Pace
from benchmarks.targets import failures, read_targets


def main() -> int:
    asked = _arguments()
    return check() if asked.check else measure(asked)


def check() -> int:
    """Say how the last whole run stands; 1 where a figure is beyond its fail line."""
    if not report.RESULTS.exists():
        print("Nothing was measured yet: run python -m benchmarks first.")
        return 1
    figures, targets = report.stored_figures(), read_targets()
    print(report.table(figures, targets))
    return 1 if failures(figures, targets) else 0


def measure(asked: Namespace) -> int:
    load_before, targets, figures = report.load_now(), read_targets(), []
    pace = QUICK if asked.quick else Pace()
    for figure in _figures(asked.only.upper(), pace):
        figures.append(figure)
        print(report.row(figure, targets), flush=True)
    if not (asked.quick or asked.only):
        about = report.environment(pace=pace, load_before=load_before)
        report.save(figures, about, targets)
    return 0


def _figures(only: str, pace: Pace) -> Iterator[Figure]:
    _start()
    from benchmarks import bench_audit, bench_charts, bench_sync, bench_worklist

    for bench in (bench_charts, bench_sync, bench_worklist, bench_audit):
        for ids, group in bench.GROUPS:
            if not only or only in ids:
                yield from group(pace)


def _start() -> None:
    """What a start of the product does, over a folder that is thrown away; the check needs none of it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("buildframes", stdout=StringIO())


def _arguments() -> Namespace:
    parser = ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", help="a figure, such as p7")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--check", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
