"""The house rules that a machine can hold: sizes, fences, what a web process may load."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = [
    path
    for folder in ("config", "tracker", "tests", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]
LONGEST_FILE, LONGEST_TEST_FILE, LONGEST_FUNCTION = 400, 600, 60
FORBIDDEN_NAMES = {"utils", "helpers", "common", "core", "misc", "base"}
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def words(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", OURS, ids=words)
def test_no_file_and_no_function_outgrows_its_stop(path):
    text = path.read_text()
    assert len(text.splitlines()) <= (
        LONGEST_TEST_FILE if path.is_relative_to(ROOT / "tests") else LONGEST_FILE
    )
    functions = [
        node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    too_long = [f.name for f in functions if (f.end_lineno or f.lineno) - f.lineno + 1 > LONGEST_FUNCTION]
    assert too_long == []


def test_no_module_has_a_name_that_says_nothing():
    assert [words(path) for path in OURS if path.stem in FORBIDDEN_NAMES] == []


def test_no_type_is_ignored_without_a_reason():
    product = [path for path in OURS if not path.is_relative_to(ROOT / "tests")]
    bare = re.compile(r"# type: ignore(\[[^\]]*\])?$", re.MULTILINE)
    assert [words(path) for path in product if bare.search(path.read_text())] == []


def test_the_sync_path_never_ignores_conflicts():
    # On SQLite it silently drops rows that break a CHECK or NOT NULL: an entry would be lost and confirmed.
    product = [path for path in OURS if path.is_relative_to(ROOT / "tracker")]
    assert [words(path) for path in product if "ignore_conflicts" in path.read_text()] == []


def test_no_write_path_waits_for_a_broker():
    product = [path for path in OURS if path.is_relative_to(ROOT / "tracker")]
    sending = (".delay(", "apply_async(", "send_task(")
    assert [words(path) for path in product if any(call in path.read_text() for call in sending)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=words)
def test_no_page_carries_a_script_or_a_style_of_its_own(path):
    text = path.read_text().lower()
    assert "<style" not in text and " style=" not in text and " onclick=" not in text and "|safe" not in text
    assert all("src=" in tag.split(">")[0] for tag in text.split("<script")[1:])


def test_a_web_process_never_loads_matplotlib_nor_what_sends(tmp_path):
    code = "import config.wsgi, sys; from django.urls import get_resolver; get_resolver().url_patterns; "
    code += "sys.exit(bool({'matplotlib', 'numpy', 'pywebpush', 'aiohttp'} & set(sys.modules)))"
    environment = {"ONSET_SECRET_KEY": "x", "ONSET_DATA_DIR": str(tmp_path), "PATH": ""}
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment).returncode == 0


def test_the_domain_runs_without_django_being_there():
    code = "import pkgutil, importlib, sys, tracker.domain as d; "
    code += "[importlib.import_module(m.name) for m in pkgutil.iter_modules(d.__path__, 'tracker.domain.')]; "
    code += "sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={"PATH": ""}).returncode == 0
