"""The page that lays injections over one another."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from tests.cast import NOW, TODAY, ClinicCast, injection_record
from tracker.actions import injections


def address(our: ClinicCast, name: str = "series") -> str:
    return reverse(f"clinic:{name}", args=[our.injection.public_id])


def again(our: ClinicCast, **changes: object) -> None:
    record = injection_record(**({"injected_on": TODAY - timedelta(days=50)} | changes))
    injections.add(by=our.clinician, patient=our.patient, record=record, agents=[], now=NOW)


def test_the_record_leads_to_it_from_two_of_one_region_on(our: ClinicCast, desk: Client) -> None:
    record = address(our, "injection")
    assert address(our) not in desk.get(record).text
    again(our, region="thoracic")
    assert address(our) not in desk.get(record).text
    again(our)
    assert address(our) in desk.get(record).text


def test_it_shows_a_chart_in_words_and_a_row_for_each(our: ClinicCast, desk: Client, drawn_frames) -> None:
    again(our)
    our.log({-3: 6, -2: 6, -1: 6, 1: 4, 2: 3})
    page = desk.get(address(our)).text
    assert "A, 31 Mar 2026: no baseline, 3 days with a score, the last 6 on day 39." in page
    assert "B, 10 May 2026: baseline 6.0, 2 days with a score, the last 3 on day 2." in page
    assert "own baseline: 3.0 points, 50.0 %" in page and "dashed, squares" in page
    svg = desk.get(address(our, "series_chart"), {"theme": "dark", "size": "wide"})
    assert svg.headers["Content-Type"] == "image/svg+xml" and "no-store" in svg.headers["Cache-Control"]
    assert b'id="letter-B"' in svg.content and b'id="baseline-A"' not in svg.content


def test_a_look_that_does_not_exist_is_not_found(our: ClinicCast, desk: Client) -> None:
    assert desk.get(address(our, "series_chart"), {"theme": "pink"}).status_code == 404


def test_a_cancelled_injection_alone_has_no_series(our: ClinicCast, desk: Client) -> None:
    injections.change(
        by=our.clinician,
        injection=our.injection,
        record=injection_record(status="cancelled"),
        agents=[],
        now=NOW,
    )
    assert desk.get(address(our)).status_code == desk.get(address(our, "series_chart")).status_code == 404
