"""The kinds of value that the API reads and writes, each as strict as JSON allows."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import empty

from tracker.domain.scales import HIGHEST, LOWEST, InvalidScore, pain_score

FIRST_YEAR, LAST_YEAR = 1970, 2079
"""Years that a clock may show. A phone's may be years wrong, and starts in 1970 without
a battery; one beyond these is no time at all."""

UNKNOWN_NAMED, LONGEST_NAME = 10, 100
"""How many unknown names of an object are sent back, and how much of each: no more than helps its author."""


def written(at: datetime) -> str:
    """A moment as every answer writes it."""
    return at.isoformat().replace("+00:00", "Z")


class Strict(serializers.Serializer):
    """A JSON object with exactly these fields: a name that is not known is refused, never ignored.

    One instance serves every request (`to_internal_value` keeps nothing), which spares the hot path the
    deep copies of a serializer made for each.
    """

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """The values by field name. Raises ValidationError with a message for each field at fault."""
        if not isinstance(data, dict):
            raise serializers.ValidationError({"": ["Send a JSON object."]})
        read: dict[str, Any] = {}
        unknown = sorted(data.keys() - set(self.fields))[:UNKNOWN_NAMED]
        wrong: dict[str, Any] = {name[:LONGEST_NAME]: ["This field is not known."] for name in unknown}
        for name, field in self.fields.items():
            try:
                read[name] = field.run_validation(data.get(name, empty))
            except serializers.SkipField:
                continue
            except serializers.ValidationError as error:
                wrong[name] = error.detail
        if wrong:
            raise serializers.ValidationError(wrong)
        return read


class TextField(serializers.CharField):
    """Text. A number or a truth value is refused, and not turned into text."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class NumberField(serializers.IntegerField):
    """A whole number of a JSON body: there, digits in quotes are text."""

    def to_internal_value(self, data: Any) -> int:
        if type(data) is not int:
            self.fail("invalid")
        return super().to_internal_value(data)


@extend_schema_field({"type": "integer", "minimum": LOWEST, "maximum": HIGHEST})
class ScoreField(serializers.Field):
    """A whole number from 0 to 10. Forms send digits as text; JSON has numbers, so text is refused here."""

    def to_internal_value(self, data: Any) -> int:
        try:
            if isinstance(data, str):
                raise InvalidScore(f"Send a number, not text: a whole number from {LOWEST} to {HIGHEST}.")
            return pain_score(data)
        except InvalidScore as error:
            raise serializers.ValidationError(str(error)) from error

    def to_representation(self, value: int) -> int:
        return value


@extend_schema_field(OpenApiTypes.UUID)
class ClientIdField(serializers.Field):
    """A UUID in its usual 36 characters."""

    default_error_messages = {"invalid": "Send a UUID, such as 5f0c7c9e-8f43-4a57-9d0c-3b1f6a2e4d10."}

    def to_internal_value(self, data: Any) -> UUID:
        try:
            found = UUID(data)
        except (ValueError, TypeError, AttributeError):
            self.fail("invalid")
        if str(found) != data.lower():
            self.fail("invalid")
        return found

    def to_representation(self, value: UUID) -> str:
        return str(value)


@extend_schema_field(OpenApiTypes.DATE)
class DayField(serializers.Field):
    """A calendar date, YYYY-MM-DD."""

    default_error_messages = {"invalid": "Send a calendar date, such as 2026-05-20."}

    def to_internal_value(self, data: Any) -> date:
        try:
            found = date.fromisoformat(data)
        except (ValueError, TypeError):
            self.fail("invalid")
        if found.isoformat() != data:
            self.fail("invalid")
        return found

    def to_representation(self, value: date) -> str:
        return value.isoformat()


@extend_schema_field(OpenApiTypes.DATETIME)
class InstantField(serializers.Field):
    """A moment with its offset from UTC: without one, nobody knows when it was."""

    default_error_messages = {
        "invalid": "Send a time with its offset, such as 2026-05-20T21:30:00+02:00.",
        "impossible": f"The clock shows a year outside {FIRST_YEAR} to {LAST_YEAR}. Set it, then send again.",
    }

    def to_internal_value(self, data: Any) -> datetime:
        try:
            found = datetime.fromisoformat(data)
        except (ValueError, TypeError):
            self.fail("invalid")
        if timezone.is_naive(found):
            self.fail("invalid")
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            self.fail("impossible")
        return found

    def to_representation(self, value: datetime) -> str:
        return written(value)


class WordField(serializers.ChoiceField):
    """A member of an enumeration, written as its name in lower case."""

    def __init__(self, words: type[Enum], **options: Any) -> None:
        self.words = {member.name.lower(): member for member in words}
        super().__init__(choices=list(self.words), **options)

    def to_internal_value(self, data: Any) -> Any:
        return self.words[super().to_internal_value(data)]

    def to_representation(self, value: Any) -> str:
        return str(value.name).lower()


@extend_schema_field({"type": "object", "additionalProperties": True})
class SaidField(serializers.Field):
    """What was answered, question by question: the form itself judges it (tracker.domain.forms)."""

    def to_internal_value(self, data: Any) -> Any:
        return data

    def to_representation(self, value: Any) -> Any:
        return value
