from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.actions import tracks


class Command(BaseCommand):
    help = "Prove that every track agrees with the diary entries; --repair builds those that do not anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        checked, wrong = tracks.check(repair=options["repair"], now=timezone.now())
        if wrong and not options["repair"]:
            raise CommandError(f"{len(wrong)} of {checked} tracks differ from the diary. Run with --repair.")
        self.stdout.write(f"{checked} tracks checked, {len(wrong)} repaired.")
