"""Staff enter days for a patient, and decide about clocks."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, TODAY, ClinicCast, change
from tests.scopes import inside
from tracker.actions import diary
from tracker.domain.track import Source, Timing
from tracker.models import DiaryDay, DiaryEntry

CLIENT_ID = "6f0f6d8e-58a4-4f5e-9d7b-0d1c3cbe0a01"


def new(our: ClinicCast) -> str:
    return reverse("clinic:diary_new", args=[our.injection.public_id])


def said(**more: object) -> dict[str, object]:
    form = {
        "day": str(TODAY),
        "pain": "4",
        "soreness": "",
        "source": Source.STAFF.value,
        "client_id": CLIENT_ID,
    }
    return form | more


@pytest.mark.parametrize("source", [Source.STAFF, Source.PAPER, Source.TELEPHONE])
def test_a_day_is_saved_under_the_name_of_who_entered_it(
    our: ClinicCast, desk: Client, source: Source
) -> None:
    answer = desk.post(new(our), said(source=source.value, soreness="0"))
    assert answer.url == reverse("clinic:injection", args=[our.injection.public_id])
    entry = DiaryEntry.objects.get()
    assert (entry.pain, entry.soreness, entry.source, entry.timing) == (4, 0, source, Timing.LIVE)
    assert (entry.membership, entry.device) == (our.clinician, None)
    assert "Saved for Wednesday 20 May." in desk.get(answer.url).text


def test_a_day_entered_too_late_is_kept_and_said_not_to_count(our: ClinicCast, desk: Client) -> None:
    answer = desk.post(new(our), said(day=str(TODAY - timedelta(days=4))))
    assert DiaryEntry.objects.get().timing == Timing.RECALLED
    assert "too late to be scored" in desk.get(answer.url).text


def test_a_day_that_has_an_entry_is_replaced_only_by_whoever_knows_of_it(
    our: ClinicCast, desk: Client
) -> None:
    our.log({10: 8})
    asked = desk.post(new(our), said())
    assert asked.status_code == 422 and "has an entry already" in asked.text
    assert DiaryEntry.objects.count() == 1
    standing = str(DiaryEntry.objects.get().client_id)
    assert f'value="{standing}"' in asked.text
    assert desk.post(new(our), said(replaces=standing)).status_code == 302
    day = DiaryDay.objects.select_related("current", "scored_pain", "scored_soreness").get()
    assert (day.current.pain, day.scored_pain.pain, day.is_edited) == (4, 4, True)
    assert day.current.replaces is not None


def test_a_form_sent_twice_stores_one_entry(our: ClinicCast, desk: Client) -> None:
    form = said()
    assert desk.post(new(our), form).status_code == desk.post(new(our), form).status_code == 302
    assert DiaryEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"pain": "11"}, "pain"),
        ({"pain": "3.5"}, "pain"),
        ({"pain": ""}, "pain"),
        ({"soreness": "-1"}, "soreness"),
        ({"day": ""}, "day"),
        ({"day": str(TODAY + timedelta(days=1))}, "day"),
        ({"day": "2020-01-01"}, "day"),
        ({"source": Source.PATIENT.value}, "source"),
        ({"source": "x"}, "source"),
    ],
)
def test_a_wrong_day_is_named_and_nothing_is_saved(
    our: ClinicCast, desk: Client, wrong: dict[str, object], field: str
) -> None:
    answer = desk.post(new(our), said(**wrong))
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.text
    assert CLIENT_ID in answer.text
    assert not DiaryEntry.objects.exists()


def test_a_form_without_its_id_is_refused(our: ClinicCast, desk: Client) -> None:
    assert desk.post(new(our), said(client_id="x")).status_code == 422


def test_every_form_carries_its_own_id(our: ClinicCast, desk: Client) -> None:
    ids = {re.search(r'name="client_id" value="([^"]+)"', desk.get(new(our)).text)[1] for _ in range(2)}
    assert len(ids) == 2


def uncertain(our: ClinicCast) -> DiaryEntry:
    """An entry from a phone whose clock was three days off."""
    day = [change(TODAY, 4, entered_at=NOW)]
    diary.record(by=our.device, patient=our.patient, changes=day, now=NOW, skew=timedelta(days=3))
    return DiaryEntry.objects.get(timing=Timing.UNCERTAIN)


def accept(our: ClinicCast, entry: DiaryEntry) -> str:
    return reverse("clinic:accept", args=[our.injection.public_id, entry.client_id])


def test_an_uncertain_clock_is_shown_with_a_button_and_accepted(our: ClinicCast, desk: Client) -> None:
    entry = uncertain(our)
    record = reverse("clinic:injection", args=[our.injection.public_id])
    page = desk.get(record).text
    assert "clock uncertain, not scored" in page
    assert accept(our, entry) in page
    assert desk.post(accept(our, entry)).url == record
    page = desk.get(record).text
    assert "clock uncertain, accepted" in page
    assert accept(our, entry) not in page
    assert DiaryDay.objects.get().scored_pain == entry


def test_only_an_uncertain_entry_can_be_accepted(our: ClinicCast, desk: Client) -> None:
    our.log({9: 5})
    assert desk.post(accept(our, DiaryEntry.objects.get())).status_code == 404


def test_an_entry_accepted_twice_is_told_so(our: ClinicCast, desk: Client) -> None:
    entry = uncertain(our)
    desk.post(accept(our, entry))
    assert "it is scored already" in desk.post(accept(our, entry), follow=True).text


def test_an_entry_of_another_clinic_cannot_be_accepted(
    our: ClinicCast, their: ClinicCast, desk: Client
) -> None:
    with inside(their):
        entry = uncertain(their)
    assert desk.post(accept(our, entry)).status_code == 404
    assert desk.post(accept(their, entry)).status_code == 404
    with inside(their):
        assert DiaryDay.objects.get().scored_pain is None
