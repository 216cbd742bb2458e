"""What sort of phone is asking, as far as its browser says."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_noop

NAMES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", gettext_noop("Android phone")),
    ("Mobile", gettext_noop("Phone")),
)


def name_of(request: HttpRequest) -> str:
    """What the list of phones calls this one, until somebody gives it another name.

    It is kept in English, as staff read it, and translated where it is shown to a patient.
    """
    agent = request.headers.get("User-Agent", "")
    return next((name for word, name in NAMES if word in agent), gettext_noop("Computer"))


def kind_of(request: HttpRequest) -> str:
    """Which instructions fit: ios, android or other."""
    name = name_of(request)
    return "ios" if name in ("iPhone", "iPad") else "android" if name == "Android phone" else "other"
