from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.actions import demo


class Command(BaseCommand):
    help = "Load the demo clinic into an empty database; --reset throws an older demo clinic away first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reset", action="store_true", help="delete the demo clinic and load it anew")
        parser.add_argument("--patients", type=int, default=demo.PATIENTS)

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.HTTPS:
            raise CommandError("The demo has published passwords: it refuses to run where ONSET_HTTPS is on.")
        make = demo.reset if options["reset"] else demo.load
        if make(now=timezone.now(), patients=options["patients"]):
            self.stdout.write("The demo clinic is loaded.")
        else:
            self.stdout.write("There is a clinic already: nothing was changed.")
