"""What there is to translate: sentences of content, of templates and of Python, without gettext's tools."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.template import engines
from django.template.base import FilterExpression
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from tracker.content.counted import Counted
from tracker.content.languages import SOURCE, is_prose
from tracker.content.leaves import reworded
from tracker.content.registry import TEXTS

T = TypeVar("T")

CONTEXT_FIRST = {"pgettext", "pgettext_lazy"}
PLURAL_TOO = {"ngettext", "ngettext_lazy"}
ONE_TEXT = {"gettext", "gettext_lazy", "gettext_noop", "say", "_"}
"""Calls in Python whose first arguments are texts, written out."""


@dataclass(frozen=True, slots=True)
class Message:
    """A text to translate, and where it stands: a file, or the name of a sentence of the content."""

    text: str
    place: str
    plural: str = ""
    context: str = ""
    is_sentence: bool = False


def messages() -> Iterator[Message]:
    """All of them, in the order of reading."""
    yield from of_content()
    for folder in (settings.BASE_DIR / "templates",):
        for file in sorted(path for path in folder.rglob("*") if path.suffix in (".html", ".txt")):
            yield from of_template(file.relative_to(folder).as_posix())
    for file in sorted((settings.BASE_DIR / "tracker").rglob("*.py")):
        yield from of_python(file.read_text(), file.relative_to(settings.BASE_DIR).as_posix())


def of_content() -> Iterator[Message]:
    """Each sentence of each text that a patient reads, with its dotted name."""
    for name, texts in TEXTS.items():
        found: list[Message] = []

        def word(place: str, text: str, found: list[Message] = found) -> str:
            if is_prose(text):
                found.append(Message(text, place, is_sentence=True))
            return text

        def count(place: str, text: Counted, found: list[Message] = found) -> Counted:
            one, other = text.forms["one"], text.forms["other"]
            found.append(Message(one, place, plural=other, is_sentence=True))
            return text

        reworded(texts[SOURCE], word, name, count=count)
        yield from found


def of_template(name: str) -> Iterator[Message]:
    """What a template translates."""
    engine: Any = engines["django"]
    nodes: Any = engine.engine.get_template(name).nodelist
    place = f"templates/{name}"
    for node in nodes.get_nodes_by_type(TranslateNode):
        if (text := node.filter_expression.var.literal) is not None:
            yield Message(str(text), place, context=_constant(node.message_context))
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        plural = node.render_token_list(node.plural)[0] if node.plural else ""
        yield Message(
            node.render_token_list(node.singular)[0], place, plural, _constant(node.message_context)
        )


def _constant(given: FilterExpression | None) -> str:
    return "" if given is None else str(given.var)


def of_python(source: str, place: str) -> Iterator[Message]:
    """What a module hands to gettext, or to a function named `say`, in texts that are written out."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else ""
        texts = [_written_out(argument) for argument in node.args]
        if called in CONTEXT_FIRST and texts[1]:
            yield Message(texts[1], place, context=texts[0])
        elif called in PLURAL_TOO and texts[0]:
            yield Message(texts[0], place, plural=texts[1])
        elif called in ONE_TEXT and texts and texts[0]:
            yield Message(texts[0], place, plural=texts[1] if len(texts) > 1 else "")


def _written_out(argument: ast.expr) -> str:
    is_text = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    return str(argument.value) if is_text else ""  # type: ignore[attr-defined]  # a Constant
