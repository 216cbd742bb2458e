"""Break the code in one place after the other, in a copy of it; 1 where a test did not notice.

python -m tests.mutations              all of the list
python -m tests.mutations --rows 1 14  some rows of it
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from tests.mutations.rows import MUTATIONS, Mutation

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache")
PYTEST = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
SECONDS = 300


def outcome(copy: Path, *tests: str) -> str:
    """How tests end: passed, failed, or neither, where one never came to its end."""
    try:
        run = subprocess.run(
            [*PYTEST, *tests], cwd=copy, capture_output=True, text=True, timeout=SECONDS * len(tests)
        )
    except subprocess.TimeoutExpired:
        return "neither"
    counted = re.search(r"(\d+) (passed|failed|error|skipped)[^\n]*\Z", run.stdout.strip())
    return counted[2] if counted and counted[2] in ("passed", "failed") else "neither"


def tried(copy: Path, mutation: Mutation) -> str:
    """What the test says with the code broken. The code is whole again afterwards."""
    path = copy / mutation.file
    whole = path.read_text()
    path.write_text(whole.replace(mutation.old, mutation.new))
    try:
        return outcome(copy, mutation.test)
    finally:
        path.write_text(whole)


def main() -> int:
    parser = ArgumentParser(prog="python -m tests.mutations", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[])
    rows = parser.parse_args().rows
    asked = [one for one in MUTATIONS if not rows or one.row in rows]
    unseen = 0
    with tempfile.TemporaryDirectory(prefix="onset-mutations-") as folder:
        copy = Path(folder) / "onset"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        if outcome(copy, *sorted({one.test for one in asked})) != "passed":
            raise SystemExit("A test fails with the code whole: see to that first.")
        for mutation in asked:
            found = tried(copy, mutation)
            unseen += found != "failed"
            print(f"{mutation.row:2} {mutation.file}: {mutation.test.split('::')[1]} {found}", flush=True)
    return int(unseen > 0)


if __name__ == "__main__":
    raise SystemExit(main())
