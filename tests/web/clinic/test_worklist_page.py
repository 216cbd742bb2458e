"""The worklist as staff see it: words, links, forms; the lines themselves are proved in tests/queries."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, PASSWORD, TODAY, ClinicCast, change, injection_record, make_patient
from tests.statements import EVERY_REQUEST
from tracker.actions import diary, injections
from tracker.domain.roles import Role
from tracker.domain.track import Source
from tracker.web.clinic.words import day_words, moved, signed, silence, standing

WORKLIST = reverse("clinic:worklist")


@pytest.fixture
def crowd(our: ClinicCast) -> ClinicCast:
    for number in range(30):
        make_patient(our.clinic, given="Pat", family=f"Ient{number:02}", number=f"p-{number}")
    return our


def test_a_line_shows_who_where_what_and_why(our: ClinicCast, desk: Client) -> None:
    our.log({-3: 7, -2: 7, -1: 7, 1: 6, 6: 3})
    page = desk.get(WORKLIST).text
    for words in (
        "Quill, Ada",
        "harbour-1",
        "day 10",
        "No recent entries",
        "Look in",
        "No onset by day 6; Silent for 3 days",
        "<b>3</b>",
        "day 6",
        "−4.0",
        "4 days",
        'viewBox="0 0 56 24" aria-hidden="true"><path d="M',
    ):
        assert words in page
    assert f'href="patients/{our.patient.public_id}/"' in page


def test_the_link_of_a_line_leads_to_the_patient(our: ClinicCast, desk: Client) -> None:
    link = re.search(r'href="(patients/[^"]+)"', desk.get(WORKLIST).text)[1]
    assert WORKLIST + link == reverse("clinic:patient", args=[our.patient.public_id])


def test_another_clinics_patient_never_shows(our: ClinicCast, their: ClinicCast, desk: Client) -> None:
    pages = [desk.get(WORKLIST + query) for query in ("", "?label=awaiting_first_entry", "?sort=name")]
    pages += [desk.post(WORKLIST, {"q": word}) for word in ("Zanzibar", "hilltop")]
    for page in (answer.text.replace('value="Zanzibar"', "") for answer in pages):
        assert str(their.patient.public_id) not in page
        assert "Canary" not in page


def test_a_last_score_that_was_told_by_telephone_says_so(our: ClinicCast, desk: Client) -> None:
    our.log({9: 5})
    assert '<span class="on">day 9</span>' in desk.get(WORKLIST).text
    diary.record(
        by=our.clinician, patient=our.patient, changes=[change(TODAY, 4)], now=NOW, source=Source.TELEPHONE
    )
    assert '<span class="on">day 10, by telephone</span>' in desk.get(WORKLIST).text


def test_a_name_cannot_bring_markup(our: ClinicCast, desk: Client) -> None:
    make_patient(our.clinic, given="<script>alert(1)</script>", family='"><b>', number="<i>")
    page = desk.get(WORKLIST).text
    assert "<script>" not in page
    assert "<i>" not in page


def test_what_was_asked_stays_in_the_form(crowd: ClinicCast, desk: Client) -> None:
    page = desk.post(WORKLIST, {"q": "Ient", "label": "no_injection", "sort": "name", "size": "25"}).text
    assert 'value="Ient"' in page
    assert '<option value="no_injection" selected>No injection yet (30)</option>' in page
    assert '<option value="name" selected>' in page
    assert "<option selected>25</option>" in page


def test_pages_follow_each_other_and_lead_back(crowd: ClinicCast, desk: Client) -> None:
    first = desk.get(WORKLIST, {"sort": "name", "size": "25"}).text
    following = re.search(r'href="(\?[^"]+)" rel="next"', first)[1].replace("&amp;", "&")
    second = desk.get(WORKLIST + following).text
    assert "Ient00" in first
    assert "Ient29" not in first
    assert "Ient29" in second
    assert "Ient00" not in second
    assert 'href="?sort=name&amp;size=25">Back to the first page' in second
    assert 'rel="next"' not in second


def test_the_pages_of_a_search_follow_each_other_by_the_form(crowd: ClinicCast, desk: Client) -> None:
    asked = {"q": "Ient", "label": "no_injection", "sort": "name", "size": "25"}
    first = desk.post(WORKLIST, asked).text
    after = re.search(r'<button [^>]*form="narrowing" name="after" value="([^"]+)"', first)[1]
    second = desk.post(WORKLIST, asked | {"after": after}).text
    assert "Ient24" in first and "Ient25" not in first
    assert "Ient25" in second and "Ient24" not in second
    assert '<button class="button quiet" form="narrowing">Back to the first page' in second
    assert 'name="after"' not in second


def test_no_name_ever_stands_in_an_address(crowd: ClinicCast, desk: Client) -> None:
    """Addresses are kept by histories, proxies and logs: a search is posted, a cursor is an id."""
    for page in (
        desk.get(WORKLIST, {"sort": "name", "size": "25"}),
        desk.post(WORKLIST, {"q": "Ient", "size": "25"}),
        desk.post(WORKLIST, {"q": "Ient", "after": "nonsense"}),
    ):
        links = re.findall(r'(?:href|action)="([^"]*)"', page.text)
        assert links
        assert not [link for link in links if "Ient" in link or "q=" in link]
    assert '<form class="narrowing" id="narrowing" method="post"' in desk.get(WORKLIST).text


def test_a_name_in_an_address_finds_nobody(crowd: ClinicCast, desk: Client) -> None:
    assert "31 patients" in desk.get(WORKLIST, {"q": "Ient"}).text


def test_a_form_without_a_search_leads_to_the_address_of_its_list(our: ClinicCast, desk: Client) -> None:
    answer = desk.post(WORKLIST, {"q": " ", "label": "", "sort": "name", "size": "25"})
    assert (answer.status_code, answer["Location"]) == (302, WORKLIST + "?sort=name&size=25")


def test_a_broken_page_link_leads_to_the_first_page(our: ClinicCast, desk: Client) -> None:
    answer = desk.get(WORKLIST, {"after": "nonsense", "sort": "name"})
    assert answer.status_code == 400
    assert "Start again from the first page" in answer.text
    assert 'href="?sort=name"' in answer.text


def test_the_open_tab_is_marked(our: ClinicCast, desk: Client) -> None:
    marked = re.compile(r'<a href="([^"]+)" aria-current="page">')
    assert marked.findall(desk.get(WORKLIST).text) == [WORKLIST]
    assert marked.findall(desk.get(reverse("clinic:enrol")).text) == [reverse("clinic:enrol")]
    assert marked.findall(desk.get(reverse("clinic:patient", args=[our.patient.public_id])).text) == []


@pytest.mark.parametrize(
    "query", ["?size=9999", "?size=x", "?sort=nonsense", "?label=nonsense", "?label=%00"]
)
def test_nonsense_in_the_address_is_no_error(our: ClinicCast, desk: Client, query: str) -> None:
    assert desk.get(WORKLIST + query).status_code == 200


def test_a_search_without_a_match_says_so_and_leads_back(our: ClinicCast, desk: Client) -> None:
    page = desk.post(WORKLIST, {"q": "Nobody"}).text
    assert "Nobody here matches “Nobody”" in page
    assert f'href="{WORKLIST}">Show all patients' in page


def test_a_clinic_without_patients_is_told_how_to_begin(our: ClinicCast, desk: Client) -> None:
    our.patient.delete()
    page = desk.get(WORKLIST).text
    assert "No patients yet" in page
    assert reverse("clinic:enrol") in page


@pytest.mark.parametrize("patients", [1, 60])
def test_the_number_of_statements_does_not_grow(
    our: ClinicCast, desk: Client, patients: int, django_assert_num_queries
) -> None:
    for number in range(1, patients):
        patient = make_patient(our.clinic, given="P", family=f"F{number:03}", number=str(number))
        injections.add(by=our.clinician, patient=patient, record=injection_record(), agents=[], now=NOW)
    with django_assert_num_queries(6 + EVERY_REQUEST):  # session, user, membership, counts, lines, locks
        assert desk.get(WORKLIST, {"size": "100"}).text.count('scope="row"') == patients


def test_an_auditor_sees_the_list_and_adds_nobody(our: ClinicCast, still_clock: None) -> None:
    client = Client()
    client.login(email=our.staff[Role.AUDITOR].user.email, password=PASSWORD)
    page = client.get(WORKLIST).text
    assert "Quill, Ada" in page
    assert "auditor" in page
    assert reverse("clinic:enrol") not in page


def test_the_page_brings_no_inline_script_or_style(our: ClinicCast, desk: Client) -> None:
    page = desk.get(WORKLIST)
    assert all("src=" in tag.partition(">")[0] for tag in page.text.split("<script")[1:])
    assert "style=" not in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_an_injection_ahead_stands_in_days_to_go(our: ClinicCast, desk: Client) -> None:
    injections.change(
        by=our.clinician,
        injection=our.injection,
        record=injection_record(status="scheduled", injected_on=TODAY + timedelta(days=3)),
        agents=[],
        now=NOW,
    )
    assert "in 3 days" in desk.get(WORKLIST).text


@pytest.mark.parametrize(
    ("points", "text"),
    [
        ("-4.25", "−4.3"),
        ("-4.2", "−4.2"),
        ("0.04", "0.0"),
        ("-0.04", "0.0"),
        ("0.05", "+0.1"),
        ("10", "+10.0"),
    ],
)
def test_a_change_is_signed_and_rounded_half_away_from_zero(points: str, text: str) -> None:
    assert signed(Decimal(points)) == text


@pytest.mark.parametrize(("day", "text"), [(-2, "in 2 days"), (-1, "tomorrow"), (0, "day 0"), (5, "day 5")])
def test_where_a_patient_stands(day: int, text: str) -> None:
    assert standing(day) == text


@pytest.mark.parametrize(("days", "text"), [(-1, "today"), (0, "today"), (1, "1 day"), (4, "4 days")])
def test_silence_in_words(days: int, text: str) -> None:
    assert silence(days) == text


def test_days_before_the_injection_carry_a_minus() -> None:
    assert (day_words(-2), day_words(0), day_words(3)) == ("day −2", "day 0", "day 3")


def test_a_moved_date_is_told_in_days() -> None:
    assert moved(-2) == "Date moved by 2 days: all days were counted again."
    assert moved(1).startswith("Date moved by 1 day:")
