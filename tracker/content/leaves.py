"""The sentences of a text by their names, whatever it is built of: frozen dataclasses, mappings, tuples.

`calling.emergency.signs.0` names the first sign of the first group of "When to call". A translation and a
clinic's own wording change sentences by these names and never the shape around them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from tracker.content.counted import Counted


def leaves(texts: Any) -> dict[str, str]:
    """Every sentence by its name, in the order of reading."""
    found: dict[str, str] = {}
    reworded(texts, lambda name, text: found.setdefault(name, text))
    return found


def reworded(
    texts: Any,
    word: Callable[[str, str], str],
    name: str = "",
    *,
    count: Callable[[str, Counted], Counted] | None = None,
) -> Any:
    """The same texts with each sentence as `word(name, sentence)` gives it back.

    A sentence with a number in it has other kinds of number in another language: `count` gives all its
    wordings at once. Without it each of them is a sentence like any other.
    """
    below = f"{name}." if name else ""

    def part(key: object, text: Any) -> Any:
        return reworded(text, word, f"{below}{key}", count=count)

    if isinstance(texts, str):
        return word(name, texts)
    if isinstance(texts, Counted) and count is not None:
        return count(name, texts)
    if isinstance(texts, Mapping):
        return {key: part(key, text) for key, text in texts.items()}
    if isinstance(texts, tuple):
        return tuple(part(number, text) for number, text in enumerate(texts))
    if is_dataclass(texts) and not isinstance(texts, type):
        said = {one.name: getattr(texts, one.name) for one in fields(texts)}
        return replace(texts, **{key: part(key, text) for key, text in said.items()})
    return texts
