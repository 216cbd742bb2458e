"""The measure of the product itself, under the name by which the tests know it."""

from tracker.content.reading import grade

__all__ = ["grade"]
