"""A caregiver's phone on the patient's pages: what was agreed opens, and nothing else."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, TODAY, make_caregiver, make_device
from tracker.domain.track import Source
from tracker.models import AuditEvent, DiaryEntry, Reading

TODAY_PAGE, COURSE, HISTORY = reverse("patient:today"), reverse("patient:course"), reverse("patient:history")
ENTRY = {"client_id": str(uuid.uuid4()), "pain": "4", "soreness": "1"}

pytestmark = pytest.mark.usefixtures("still_clock", "drawn_frames")


@pytest.fixture
def helping(our):
    """Makes a caregiver's phone with what was agreed."""

    def helping(**agreed: object) -> Client:
        caregiver = make_caregiver(our.patient, name="Bea Quill", relation="daughter", **agreed)
        _, token = make_device(our.patient, our.clinician, caregiver=caregiver)
        client = Client()
        client.cookies[settings.DEVICE_COOKIE_NAME] = token
        return client

    return helping


def save(client: Client, on=TODAY, **said: str):
    return client.post(reverse("patient:day", args=[on]), ENTRY | said)


def test_every_page_says_whose_diary_it_is(helping, phone):
    helper = helping()
    for page in (TODAY_PAGE, COURSE, HISTORY, reverse("patient:call"), reverse("patient:you")):
        assert "You help <strong>Ada</strong>" in helper.get(page).text
    assert "You help" not in phone.get(TODAY_PAGE).text


def test_an_entry_keeps_who_entered_it_for_the_patient_and_for_the_clinic(our, helping, phone, desk):
    assert save(helping()).status_code == 302
    entry = DiaryEntry.objects.get()
    assert (entry.source, entry.device.caregiver.name) == (Source.PROXY, "Bea Quill")
    assert "entered by Bea Quill, daughter" in phone.get(HISTORY).text
    assert "Entered by Bea Quill, daughter." in phone.get(TODAY_PAGE).text
    assert (
        "helper, Bea Quill, daughter"
        in desk.get(reverse("clinic:patient", args=[our.patient.public_id])).text
    )
    assert AuditEvent.objects.filter(on_behalf_of=f"patient:{our.patient.pk}", action="diary.record").exists()


def test_a_score_of_the_day_of_the_injection_is_the_helpers_too(our, helping):
    our.injection.injected_on = TODAY
    our.injection.save(update_fields=["injected_on"])
    form = {"client_id": str(uuid.uuid4()), "moment": "30", "pain": "3"}
    helping().post(reverse("patient:now"), form)
    assert Reading.objects.get().source == Source.PROXY


def test_who_may_only_read_is_led_to_the_course_and_logs_nothing(our, helping):
    our.log({1: 6})
    reader = helping(may_log=False)
    assert reader.get(TODAY_PAGE).url == COURSE
    assert reader.get(COURSE).status_code == reader.get(HISTORY).status_code == 200
    answer = save(reader)
    assert answer.status_code == 403 and "You can read Ada’s diary" in answer.text
    assert DiaryEntry.objects.count() == 1
    assert reverse("patient:today") not in reader.get(COURSE).text.split("</nav>")[0]
    assert "Correct a day" not in reader.get(COURSE).text and "Change" not in reader.get(HISTORY).text


def test_who_may_only_log_sees_no_course_chart_or_history(our, helping):
    our.log({10: 8})
    logger = helping(may_read=False)
    for page in (COURSE, HISTORY, reverse("patient:chart")):
        answer = logger.get(page)
        assert answer.status_code == 403 and "You can log for Ada" in answer.text
    html = logger.get(TODAY_PAGE).text
    assert "which you cannot see" in html and "pain 8" not in html and 'type="radio"' in html
    assert COURSE not in html and HISTORY not in html


def test_who_may_only_log_sees_what_they_saved_themselves(our, helping):
    our.log({10: 8})
    logger = helping(may_read=False)
    entry = logger.get(save(logger).url).text
    assert "Saved for Wednesday 20 May: pain 4, soreness 1." in entry
    standing = DiaryEntry.objects.order_by("-id")
    assert standing[0].replaces == standing[1].client_id or standing[0].source == Source.PROXY


def test_before_the_first_day_the_pages_say_when_it_begins(our, helping):
    early = helping(from_on=TODAY + timedelta(days=2))
    answer = early.get(TODAY_PAGE)
    assert answer.status_code == 403 and "from Friday 22 May 2026 on" in answer.text
    assert early.cookies[settings.DEVICE_COOKIE_NAME].value  # it is kept until that day


def test_after_the_last_day_the_phone_forgets(our, helping):
    late = helping(from_on=TODAY - timedelta(days=9), to_on=TODAY - timedelta(days=1))
    answer = late.get(TODAY_PAGE)
    assert answer.status_code == 401 and answer.headers["Clear-Site-Data"]


def test_earlier_treatments_contact_and_helpers_are_the_patients_own(our, helping):
    our.log({-20: 8})
    helper = helping()
    assert reverse("patient:earlier") not in helper.get(HISTORY).text
    for page in ("earlier", "confirm"):
        assert helper.get(reverse(f"patient:{page}")).status_code == 403
    long_ago = our.injection.injected_on - timedelta(days=20)
    assert helper.get(reverse("patient:day", args=[long_ago])).status_code == 403


def test_an_attempt_is_on_record_with_whose_diary_it_was(our, helping):
    helping(may_read=False).get(COURSE)
    event = AuditEvent.objects.latest("id")
    assert (event.action, event.outcome, event.patient_id) == ("view", "refused", our.patient.pk)
    assert event.at == NOW and event.subject == "patient:course"
