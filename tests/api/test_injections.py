import uuid
from dataclasses import fields

import pytest
from django.core.management import call_command

from tests.api.bodies import problem
from tests.cast import NOW
from tests.statements import EVERY_REQUEST, SCOPED
from tracker.actions import pictures
from tracker.api.injections import AssessmentSerializer
from tracker.models import AuditEvent, ChartPicture
from tracker.queries.assessment import StoredAssessment

pytestmark = pytest.mark.django_db


def url(cast, what: str) -> str:
    return f"/api/v1/injections/{cast.injection.public_id}/{what}"


@pytest.fixture(scope="session")
def frames(tmp_path_factory):
    folder = tmp_path_factory.mktemp("frames")
    call_command("buildframes", "--folder", str(folder))
    return folder


@pytest.fixture
def drawable(frames, settings) -> None:
    settings.FRAMES_DIR = frames


# --- Assessment ----------------------------------------------------------------------------------


def test_an_assessment_comes_with_its_inputs_and_its_rules(desk, our):
    our.log(dict.fromkeys(range(-7, 0), 8) | {9: 4, 10: 3})
    said = desk.get(url(our, "assessment/")).json()
    assert said["injection"] == str(our.injection.public_id)
    assert (said["as_of_day"], said["last_on"], said["last_pain"]) == (10, "2026-05-20", 3)
    assert said["label"] == said["result"]["label"]
    assert said["title"] != said["label"]
    assert said["case"]["daily_average"]["10"] == 3
    assert said["result"]["baseline"] == 8.0
    assert said["rule_set"].startswith("esi-rules")
    assert said["assessed_at"] == "2026-05-20T19:30:00Z"


def test_every_field_of_an_assessment_is_one_of_the_query():
    names = set(AssessmentSerializer._declared_fields)
    assert names == {field.name for field in fields(StoredAssessment)}


def test_an_assessment_is_read_in_one_statement(desk, our, django_assert_num_queries):
    with django_assert_num_queries(4 + EVERY_REQUEST):  # session, user, membership; assessment
        desk.get(url(our, "assessment/"))


@pytest.mark.parametrize("what", ["assessment/", "chart.svg", "chart.png"])
def test_an_injection_that_does_not_exist_is_not_found(desk, what):
    assert problem(desk.get(f"/api/v1/injections/{uuid.uuid4()}/{what}"))[:2] == (404, "not-found")


# --- Chart ---------------------------------------------------------------------------------------


def test_the_chart_is_an_svg_with_a_tag_that_answers_not_modified(
    phone, our, drawable, django_assert_num_queries
):
    our.log({9: 4})
    first = phone.get(url(our, "chart.svg"))
    assert (first.status_code, first["Content-Type"]) == (200, "image/svg+xml")
    assert first.content.startswith(b"<svg")
    assert first["Cache-Control"] == "private, no-cache"
    with django_assert_num_queries(2 + SCOPED):  # the device, the tag: no diary is read
        again = phone.get(url(our, "chart.svg"), headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    our.log({10: 3})
    changed = phone.get(url(our, "chart.svg"), headers={"if-none-match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] == first["ETag"]) == (200, False)


@pytest.mark.parametrize("accept", ["image/svg+xml", "image/avif,image/webp,*/*;q=0.8", "*/*"])
def test_the_chart_is_what_an_image_element_asks_for(phone, our, drawable, accept):
    answer = phone.get(url(our, "chart.svg"), headers={"accept": accept})
    assert answer["Content-Type"] == "image/svg+xml"


@pytest.mark.parametrize("query", [{"theme": "neon"}, {"size": "huge"}, {"theme": ""}, {"colour": "red"}])
def test_a_look_that_does_not_exist_is_not_found(phone, our, drawable, query):
    assert problem(phone.get(url(our, "chart.svg"), query))[:2] == (404, "not-found")


def test_a_chart_without_frames_says_that_the_scores_are_safe(phone, our, settings, tmp_path):
    settings.FRAMES_DIR = tmp_path
    assert problem(phone.get(url(our, "chart.svg")))[:2] == (503, "not-drawn")


def test_a_picture_is_served_once_a_worker_has_drawn_it(desk, our, monkeypatch):
    assert (asked := desk.post(url(our, "chart.png"))).status_code == 202
    assert desk.get(url(our, "chart.png")).status_code == 202
    monkeypatch.setattr("tracker.charts.drawing.recovery_png", lambda chart, look: b"\x89PNG")
    assert pictures.draw_due(now=NOW) == 1
    answer = desk.get(url(our, "chart.png"), headers={"accept": "image/png"})
    assert (answer.status_code, answer["Content-Type"], answer.content) == (200, "image/png", b"\x89PNG")
    assert int(asked["Retry-After"]) > 0


def test_a_picture_that_is_out_of_date_is_not_there_until_it_is_asked_for(desk, our, monkeypatch):
    desk.post(url(our, "chart.png"))
    monkeypatch.setattr("tracker.charts.drawing.recovery_png", lambda chart, look: b"\x89PNG")
    pictures.draw_due(now=NOW)
    our.log({10: 3})
    assert problem(desk.get(url(our, "chart.png")))[:2] == (404, "not-found")
    desk.post(url(our, "chart.png"))
    assert desk.get(url(our, "chart.png")).status_code == 202


def test_a_picture_that_failed_says_so_until_it_is_asked_for_anew(desk, our):
    desk.post(url(our, "chart.png"))
    ChartPicture.objects.update(failed_at=NOW)
    for _ in range(2):
        assert problem(desk.get(url(our, "chart.png")))[:2] == (503, "not-drawn")
    desk.post(url(our, "chart.png"))
    assert ChartPicture.objects.get().failed_at is None


def test_looking_for_a_picture_asks_for_none(desk, our):
    assert problem(desk.get(url(our, "chart.png")))[:2] == (404, "not-found")
    assert not ChartPicture.objects.exists()
    assert not AuditEvent.objects.filter(action="picture.ask").exists()


def test_a_picture_of_an_injection_that_does_not_exist_cannot_be_asked_for(desk):
    answer = desk.post(f"/api/v1/injections/{uuid.uuid4()}/chart.png")
    assert problem(answer)[:2] == (404, "not-found")
