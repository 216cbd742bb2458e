"""`{{ on|weekday_date }}`: dates in words, in the language of the page."""

from __future__ import annotations

from django import template

from tracker.content import dates

register = template.Library()
register.filter("weekday_date", dates.weekday_date)
register.filter("full_date", dates.full_date)
register.filter("plain_date", dates.plain_date)
register.filter("short_date", dates.short_date)
