"""The chart and its picture: asked for, waited for, shown, failed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, TODAY, ClinicCast, injection_record
from tests.statements import SCOPED
from tracker.actions import injections, pictures
from tracker.models import ChartPicture

LOOKS_AGAIN = "js/look_again.js"


@pytest.fixture
def picture(our: ClinicCast) -> str:
    return reverse("clinic:picture", args=[our.injection.public_id])


@pytest.fixture
def png(our: ClinicCast) -> str:
    return reverse("clinic:picture_png", args=[our.injection.public_id])


def draw(monkeypatch: pytest.MonkeyPatch, *, works: bool = True) -> None:
    from tracker.charts import drawing

    def pen(chart: object, look: object) -> bytes:
        if not works:
            raise ValueError("no ink")
        return b"\x89PNG drawn"

    monkeypatch.setattr(drawing, "recovery_png", pen)
    for minute in range(4):
        pictures.draw_due(now=NOW + timedelta(minutes=minute))


def test_before_anybody_asked_there_is_a_button(desk: Client, picture: str, png: str) -> None:
    page = desk.get(picture).text
    assert "Make the picture" in page
    assert LOOKS_AGAIN not in page
    assert desk.get(png).status_code == 404


def test_asking_leads_to_a_page_that_looks_again_by_itself(desk: Client, picture: str, png: str) -> None:
    assert desk.post(picture).url == picture
    page = desk.get(picture).text
    assert "being drawn" in page
    assert LOOKS_AGAIN in page and "Look again" in page
    assert desk.get(png).status_code == 404


def test_a_drawn_picture_is_shown_and_offered(
    desk: Client, picture: str, png: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.post(picture)
    draw(monkeypatch)
    page = desk.get(picture).text
    assert f'src="{png}"' in page
    assert "download=" in page
    assert LOOKS_AGAIN not in page
    assert "has changed" not in page
    answer = desk.get(png)
    assert (answer.content, answer.headers["Content-Type"]) == (b"\x89PNG drawn", "image/png")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_picture_that_the_diary_has_overtaken_says_so(
    our: ClinicCast, desk: Client, picture: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.post(picture)
    draw(monkeypatch)
    our.log({5: 3})
    assert "The diary has changed since this was drawn." in desk.get(picture).text
    desk.post(picture)
    assert "being drawn" in desk.get(picture).text


def test_a_failed_drawing_says_so_and_can_be_asked_again(
    desk: Client, picture: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.post(picture)
    draw(monkeypatch, works=False)
    page = desk.get(picture).text
    assert "could not be drawn" in page
    assert LOOKS_AGAIN not in page
    desk.post(picture)
    assert "being drawn" in desk.get(picture).text


def test_the_page_waits_without_reading_the_picture(
    desk: Client, picture: str, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries
) -> None:
    desk.post(picture)
    draw(monkeypatch)
    with django_assert_num_queries(5 + SCOPED) as captured:  # session, user, membership, tag, state
        desk.get(picture)
    assert [query for query in captured if '"png" IS NOT NULL' in query["sql"]]


def test_a_cancelled_injection_has_no_picture(our: ClinicCast, desk: Client, picture: str) -> None:
    injections.change(
        by=our.clinician,
        injection=our.injection,
        record=injection_record(status="cancelled"),
        agents=[],
        now=NOW,
    )
    assert desk.get(picture).status_code == desk.post(picture).status_code == 404
    assert not ChartPicture.objects.exists()


def test_the_chart_is_answered_once_and_then_not_modified(
    our: ClinicCast, desk: Client, tmp_path, settings
) -> None:
    from tracker.charts.chart import Look
    from tracker.queries.charts import chart_tag

    address = reverse("clinic:chart", args=[our.injection.public_id])
    tag = chart_tag(actor=our.clinician, injection=our.injection.public_id).etag(Look("light", "wide"))
    answer = desk.get(address, {"theme": "light", "size": "wide"}, headers={"if-none-match": f'"{tag}"'})
    assert answer.status_code == 304
    assert desk.get(address, {"theme": "purple"}).status_code == 404


def test_days_are_counted_in_study_days_here_too(our: ClinicCast, desk: Client) -> None:
    page = desk.get(reverse("clinic:patient", args=[our.patient.public_id])).text
    assert f"injection {(TODAY - timedelta(days=10)).day} May 2026" in page
