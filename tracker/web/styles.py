"""The styles of a phone's pages, written into the page: that spares a slow network a round trip."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

NAMES = (
    *("tokens", "base", "components/diary", "components/scale", "components/course", "components/plan"),
    "components/app",
)


@cache
def phone_styles() -> str:
    """All of them: our own files, and nothing that anybody typed."""
    paths = [str(finders.find(f"css/{name}.css")) for name in NAMES]
    return "\n".join(Path(path).read_text() for path in paths)


@cache
def style_element() -> SafeString:
    return SafeString(f"<style>{phone_styles()}</style>")


@cache
def digest() -> str:
    """The source by which the security policy lets this one style element through."""
    found = hashlib.sha256(phone_styles().encode()).digest()
    return f"'sha256-{base64.b64encode(found).decode()}'"


def for_templates(request: HttpRequest) -> dict[str, object]:
    """A context processor: the text is read where a page asks for it."""
    return {"phone_styles": SimpleLazyObject(style_element)}
