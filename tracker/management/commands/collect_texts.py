from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.management.catalogues import collect_all


class Command(BaseCommand):
    help = "Bring the catalogues of translations up to date with the texts of the product."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, fail where they are not")

    def handle(self, *args: Any, **options: Any) -> None:
        changed = collect_all(only_look=options["check"])
        if changed and options["check"]:
            raise CommandError(f"Run `python manage.py collect_texts`: {', '.join(changed)} lags behind.")
        self.stdout.write(f"Up to date now: {', '.join(changed)}." if changed else "Up to date.")
