"""What a run leaves behind: results.json for the check, RESULTS.md for people."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.measure import Figure, Pace, Spread
from benchmarks.targets import Target, verdict

FOLDER = Path(__file__).parent
RESULTS, PAGE = FOLDER / "results.json", FOLDER / "RESULTS.md"
PACKAGES = ("Django", "djangorestframework", "matplotlib", "pillow")

INTRODUCTION = """# Measured

Written by `python -m benchmarks`; docs/performance.md says how to read it. Times are CPU milliseconds: the
median of the rounds, in brackets the fastest and the slowest. A ratio is taken within each round, so that
load on the machine cancels out.
"""


def load_now() -> str:
    """The load averages of 1, 5 and 15 minutes."""
    return " ".join(f"{load:.2f}" for load in os.getloadavg())


def environment(*, pace: Pace, load_before: str) -> dict[str, str]:
    """What the figures depend on."""
    import sqlite3  # here: the product puts another library in its place when it starts

    return {
        "date": f"{datetime.now(tz=UTC):%Y-%m-%d %H:%M} UTC",
        "commit": _commit(),
        "rounds": str(pace.rounds),
        "cores": str(os.cpu_count()),
        "machine": f"{platform.system()} {platform.machine()}",
        "load before": load_before,
        "load after": load_now(),
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        **{package: version(package) for package in PACKAGES},
    }


def save(figures: Sequence[Figure], about: Mapping[str, str], targets: Mapping[str, Target]) -> None:
    stored = {"about": about, "figures": [asdict(figure) for figure in figures]}
    RESULTS.write_text(json.dumps(stored, indent=1, ensure_ascii=False) + "\n")
    facts = "\n".join(f"| {name} | {text} |" for name, text in about.items())
    PAGE.write_text(f"{INTRODUCTION}\n{table(figures, targets)}\n\n## The run\n\n| | |\n|---|---|\n{facts}\n")


def stored_figures() -> list[Figure]:
    """The figures of the last whole run."""
    return [_figure(line) for line in json.loads(RESULTS.read_text())["figures"]]


def table(figures: Iterable[Figure], targets: Mapping[str, Target]) -> str:
    """The figures as a table in Markdown."""
    head = "| | What | | Beside | | Result | Target | |\n|---|---|---|---|---|---|---|---|"
    return "\n".join([head, *(row(figure, targets) for figure in figures)])


def row(figure: Figure, targets: Mapping[str, Target]) -> str:
    other = "" if figure.other is None else figure.other
    result = f"{figure.result}{'×' if figure.is_ratio else ''}"
    cells = (
        figure.id,
        figure.what,
        f"{figure.subject} {figure.unit}",
        figure.beside,
        other,
        result,
        targets.get(figure.id, ""),
        verdict(figure, targets),
    )
    return "| " + " | ".join(map(str, cells)) + " |"


def _figure(line: Mapping[str, Any]) -> Figure:
    spreads = {name: line[name] and Spread(**line[name]) for name in ("subject", "other", "result")}
    return Figure(**dict(line) | spreads)


def _commit() -> str:
    try:
        commit = _git("rev-parse", "--short", "HEAD")
        return f"{commit}, with uncommitted changes" if _git("status", "--porcelain") else commit
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=FOLDER, capture_output=True, text=True, check=True)
    return done.stdout.strip()
