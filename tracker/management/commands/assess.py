"""Replay assessments from a file of cases, such as the one stored beside every decision."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.domain.case_file import read_cases
from tracker.domain.progress import as_json, assess


class Command(BaseCommand):
    """Writes the assessments as JSON; what cannot be read goes to stderr by its id, with exit code 1."""

    help = "Assess the cases of a JSON file by the recovery rules and print the assessments as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help='a JSON file of cases; "-" reads standard input')

    def handle(self, *args: Any, **options: Any) -> None:
        cases, errors = read_cases(_text(options["file"]))
        assessed = [
            {
                "id": case.id,
                "assessment": as_json(assess(case.diary, as_of_day=case.as_of_day, rules=case.rules)),
            }
            for case in cases
        ]
        self.stdout.write(json.dumps(assessed, indent=1))
        for error in errors:
            self.stderr.write(str(error))
        if errors:
            sys.exit(1)


def _text(name: str) -> str:
    try:
        return sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{name} cannot be read: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8 text. Export it again."
    return f"{getattr(error, 'strerror', None) or error}. Check the path."
