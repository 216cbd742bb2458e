from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from tracker.actions import clinics, staff
from tracker.actions.staff_links import OneTimeLink

LOCAL = "http://localhost:8000"


class Command(BaseCommand):
    help = (
        "Make a clinic with its first administrator, and print the one-time link to sign in with. "
        "With --clinic: a new link for a clinic whose administrators lost all access."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("clinic_name", nargs="?", help="of the new clinic")
        parser.add_argument("--clinic", type=int, help="the number of a clinic that is there already")
        parser.add_argument("--email", required=True, help="of the administrator, who signs in with it")
        parser.add_argument("--name", default="Administrator", help="of the administrator")
        parser.add_argument("--time-zone", help="of the new clinic, for example America/New_York")
        parser.add_argument("--phone", default="", help="the number that the new clinic's patients call")

    def handle(self, *args: Any, **options: Any) -> None:
        is_new, is_old = bool(options["clinic_name"]), options["clinic"] is not None
        if is_new == is_old:
            raise CommandError(
                "Give the name of a new clinic, or --clinic and the number of one that is there."
            )
        if is_new and not options["time_zone"]:
            raise CommandError("A new clinic needs --time-zone, for example America/New_York.")
        try:
            link = _make(options) if is_new else _readmit(options)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        clinic = link.member.clinic
        self.stdout.write(f"Clinic {clinic.pk}, {clinic.name}: {link.member.user.email} is administrator.")
        self.stdout.write("Open this link within 72 hours, on the computer you will work at. It works once:")
        self.stdout.write(_address(link.token))


def _make(options: dict[str, Any]) -> OneTimeLink:
    return clinics.bootstrap(
        name=options["clinic_name"],
        phone=options["phone"],
        time_zone=options["time_zone"],
        email=options["email"],
        administrator=options["name"],
        now=timezone.now(),
    )


def _readmit(options: dict[str, Any]) -> OneTimeLink:
    return staff.readmit(
        clinic=clinics.find(options["clinic"]),
        email=options["email"],
        name=options["name"],
        now=timezone.now(),
    )


def _address(token: str) -> str:
    """The link, with the first of the product's names that can be reached from outside."""
    local = (".", "*", "[", "127.", "localhost")
    public = [host for host in settings.ALLOWED_HOSTS if not host.startswith(local)]
    origin = f"https://{public[0]}" if settings.HTTPS and public else LOCAL
    return f"{origin}{reverse('account_welcome')}#{token}"
