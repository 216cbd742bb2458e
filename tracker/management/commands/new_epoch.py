from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tracker.actions import epochs


class Command(BaseCommand):
    help = "After a backup was restored: let every phone send its last days again."

    def handle(self, *args: Any, **options: Any) -> None:
        value = epochs.begin(now=timezone.now())
        self.stdout.write(
            f"Epoch {value} has begun. Every phone sends its last 30 days again when it is next online;"
            " what is here already is not stored twice."
        )
