from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.cast import NOW
from tests.rows import everything
from tracker.actions import readings
from tracker.domain.track import Source
from tracker.models import AuditEvent, Injection, Reading, Track

pytestmark = pytest.mark.django_db


def record(our, minutes, pain, **more) -> Reading:
    by, source = our.device, Source.PATIENT
    return readings.record(
        by=by, injection=our.injection, minutes=minutes, pain=pain, now=NOW, source=source, **more
    )


def track(our) -> tuple[int | None, list[list[int]]]:
    found = Track.objects.get(injection=our.injection)
    return found.before, found.after


def test_readings_reach_the_track_in_the_order_of_the_day(our):
    for minutes, pain in ((240, 2), (None, 8), (30, 3)):
        record(our, minutes, pain)
    assert track(our) == (8, [[30, 3], [240, 2]])


def test_a_reading_given_again_takes_the_place_of_the_first_and_is_audited_as_a_correction(our):
    record(our, 30, 3)
    record(our, 30, 5)
    assert Reading.objects.get().pain == 5
    assert track(our) == (None, [[30, 5]])
    assert list(AuditEvent.objects.order_by("-id").values_list("action", flat=True)[:2]) == [
        "reading.correct",
        "reading.record",
    ]


@pytest.mark.parametrize("minutes", [0, readings.LATEST_MINUTES])
def test_the_first_and_the_last_minute_are_taken(our, minutes):
    assert record(our, minutes, 0).minutes == minutes


@pytest.mark.parametrize(
    ("minutes", "pain", "field"),
    [(-1, 3, "minutes"), (1441, 3, "minutes"), (30, 11, "pain"), (30, -1, "pain"), (30, None, "pain")],
)
def test_what_is_no_reading_names_its_field_and_leaves_nothing(our, minutes, pain, field):
    before = everything()
    with pytest.raises(ValidationError) as error:
        record(our, minutes, pain)
    assert list(error.value.message_dict) == [field]
    assert everything() == before


def test_a_reading_copied_later_keeps_when_it_was_written_down(our):
    then = NOW - timedelta(days=10)
    assert record(our, 30, 4, entered_at=then).entered_at == then
    assert record(our, 60, 4).entered_at == NOW


def test_a_reading_changes_the_chart(our):
    before = Injection.objects.get(pk=our.injection.pk).track.rev
    record(our, 30, 4)
    assert Injection.objects.get(pk=our.injection.pk).track.rev > before
