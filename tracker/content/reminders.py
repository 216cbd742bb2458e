"""What a reminder says. It stands on lock screens: no name, no word about health, no score."""

from __future__ import annotations

from collections.abc import Mapping

TITLE: Mapping[str, str] = {"en": "Time for your diary"}
"""By language."""
