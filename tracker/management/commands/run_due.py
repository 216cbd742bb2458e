from typing import Any

from django.core.management.base import BaseCommand

from tracker import tasks


class Command(BaseCommand):
    help = "Do once what the worker does every few seconds: for cron, or where no worker runs."

    def handle(self, *args: Any, **options: Any) -> None:
        # Mail first: a code is waited for.
        self.stdout.write(
            f"{tasks.deliver_mail()} mails sent, {tasks.roll_day()} patients rolled, "
            f"{tasks.draw_pictures()} pictures drawn, {tasks.keep_to_periods()} records erased, "
            f"{tasks.review_weeks()} clinics with unusual access, {tasks.send_reminders()} patients reminded."
        )
