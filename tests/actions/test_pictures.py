"""Pictures: asked for once, drawn once, given up after three attempts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.cast import NOW, ClinicCast
from tests.scopes import inside, outside
from tracker.access import NotAllowed, NotYours
from tracker.actions import pictures
from tracker.charts.chart import Look, RecoveryChart
from tracker.models import AuditEvent, ChartPicture


class Pen:
    """Stands in for matplotlib: counts its drawings, and breaks when told to."""

    def __init__(self) -> None:
        self.drawn: list[tuple[RecoveryChart, Look]] = []
        self.is_broken = False

    def __call__(self, chart: RecoveryChart, look: Look) -> bytes:
        if self.is_broken:
            raise ValueError("no ink")
        self.drawn.append((chart, look))
        return b"PNG %d" % len(self.drawn)


@pytest.fixture
def pen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pen]:
    drawing = pytest.importorskip("tracker.charts.drawing")
    pen = Pen()
    monkeypatch.setattr(drawing, "recovery_png", pen)
    return pen


def ask(our: ClinicCast, *, minutes: int = 0) -> ChartPicture:
    now = NOW + timedelta(minutes=minutes)
    return pictures.ask(by=our.clinician, injection=our.injection, now=now)


def sweep(*, minutes: float = 0) -> int:
    return pictures.draw_due(now=NOW + timedelta(minutes=minutes))


def test_asking_writes_a_waiting_row_and_an_audit_row(our: ClinicCast) -> None:
    picture = ask(our)
    assert (picture.png, picture.attempts, picture.clinic_id) == (None, 0, our.clinic.pk)
    event = AuditEvent.objects.latest("id")
    assert (event.action, event.patient_id, event.actor) == (
        "picture.ask",
        our.patient.pk,
        f"staff:{our.clinician.pk}",
    )


def test_a_phone_may_not_ask(our: ClinicCast) -> None:
    with pytest.raises(NotAllowed):
        pictures.ask(by=our.device, injection=our.injection, now=NOW)


def test_another_clinics_injection_has_no_picture(our: ClinicCast, their: ClinicCast) -> None:
    with pytest.raises(NotYours):
        pictures.ask(by=our.clinician, injection=their.injection, now=NOW)
    assert not ChartPicture.objects.exists()


def test_a_worker_draws_what_the_diary_holds(our: ClinicCast, pen: Pen) -> None:
    our.log({-1: 7, 1: 6, 2: 4})
    ask(our)
    assert sweep() == 1
    picture = ChartPicture.objects.get()
    assert bytes(picture.png) == b"PNG 1"
    chart, look = pen.drawn[0]
    assert [(mark.day, mark.pain) for mark in chart.marks] == [(-1, 7), (1, 6), (2, 4)]
    assert look == Look(theme="light", size="wide")


def test_the_same_data_are_not_drawn_twice(our: ClinicCast, pen: Pen) -> None:
    ask(our)
    sweep()
    ask(our, minutes=5)
    assert sweep(minutes=5) == 0
    assert len(pen.drawn) == 1


def test_asking_again_while_it_waits_changes_nothing(our: ClinicCast, pen: Pen) -> None:
    ask(our)
    assert ask(our, minutes=1).asked_at == NOW
    assert sweep(minutes=1) == 1


def test_new_data_are_drawn_anew(our: ClinicCast, pen: Pen) -> None:
    ask(our)
    sweep()
    our.log({3: 5})
    assert ask(our, minutes=5).png is None
    assert sweep(minutes=5) == 1
    assert bytes(ChartPicture.objects.get().png) == b"PNG 2"


def test_a_diary_that_grew_while_it_waited_is_not_drawn_again(our: ClinicCast, pen: Pen) -> None:
    ask(our)
    our.log({3: 5})
    sweep()
    ask(our, minutes=5)
    assert sweep(minutes=5) == 0


def test_a_failed_drawing_is_tried_three_times_and_then_given_up(our: ClinicCast, pen: Pen) -> None:
    pen.is_broken = True
    ask(our)
    assert [sweep(minutes=minute) for minute in range(5)] == [0] * 5
    picture = ChartPicture.objects.get()
    assert (picture.attempts, picture.failed_at) == (3, NOW + timedelta(minutes=2))


def test_a_second_attempt_waits_for_the_lease_of_the_first(our: ClinicCast, pen: Pen) -> None:
    pen.is_broken = True
    ask(our)
    sweep()
    pen.is_broken = False
    assert sweep(minutes=0.25) == 0
    assert sweep(minutes=0.5) == 1


def test_a_picture_that_takes_its_workers_down_is_given_up(
    our: ClinicCast, pen: Pen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(picture: ChartPicture, now: object) -> bool:
        raise SystemExit

    ask(our)
    with monkeypatch.context() as patch:
        patch.setattr(pictures, "_draw", die)
        for minute in range(3):
            with pytest.raises(SystemExit):
                sweep(minutes=minute)
    assert sweep(minutes=3) == 0
    assert ChartPicture.objects.get().failed_at == NOW + timedelta(minutes=3)


def test_a_failed_picture_may_be_asked_for_again(our: ClinicCast, pen: Pen) -> None:
    pen.is_broken = True
    ask(our)
    for minute in range(3):
        sweep(minutes=minute)
    pen.is_broken = False
    assert ask(our, minutes=5).failed_at is None
    assert sweep(minutes=5) == 1


def test_one_broken_picture_does_not_stop_the_others(our: ClinicCast, their: ClinicCast, pen: Pen) -> None:
    ask(our)
    our.injection.track.delete()
    with inside(their):
        ask(their)
    with outside():
        assert sweep() == 1
    with inside(their):
        assert ChartPicture.objects.get(injection=their.injection).png is not None


def test_a_drawing_that_was_overtaken_is_thrown_away(our: ClinicCast, pen: Pen) -> None:
    ask(our)
    claimed = pictures._claim(our.clinic.pk, NOW)
    our.log({3: 5})
    ask(our, minutes=1)
    assert not pictures._draw(claimed[0], NOW + timedelta(minutes=1))
    assert ChartPicture.objects.get().png is None


def test_web_processes_do_not_load_matplotlib() -> None:
    code = (
        "import django, sys; django.setup(); import tracker.actions.pictures; "
        "assert 'matplotlib' not in sys.modules and 'numpy' not in sys.modules"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
