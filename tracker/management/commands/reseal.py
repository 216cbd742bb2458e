from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.actions import sealing
from tracker.models.sealed import CannotUnseal


class Command(BaseCommand):
    help = "Seal every sealed column anew with ONSET_FIELD_KEY, so that ONSET_FIELD_KEYS_OLD can be emptied."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = sealing.reseal(now=timezone.now())
        except CannotUnseal as error:
            raise CommandError(f"{error} Keep every old key until this command succeeds.") from error
        self.stdout.write(f"{done} rows sealed with the newest key.")
