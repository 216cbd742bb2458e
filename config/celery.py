"""Celery only says "look now": every job is a sweep over rows, so a lost message loses nothing."""

import os

from celery import Celery

from config.broker import use_safe_files

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

use_safe_files()
app = Celery("onset")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["tracker"])
