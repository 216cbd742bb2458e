import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker import tenancy
from tracker.actions import clinics
from tracker.domain.audit_chain import Break
from tracker.queries.audit_chain import Head, agrees_with, verify


class Command(BaseCommand):
    help = "Prove that the audit trail is what was written; exit 1 where an event was changed or removed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--clinic", type=int, help="only the clinic with this number")
        parser.add_argument("--heads", help='a file that audit_heads wrote; "-" reads standard input')

    def handle(self, *args: Any, **options: Any) -> None:
        known = clinics.every()
        chosen = known if options["clinic"] is None else [options["clinic"]]
        if not set(chosen) <= set(known):
            raise CommandError(f"There is no clinic {options['clinic']}.")
        kept = _read(options["heads"]) if options["heads"] else {}
        found = [self._check(clinic_id, kept.pop(clinic_id, [])) for clinic_id in chosen]
        if options["clinic"] is None:
            found += [self._say(clinic_id, Break(0, "the whole clinic is missing")) for clinic_id in kept]
        if not all(found):
            raise CommandError(f"{found.count(False)} trails are not what was written (docs/operations.md).")

    def _check(self, clinic_id: int, kept: list[Head]) -> bool:
        with tenancy.clinic(clinic_id):
            checked = verify()
            problem = checked.found or next(filter(None, map(agrees_with, kept)), None)
        if problem:
            return self._say(clinic_id, problem)
        since = f", and the {len(kept)} heads agree" if kept else ""
        self.stdout.write(f"clinic {clinic_id}: {checked.events} events, all as they were written{since}.")
        return True

    def _say(self, clinic_id: int, problem: Break) -> bool:
        self.stdout.write(f"clinic {clinic_id}: broken at event {problem.number}: {problem.problem}.")
        return False


def _read(file: str) -> dict[int, list[Head]]:
    """Heads by clinic, in the words of audit_heads."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read. Check the path.") from error
    kept: dict[int, list[Head]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            clinic_id, count, mac, *_ = line.split()
            head = Head(int(count), b"" if mac == "-" else bytes.fromhex(mac))
            kept.setdefault(int(clinic_id), []).append(head)
        except ValueError:
            raise CommandError(
                f"Line {number} is no line of audit_heads: clinic, count, seal, time."
            ) from None
    return kept
