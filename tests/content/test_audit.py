"""Whatever the trail can hold has words that a patient understands."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from tracker.content.audit import AUDIT, ENGLISH
from tracker.web.accounts.guards import ENROLLING, ENTRANCE, STAFF

TRACKER = Path(__file__).resolve().parents[2] / "tracker"


def actions_recorded() -> set[str]:
    """Every name like diary.record that stands in an action."""
    return {
        node.value
        for file in (TRACKER / "actions").glob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[a-z_]+\.[a-z_]+", node.value)
        and not node.value.startswith("allauth.")
    }


def pages(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every route with its audience."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", getattr(pattern.callback, "audience", "")
        else:
            namespace = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from pages(pattern, prefix + namespace)


def test_every_action_that_is_recorded_has_words():
    assert actions_recorded() - ENGLISH.actions.keys() == set()


def test_every_page_that_shows_something_of_somebody_has_words():
    of_nobody = {"everybody", STAFF, ENROLLING, ENTRANCE}  # or of the reader's own account alone
    wanted = {name for name, audience in pages(get_resolver()) if audience not in of_nobody}
    assert wanted - ENGLISH.pages.keys() == set()


def test_words_fit_on_a_patients_page_and_on_the_clinics():
    for texts in AUDIT.values():
        for said in [*texts.actions.values(), *texts.pages.values()]:
            assert not {"you", "your", "patient", "patient's", "they"} & set(said.lower().split()), said


def test_an_event_is_told_by_its_page_or_by_its_action():
    assert ENGLISH.what("view", "clinic:chart") == "Saw the chart"
    assert ENGLISH.what("diary.record", "entry:5") == "Entered diary days"
    assert ENGLISH.what("view", "patient:course", is_refused=True) == (
        "Tried, and was not let in: saw the course"
    )


def test_an_event_of_another_release_is_told_by_its_name():
    assert ENGLISH.what("letter.print_out") == "Letter print out"
