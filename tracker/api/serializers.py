"""The diary's contract: one change on its way in, what is stored on its way out."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from tracker.actions.diary import LONGEST_BATCH, BatchTooLong
from tracker.api.fields import (
    ClientIdField,
    DayField,
    InstantField,
    SaidField,
    ScoreField,
    Strict,
    TextField,
    WordField,
)
from tracker.domain.sync import Verdict
from tracker.domain.track import Source, Timing
from tracker.queries.entries import LONGEST_PAGE, PAGE_SIZE

SENT_AT = "The device's clock at sending: its difference from the server's corrects every entered_at."


class ChangeSerializer(Strict):
    """What a phone says of one day. Give pain, soreness or both."""

    client_id = ClientIdField(help_text="Made by the phone, once an entry: sending it again is harmless.")
    day = DayField(help_text="The day that the scores describe, by the patient's calendar.")
    pain = ScoreField(default=None, allow_null=True, help_text="Average pain that day, NRS 0-10.")
    soreness = ScoreField(default=None, allow_null=True, help_text="Soreness where the needle went in, 0-10.")
    entered_at = InstantField(help_text="When it was entered, by the device's clock.")
    replaces = ClientIdField(
        default=None, allow_null=True, help_text="The client_id of the entry that this one corrects."
    )


class FormChangeSerializer(Strict):
    """An answered form: a symptom check, PEG-3, PGIC, a reading of day 0, a step of the preparation."""

    client_id = ClientIdField(help_text="Made by the phone, once an answer: sending it again is harmless.")
    form = TextField(
        max_length=12, help_text="check, peg, pgic, reading, start, preparation, question or sugar."
    )
    day = DayField(help_text="The day that it is about, by the patient's calendar.")
    part = TextField(default="", allow_blank=True, max_length=40, help_text="Which step or moment of a form.")
    said = SaidField(help_text="Each question of the form with its answer.")
    entered_at = InstantField(help_text="When it was entered, by the device's clock.")


class EntrySerializer(ChangeSerializer):
    sent_at = InstantField(default=None, allow_null=True, help_text=SENT_AT)


class StaffEntrySerializer(EntrySerializer):
    """The same, entered by staff for a patient."""

    source = serializers.ChoiceField(  # type: ignore[assignment]  # our field, not DRF's attribute
        choices=["staff", "telephone", "paper"],
        default="staff",
        help_text="Told to staff, told by telephone, or copied from a paper diary.",
    )


A_CHANGE = PolymorphicProxySerializer(
    component_name="AnyChange",
    serializers=[ChangeSerializer, FormChangeSerializer],
    resource_type_field_name=None,
    many=True,
)
"""A diary day, or with `form` an answered form."""


@extend_schema_field(A_CHANGE)
class ChangesField(serializers.Field):
    """A list of changes, not yet looked into: each is judged alone. Raises BatchTooLong."""

    default_error_messages = {"invalid": "Send a list of changes."}

    def to_internal_value(self, data: Any) -> list[Any]:
        if not isinstance(data, list):
            self.fail("invalid")
        if len(data) > LONGEST_BATCH:
            raise BatchTooLong(len(data))
        return data


class SyncSerializer(Strict):
    """A phone's outbox."""

    owner = ClientIdField(
        default=None,
        allow_null=True,
        help_text="Who held the phone when it logged. If another person has joined since, nothing is stored.",
    )
    changes = ChangesField(help_text=f"At most {LONGEST_BATCH}, oldest first.")
    sent_at = InstantField(default=None, allow_null=True, help_text=SENT_AT)


class PageSerializer(Strict):
    """The query string of a list of entries."""

    cursor = serializers.CharField(default="", max_length=40, help_text="next_cursor of the page before.")
    size = serializers.IntegerField(default=PAGE_SIZE, min_value=1, max_value=LONGEST_PAGE)


class StoredSerializer(serializers.Serializer):
    """An entry as the server keeps it."""

    client_id = ClientIdField()
    day = DayField()
    pain = ScoreField(allow_null=True)
    soreness = ScoreField(allow_null=True)
    entered_at = InstantField()
    received_at = InstantField(help_text="The server's clock.")
    timing = WordField(Timing, help_text="Recalled and uncertain entries are kept and shown, but not scored.")
    source = WordField(Source)  # type: ignore[assignment]  # our field, not DRF's attribute
    replaces = ClientIdField(allow_null=True)


class EntryLineSerializer(serializers.Serializer):
    entry = StoredSerializer()
    is_current = serializers.BooleanField(help_text="It stands for its day.")
    is_scored = serializers.BooleanField(help_text="The rules count it.")


class EntryPageSerializer(serializers.Serializer):
    entries = EntryLineSerializer(many=True, source="lines", help_text="Newest day first.")
    next_cursor = serializers.CharField(allow_null=True, help_text="The cursor of the next page, if any.")


class AnswerSerializer(serializers.Serializer):
    """What became of one entry."""

    status = serializers.ChoiceField(
        choices=[Verdict.CREATED, Verdict.EDITED, Verdict.DUPLICATE, Verdict.CONFLICT]
    )
    entry = StoredSerializer(help_text="What is stored under this client_id.")
    current = StoredSerializer(
        allow_null=True,
        help_text="What stands for the day now: another entry after a lost conflict. Null where whoever sent "
        "this may not read it.",
    )


class FieldErrorSerializer(serializers.Serializer):
    field = serializers.CharField(help_text="Empty where it is about the whole body.")
    message = serializers.CharField(help_text="What to do, in words for people.")


class ResultSerializer(serializers.Serializer):
    """What became of one change of a batch."""

    index = serializers.IntegerField(help_text="Which change of the batch, from 0.")
    client_id = ClientIdField(allow_null=True, help_text="Null where it could not be read.")
    status = serializers.ChoiceField(choices=list(Verdict))
    errors = FieldErrorSerializer(many=True)  # type: ignore[assignment]  # our field, not DRF's attribute
    current = StoredSerializer(
        allow_null=True,
        help_text="What stands for the day now, if it may be read: on a conflict, and on a duplicate where "
        "another entry stands.",
    )


class SyncAnswerSerializer(serializers.Serializer):
    results = ResultSerializer(many=True, help_text="One for each change, in order.")
