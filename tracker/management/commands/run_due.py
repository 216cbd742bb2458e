from typing import Any

from django.core.management.base import BaseCommand

from tracker import tasks


class Command(BaseCommand):
    help = "Do once what the worker does every few seconds: for cron, or where no worker runs."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{tasks.roll_day()} patients rolled, {tasks.draw_pictures()} pictures drawn.")
