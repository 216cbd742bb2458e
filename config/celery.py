"""Celery only says "look now": every job is a sweep over rows, so a lost message loses nothing."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging

from config.broker import use_safe_files

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


@setup_logging.connect
def keep_our_lines(**_: Any) -> None:
    """Celery sets up no logging where somebody listens: its own lines quote what a failing task was doing."""


use_safe_files()
app = Celery("onset")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["tracker"])
