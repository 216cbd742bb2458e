"""The contract of what a phone asks for by itself. Dates are the patient's calendar dates."""

from __future__ import annotations

from rest_framework import serializers

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
from tracker.domain.care_steps import SUGAR_TIMES, Part
from tracker.domain.track import Timing
from tracker.gateways.push_service import LONGEST_ENDPOINT


class SessionSerializer(serializers.Serializer):
    owner = ClientIdField(
        allow_null=True,
        help_text="Who holds the phone, a patient or a caregiver; null where nobody's diary is open.",
    )
    may_send = serializers.BooleanField(
        help_text="Entries may be sent: with an open diary, or by the append key after the session is over."
    )
    is_borrowed = serializers.BooleanField(
        help_text="Somebody else's phone: it keeps nothing of who is there now, and shows nothing of who was."
    )
    csrf_token = serializers.CharField(help_text="For the header X-CSRFToken. Never kept.")
    server_time = InstantField(help_text="The server's clock, by which the phone measures its own.")
    epoch = ClientIdField(
        help_text="Another one than before: the server was restored. Send the last 30 days again."
    )


class ClinicSerializer(serializers.Serializer):
    name = serializers.CharField()
    phone = serializers.CharField()
    emergency_number = serializers.CharField(help_text="Of its country.")
    on_call_phone = serializers.CharField(help_text="When the clinic is closed; empty without one.")
    on_call_hours = serializers.CharField(help_text="When somebody answers it, in the clinic's words.")


class OpenFormSerializer(serializers.Serializer):
    """A form that a date asks for; one answer from `from_on` to `to_on` is wanted."""

    form = serializers.CharField()
    from_on = DayField()
    to_on = DayField()
    asks_rescue = serializers.BooleanField(help_text="The check also asks for a pain reliever.")


class AnsweredSerializer(serializers.Serializer):
    """One answer as it stands."""

    form = serializers.CharField()
    on = DayField()
    part = serializers.CharField()
    client_id = ClientIdField()
    said = SaidField(help_text="Empty for a caregiver who may only log, of what others answered.")
    made_at = InstantField(help_text="By the server's clock: of two answers the later one stands.")


class MomentSerializer(serializers.Serializer):
    """A moment of the day of an injection; it takes a score from `from_minute` to `to_minute`, included."""

    part = serializers.CharField(help_text="Of the reading: minutes after the injection, or `before`.")
    words = serializers.CharField()
    minutes = serializers.IntegerField(allow_null=True, help_text="Null before it.")
    from_minute = serializers.IntegerField(allow_null=True)
    to_minute = serializers.IntegerField(allow_null=True)
    pain = ScoreField(allow_null=True, help_text="Null for a caregiver who may only log, too.")
    is_given = serializers.BooleanField()


class RightNowSerializer(serializers.Serializer):
    """What is asked on the day of an injection."""

    on = DayField()
    is_diagnostic = serializers.BooleanField(
        help_text="Each score is given doing the movement that usually hurts, and says `rescue`."
    )
    started_at = serializers.TimeField(
        allow_null=True, format="%H:%M", help_text="When it was, by the patient's clock."
    )
    moments = MomentSerializer(many=True)


class PlannedDaySerializer(serializers.Serializer):
    """What one date asks."""

    on = DayField()
    is_due = serializers.BooleanField(help_text="A silent day is worth reminding of.")
    asks_soreness = serializers.BooleanField()
    rhythm = serializers.CharField(help_text="How often is enough, in words. Often empty.")
    forms = OpenFormSerializer(many=True)


class KeptDaySerializer(serializers.Serializer):
    """What stands for one date."""

    on = DayField()
    client_id = ClientIdField(help_text="What a correction of this day replaces.")
    pain = ScoreField(allow_null=True)
    soreness = ScoreField(allow_null=True)
    made_at = InstantField(help_text="By the server's clock: of two entries of a day the later one stands.")
    timing = WordField(Timing, help_text="Recalled and uncertain entries are shown, and not counted.")
    marks = serializers.ListField(child=serializers.CharField(), help_text="In words, such as: added later.")


class PhaseSerializer(serializers.Serializer):
    """A phase of the expected course by study days, both ends included; the last one is open."""

    name = serializers.CharField()
    span = serializers.CharField()
    usual = serializers.CharField()
    first_day = serializers.IntegerField()
    last_day = serializers.IntegerField(allow_null=True)


class ReadingSerializer(serializers.Serializer):
    moment = serializers.CharField()
    pain = ScoreField()


