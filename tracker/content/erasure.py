"""What the rows of a record are called where they are counted before they go."""

from __future__ import annotations

from collections.abc import Mapping

ENGLISH: Mapping[str, str] = {
    "injections": "Injections",
    "agents": "Drugs given, with lot numbers",
    "care_plans": "Plans of preparation and aftercare",
    "histories": "What led to an injection",
    "conservative_care": "What was tried before",
    "readings": "Scores of an injection’s day",
    "diary_entries": "Diary entries with their corrections",
    "diary_days": "Diary days",
    "answers": "Answered forms",
    "alerts": "Signs of danger that were named, and calls asked for",
    "assessments": "Assessments",
    "consents": "Consents",
    "phones": "Phones",
    "caregivers": "Caregivers",
    "invitations": "Invitations",
    "confirmations": "Codes that were asked for",
    "notifications": "Phones that show reminders",
    "reminders": "Reminders",
    "mails": "Mails",
    "care_team": "Members of the care team",
    "emergency_openings": "Openings in an emergency",
}

ROWS: Mapping[str, Mapping[str, str]] = {"en": ENGLISH}
"""By language, then by the table's name in the file of a record."""
