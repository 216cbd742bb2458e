"""What the worker does. A message only says "look now": the rows say what is due, so none can be lost."""

from celery import shared_task
from django.utils import timezone

from tracker.actions import assessments, pictures


@shared_task(name="tracker.roll_day")
def roll_day() -> int:
    """Reassess the patients whose day has turned."""
    return assessments.roll_due(now=timezone.now())


@shared_task(name="tracker.draw_pictures")
def draw_pictures() -> int:
    """Draw the charts that somebody asked for as a picture."""
    return pictures.draw_due(now=timezone.now())
