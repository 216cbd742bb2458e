"""The documents say what is so: settings, fields, commands and links are compared with the code."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.db.models import Model

from tracker import models

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
DOCS = ROOT / "docs"

every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


def first_cells(text: str) -> list[str]:
    """What stands as `code` in the first column of a document's tables."""
    return re.findall(r"^\| `([^`]+)`", text, re.MULTILINE)


def section(text: str, title: str) -> str:
    """The text below a heading, up to the next one of its level."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no heading “{title}”"
    return found[1]


def settings_read() -> set[str]:
    """The environment variables that config/ reads by the readers of config/env.py."""
    names = set()
    for file in (ROOT / "config").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("env."):
                name = ast.literal_eval(node.args[0])
                names |= {name, f"{name}_FILE"} if ast.unparse(node.func) == "env.secret" else {name}
    return names


def test_the_table_of_settings_is_what_the_settings_read():
    cells = first_cells(section((DOCS / "operations.md").read_text(), "Settings"))
    listed = [cell for cell in cells if cell.isupper()]
    assert len(listed) == len(set(listed))
    assert set(listed) == settings_read()


def test_the_table_of_checks_is_what_the_checks_say():
    listed = [cell for cell in first_cells((DOCS / "operations.md").read_text()) if cell.startswith("onset.")]
    assert len(listed) == len(set(listed))
    code = "".join(file.read_text() for file in (ROOT / "tracker").rglob("checks.py"))
    assert set(listed) == set(re.findall(r"onset\.[EW]\d{3}", code))


def test_the_environment_is_read_in_one_module_only():
    reading = [file for file in (ROOT / "config").glob("*.py") if "environ.get" in file.read_text()]
    assert [file.name for file in reading] == ["env.py"]


@pytest.mark.parametrize(
    "model", [getattr(models, name) for name in models.__all__], ids=lambda m: m.__name__
)
def test_every_field_of_a_model_is_in_data_protection(model: type[Model]):
    listed = first_cells(section((DOCS / "data-protection.md").read_text(), model.__name__))
    assert sorted(listed) == sorted(field.name for field in model._meta.concrete_fields)


def test_every_requirement_has_its_reason_and_its_way_out():
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    required = [re.split(r"[\[=<>~ ]", line)[0] for line in lines if line and not line.startswith(("#", "-"))]
    assert first_cells((DOCS / "adr" / "0009-dependencies.md").read_text()) == required


def cited_sections() -> set[str]:
    """Sections of the evidence that the code rests on, such as 4.1."""
    code = "".join(file.read_text() for file in (ROOT / "tracker").rglob("*.py"))
    return set(re.findall(r"evidence\.md,?\s*(?:section\s*)?(\d+(?:\.\d+)?)", code))


def test_every_section_of_the_evidence_that_code_cites_exists():
    headings = re.findall(r"^##+ (\d+(?:\.\d+)?)", (DOCS / "evidence.md").read_text(), re.MULTILINE)
    assert cited_sections()
    assert cited_sections() <= set(headings)


def test_a_trademark_is_named_wherever_its_number_is():
    notice = "CPT is a registered trademark of the American Medical Association"
    for document in DOCUMENTS:
        text = document.read_text()
        assert "62321" not in text or notice in text, document.name


@every_document
def test_links_between_documents_resolve(document: Path):
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text()):
        if target.startswith(("http://", "https://")):
            continue
        name, _, anchor = target.partition("#")
        file = (document.parent / name).resolve() if name else document
        assert file.exists(), target
        if anchor:
            assert anchor in anchors(file), target


def anchors(file: Path) -> set[str]:
    """The headings of a document as a link names them."""
    headings = re.findall(r"^#+ (.+)$", file.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@every_document
def test_every_command_that_a_document_names_exists(document: Path):
    named = set(re.findall(r"manage\.py ([a-z_]+)", document.read_text()))
    assert named <= get_commands().keys() | {"help"}


@every_document
def test_every_make_target_that_a_document_names_exists(document: Path):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    # As code only: "make a mistake" is English.
    code = re.findall(r"`([^`\n]+)`", document.read_text()) + re.findall(
        r"^(make .+)$", document.read_text(), re.MULTILINE
    )
    named = {name for text in code for name in re.findall(r"\bmake ([a-z-]+)", text)}
    assert named <= targets


@every_document
def test_no_document_names_a_place_outside_the_project(document: Path):
    text = document.read_text()
    for path in re.findall(r"(?:\.\./)+[\w./-]*", text):
        assert (document.parent / path).resolve().is_relative_to(ROOT), path
    examples = {"etc", "dev"}
    here = {name for name in re.findall(r"(?<![\w.:/-])/(\w+)/", text) if Path("/", name).is_dir()}
    assert here <= examples, "a folder of the machine this was written on"


@every_document
def test_every_path_of_the_project_that_a_document_names_exists(document: Path):
    paths = re.findall(
        r"`((?:tracker|config|tests|docs|benchmarks|static|templates)/[\w/.-]+)`", document.read_text()
    )
    assert [path for path in paths if not (ROOT / path).exists()] == []


WORDS_LIVE_IN = [
    import_module(f"tracker.{name}")
    for name in (
        "models",
        "domain.assessment",
        "domain.labels",
        "domain.procedure",
        "domain.sync",
        "domain.track",
    )
]


def is_in_the_code(name: str) -> bool:
    """A module below `tracker`, something inside one, or a word (`Timing.LATE`) of the usual places."""
    if any(_holds(module, name) for module in WORDS_LIVE_IN):
        return True
    module, _, attribute = name.rpartition(".")
    return _is_module(name) or (_is_module(module) and _holds(import_module(f"tracker.{module}"), attribute))


def _is_module(name: str) -> bool:
    path = ROOT / "tracker" / name.replace(".", "/")
    return bool(name) and (path.is_dir() or path.with_suffix(".py").exists())


def _holds(place: object, name: str) -> bool:
    for part in name.split("."):
        if not hasattr(place, part):
            return False
        place = getattr(place, part)
    return True


def test_every_word_of_the_glossary_is_in_the_code():
    rows = re.findall(r"^\| [^|]+ \| ([^|]*`[^|]*) \|", (DOCS / "glossary.md").read_text(), re.MULTILINE)
    names = [name for row in rows for name in re.findall(r"`([\w.]+)`", row)]
    assert names
    assert [name for name in names if not is_in_the_code(name)] == []


def test_our_own_commands_are_all_described():
    ours = {name for name, app in get_commands().items() if app == "tracker"}
    assert ours <= set(re.findall(r"manage\.py ([a-z_]+)", (DOCS / "operations.md").read_text()))
