from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.actions import clinics


class Command(BaseCommand):
    help = "Make a clinic; its number goes into `add_staff`."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--time-zone", required=True, help="for example America/New_York")
        parser.add_argument("--phone", default="", help="the number that patients call")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            clinic = clinics.add(
                name=options["name"],
                phone=options["phone"],
                time_zone=options["time_zone"],
                now=timezone.now(),
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Clinic {clinic.pk} is made. Next: python manage.py add_staff {clinic.pk} ...")