class CourseSerializer(serializers.Serializer):
    """The own course as of `as_of`. Dates and phases let a phone go on counting by itself."""

    stage = serializers.CharField()
    injected_on = DayField(allow_null=True)
    next_on = DayField(allow_null=True)
    day = serializers.IntegerField(allow_null=True)
    baseline = serializers.CharField(help_text="A mean, written out; empty without one.")
    baseline_days = serializers.IntegerField()
    phases = PhaseSerializer(many=True)
    message = serializers.CharField()
    notes = serializers.ListField(child=serializers.CharField())
    has_flare = serializers.BooleanField()
    reasons_to_call = serializers.ListField(child=serializers.CharField())
    call_once = serializers.CharField()
    words = serializers.ListField(child=serializers.CharField())
    readings = ReadingSerializer(many=True)


class CareStepSerializer(serializers.Serializer):
    """A step by study days, both included; before the injection they are negative."""

    key = serializers.CharField(help_text="What a tick of form `preparation` names as its part.")
    part = serializers.ChoiceField(choices=[part.value for part in Part])
    first_day = serializers.IntegerField()
    last_day = serializers.IntegerField()
    title = serializers.CharField()
    text = serializers.CharField()
    span = serializers.CharField(help_text="Its days in words; empty before the injection.")
    can_tick = serializers.BooleanField()
    done = serializers.BooleanField()


class CareQuestionSerializer(serializers.Serializer):
    """Whoever answers yes is told to call before they come."""

    key = serializers.CharField(help_text="What an answer of form `question` names as its part.")
    text = serializers.CharField()
    first_day = serializers.IntegerField()
    last_day = serializers.IntegerField()
    yes = serializers.BooleanField(allow_null=True)


class SugarSerializer(serializers.Serializer):
    on = DayField()
    time = serializers.ChoiceField(choices=SUGAR_TIMES)
    mg_dl = serializers.IntegerField()


class SugarLogSerializer(serializers.Serializer):
    last_day = serializers.IntegerField(help_text="The study day on which it ends.")
    limit = serializers.IntegerField(allow_null=True, help_text="Above it: call today. mg/dL.")
    values = SugarSerializer(many=True)


class CareSerializer(serializers.Serializer):
    """The plan of the injection that a patient has to know about: before, the day itself, and after."""

    version = serializers.CharField(help_text="Of the product's texts.")
    injected_on = DayField()
    is_performed = serializers.BooleanField()
    is_for_another_day = serializers.BooleanField(help_text="It has moved since the plan was written.")
    steps = CareStepSerializer(many=True)
    questions = CareQuestionSerializer(many=True)
    sugar = SugarLogSerializer(allow_null=True, help_text="Null where none is kept.")


class SignsSerializer(serializers.Serializer):
    title = serializers.CharField()
    signs = serializers.ListField(child=serializers.CharField())
    note = serializers.CharField()


class OwnSignsSerializer(serializers.Serializer):
    version = serializers.CharField(help_text="Sent as `words` with an answer to the check.")
    emergency = SignsSerializer()
    today = SignsSerializer()
    usual = SignsSerializer()


class CopySerializer(serializers.Serializer):
    owner = ClientIdField(help_text="Who holds the phone, as in the session.")
    as_of = InstantField(help_text="The server's clock.")
    language = serializers.CharField()
    time_zone = serializers.CharField(
        help_text="The patient's own, fixed at enrolment: it says which day it is."
    )
    two_taps = serializers.BooleanField()
    reminder_at = serializers.TimeField(
        allow_null=True, format="%H:%M", help_text="When to remind, by the patient's clock; null: never."
    )
    push_key = serializers.CharField(
        help_text="What this phone may subscribe to reminders with, base64url. Empty where it has done so, "
        "or where there are none."
    )
    has_to_agree = serializers.BooleanField(
        help_text="The patient has to agree to the present text: lead to `/welcome/`. Never for a caregiver."
    )
    may_log = serializers.BooleanField()
    may_read = serializers.BooleanField()
    helps = serializers.CharField(help_text="For a caregiver: whom.")
    clinic = ClinicSerializer()
    signs = OwnSignsSerializer(
        allow_null=True, help_text="When to call, as the clinic words it; null: as the page says already."
    )
    plan = PlannedDaySerializer(many=True)
    days = KeptDaySerializer(many=True, help_text="The first one first.")
    answers = AnsweredSerializer(many=True, help_text="To the forms that may still be open.")
    right_now = RightNowSerializer(
        allow_null=True, help_text="Of the injection of today or the next one ahead; null without one."
    )
    course = CourseSerializer(allow_null=True, help_text="Null for a caregiver who may only log.")
    care = CareSerializer(allow_null=True, help_text="Null without an injection, and for the same caregiver.")


class PushKeysSerializer(Strict):
    p256dh = TextField(max_length=88, help_text="The browser's public key, base64url.")
    auth = TextField(max_length=24, help_text="The browser's secret, base64url.")


class SubscriptionSerializer(Strict):
    """Of a browser's own `PushSubscription.toJSON()` what sending takes."""

    endpoint = TextField(max_length=LONGEST_ENDPOINT, help_text="At a push service that we send to.")
    keys = PushKeysSerializer()
