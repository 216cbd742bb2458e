from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate

from tracker.tenancy.owner import as_owner


class Command(migrate.Command):
    help = "Bring the database up to date, as its owner, with the walls between clinics and the cache table."

    def check(self, *args: Any, **options: Any) -> None:
        """Not of the database: what may be wrong there is what this command mends."""
        super().check(*args, **options | {"databases": None})

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():
            if not options["plan"] and not options["check_unapplied"]:  # first: rights are granted below
                call_command("createcachetable", verbosity=options["verbosity"])
            super().handle(*args, **options)
