"""What the worker does. A message only says "look now": the rows say what is due, so none can be lost."""

from celery import shared_task
from django.utils import timezone

from tracker.actions import assessments, frames, outbox, pictures, reminders, retention, reviews


@shared_task(name="tracker.roll_day")
def roll_day() -> int:
    """Reassess the patients whose day has turned."""
    return assessments.roll_due(now=timezone.now())


@shared_task(name="tracker.draw_pictures")
def draw_pictures() -> int:
    """Draw the charts that somebody asked for as a picture."""
    return pictures.draw_due(now=timezone.now())


@shared_task(name="tracker.draw_frames")
def draw_frames() -> int:
    """Draw the frames of the charts for windows that a clinic has chosen."""
    return frames.draw_missing()


@shared_task(name="tracker.deliver_mail")
def deliver_mail() -> int:
    """Send the mail that is owed."""
    return outbox.deliver_due(now=timezone.now())


@shared_task(name="tracker.send_reminders")
def send_reminders() -> int:
    """Remind patients of a silent day, at the time they chose."""
    return reminders.send_due(now=timezone.now())


@shared_task(name="tracker.keep_to_periods")
def keep_to_periods() -> int:
    """Erase what need not be kept any longer; once a day, however often it is asked."""
    return retention.keep_to_periods(now=timezone.now())


@shared_task(name="tracker.review_weeks")
def review_weeks() -> int:
    """Look for unusual access in the week that is over; once a week, however often it is asked."""
    return reviews.review_weeks(now=timezone.now())
