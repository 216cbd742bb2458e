import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.actions import clinics
from tracker.domain.roles import STAFF_ROLES, Role
from tracker.models import Clinic


class Command(BaseCommand):
    help = "Give somebody an account in a clinic. The password is asked for, or read from standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("clinic", type=int, help="the clinic's number")
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", required=True, choices=[role.value for role in STAFF_ROLES])

    def handle(self, *args: Any, **options: Any) -> None:
        clinic = Clinic.objects.filter(pk=options["clinic"]).first()
        if clinic is None:
            raise CommandError(f"There is no clinic {options['clinic']}. Make one with add_clinic.")
        try:
            clinics.add_member(
                clinic=clinic,
                email=options["email"],
                name=options["name"],
                role=Role(options["role"]),
                password=getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n"),
                now=timezone.now(),
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{options['email']} can sign in.")
