"""Figures as staff read them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from tracker.domain.titles import figure


def day_words(day: int) -> str:
    """A study day: "day 5", and before the injection "day −2"."""
    return f"day {day}" if day >= 0 else f"day −{-day}"


def standing(day: int) -> str:
    """Where a patient stands today: "day 5", and before the injection "in 3 days"."""
    if day >= 0:
        return f"day {day}"
    return "tomorrow" if day == -1 else f"in {-day} days"


def silence(days: int) -> str:
    """How long ago the last scored entry is."""
    if days <= 0:
        return "today"
    return number_of_days(days)


def number_of_days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def signed(points: Decimal) -> str:
    """A change in points to one decimal, a half away from 0: "−4.2", "+1.0", "0.0"."""
    rounded = points.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"{'−' if rounded < 0 else '+' if rounded else ''}{abs(rounded)}"


def signed_figure(change: Fraction) -> str:
    """The same of an exact one, a half going away from 0."""
    return f"{'−' if change < 0 else '+' if change else ''}{figure(abs(change))}"


def moved(days: int) -> str:
    """What became of the diary when an injection's date moved by so many days."""
    return f"Date moved by {number_of_days(abs(days))}: all days were counted again."
