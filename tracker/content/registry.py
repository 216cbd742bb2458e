"""Every text that a patient reads, by the name under which its sentences go: calling.emergency.signs.0."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tracker.content.app import APP
from tracker.content.audit import AUDIT
from tracker.content.calling import CALLING
from tracker.content.care import CARE
from tracker.content.consent import CONSENT
from tracker.content.course import COURSE
from tracker.content.diary import DIARY
from tracker.content.export import READ_ME
from tracker.content.forms import FORMS
from tracker.content.home_screen import HOME_SCREEN
from tracker.content.mails import ADDRESS_CHANGED, CODE
from tracker.content.paper import PAPER
from tracker.content.reminders import TITLE

TEXTS: Mapping[str, Mapping[str, Any]] = {
    "calling": CALLING,
    "course": COURSE,
    "diary": DIARY,
    "care": CARE,
    "forms": FORMS,
    "app": APP,
    **{f"consent.{version}": texts for version, texts in CONSENT.items()},
    "home_screen": HOME_SCREEN,
    "mails.code": CODE,
    "mails.address_changed": ADDRESS_CHANGED,
    "reminders.title": TITLE,
    "paper": PAPER,
    "export": READ_ME,
    "audit": AUDIT,
}
"""By name, then by language, as `in_language` takes them. What only staff read is English, and not here."""
