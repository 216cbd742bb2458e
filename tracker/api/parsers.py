"""JSON from strangers: bounded in size and depth, and nothing that JSON does not know."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from django.conf import settings
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

DEEPEST = 20
"""Lists and objects inside each other. The deepest body of this API needs three."""


class TooLarge(APIException):
    status_code = 413


class BoundedJSONParser(BaseParser):
    """Reads one JSON value in UTF-8, or raises ParseError (400) or TooLarge (413)."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        longest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(longest + 1)
        if len(body) > longest:
            raise TooLarge(f"The body is longer than {longest // 1024} kB. Send fewer changes at a time.")
        return parse(body)


def parse(body: bytes) -> Any:
    """The value of a JSON text. Raises ParseError."""
    try:
        found = json.loads(body.decode(), parse_constant=_refuse, object_pairs_hook=_object)
        if b"\\u" in body:
            json.dumps(found, ensure_ascii=False).encode()  # half of a character pair cannot be written back
    except (ValueError, RecursionError) as error:
        raise ParseError("The body is not valid JSON in UTF-8. Nothing was stored.") from error
    if _is_deep(found):
        raise ParseError(f"The body is nested deeper than {DEEPEST} levels. Nothing was stored.")
    return found


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object that says the same name twice could be read either way, so it is not read at all."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name occurs twice")
    return found


def _is_deep(value: object) -> bool:
    layer = [value]
    for _ in range(DEEPEST):
        layer = [child for node in layer for child in _children(node) if isinstance(child, (dict, list))]
        if not layer:
            return False
    return True


def _children(node: object) -> Any:
    return node.values() if isinstance(node, Mapping) else node if isinstance(node, list) else ()
