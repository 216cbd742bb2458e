"""Every page, for everybody who might try: the table says who gets in, and nothing of theirs ever shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import NOW, PASSWORD, TODAY, ClinicCast, change
from tests.contracts.access_table import POSTED, TABLE, WHO
from tests.rows import everything
from tracker.actions import diary, invitations
from tracker.domain.roles import Role
from tracker.models import DiaryEntry, Membership, User

ROWS = [(*key, who, status) for key, row in TABLE.items() for who, status in zip(WHO, row, strict=True)]

SEARCHES = {"clinic:worklist"}
"""Forms that are posted to keep names out of addresses, and save nothing."""


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, object]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", pattern.callback
        else:
            namespace = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from routes(pattern, prefix + namespace)


PAGES = {name: view for name, view in routes(get_resolver()) if not name.startswith("api:")}


def test_every_page_stands_in_the_table():
    assert set(PAGES) == {name for _, name in TABLE}


def test_every_page_says_for_whom_it_is():
    assert [name for name, view in PAGES.items() if not hasattr(view, "audience")] == []


@pytest.fixture
def clients(our: ClinicCast, their: ClinicCast, still_clock: None, drawn_frames: None) -> dict[str, Client]:
    User.objects.create_user(email="nowhere@example.org", name="Stranger", password=PASSWORD)
    return {
        "phone": phone_of(our),
        "clinician": desk_of(our.clinician.user.email),
        "auditor": desk_of(our.staff[Role.AUDITOR].user.email),
        "no clinic": desk_of("nowhere@example.org"),
        "other phone": phone_of(their),
        "other clinic": desk_of(their.clinician.user.email),
        "nobody": Client(),
    }


def phone_of(cast: ClinicCast) -> Client:
    client = Client()
    client.cookies[settings.DEVICE_COOKIE_NAME] = cast.device_token
    return client


def desk_of(email: str) -> Client:
    client = Client()
    assert client.login(email=email, password=PASSWORD)
    return client


def address(name: str, cast: ClinicCast) -> str:
    """A page about this clinic's patient."""
    wanted = {
        "patient": cast.patient.public_id,
        "injection": cast.injection.public_id,
        "entry": DiaryEntry.objects.get(patient=cast.patient).client_id,
        "on": TODAY,
    }
    pattern = {
        "clinic:patient": ("patient",),
        "clinic:patient_edit": ("patient",),
        "clinic:invite": ("patient",),
        "clinic:injection_new": ("patient",),
        "clinic:accept": ("injection", "entry"),
        "patient:day": ("on",),
    }
    on_injection = name.startswith("clinic:") and name not in {"clinic:worklist", "clinic:patient_new"}
    names = pattern.get(name, ("injection",) if on_injection else ())
    return reverse(name, kwargs={argument: wanted[argument] for argument in names})


def log_uncertain_entries(*casts: ClinicCast) -> None:
    """From phones whose clock is years off, so that there is something to accept."""
    for cast in casts:
        diary.record(
            by=cast.device,
            patient=cast.patient,
            changes=[change(TODAY, 4)],
            now=NOW,
            skew=timedelta(days=-900),
        )


def sent(name: str, cast: ClinicCast) -> dict[str, str]:
    """What the page's form sends."""
    if name == "patient:join":
        return {"code": invitations.issue(by=cast.clinician, patient=cast.patient, now=NOW)}
    return POSTED.get(name, {})


def is_refused(response: HttpResponse) -> bool:
    """No, not found, or the way to sign in or to join."""
    doors = (reverse("account_login"), reverse("patient:join"))
    return response.status_code in (403, 404) or response.headers.get("Location", "").startswith(doors)


@pytest.mark.django_db
@pytest.mark.parametrize(("verb", "name", "who", "status"), ROWS)
def test_everybody_gets_what_the_table_says(clients, our, their, verb, name, who, status):
    log_uncertain_entries(our, their)
    form = sent(name, our) if verb == "POST" else {}
    before = everything()
    response = getattr(clients[who], verb.lower())(address(name, our), form)
    assert response.status_code == status
    is_write = verb == "POST" and not is_refused(response) and name not in SEARCHES
    assert (everything() != before) == is_write
    canaries = (
        ("Quill", "harbour")
        if who in ("other phone", "other clinic", "no clinic", "nobody")
        else ("Zanzibar", "hilltop")
    )
    body = response.getvalue().decode(errors="ignore")
    assert not [word for word in canaries if word in body]


@pytest.mark.django_db
def test_no_personal_page_may_be_kept_by_a_cache(clients, our, their):
    log_uncertain_entries(our, their)
    for (verb, name), row in TABLE.items():
        for who, status in zip(WHO, row, strict=True):
            if status == 200 and verb == "GET":
                caching = clients[who].get(address(name, our)).headers["Cache-Control"]
                assert "no-store" in caching or "private" in caching, name


@pytest.mark.django_db
def test_a_removed_role_acts_on_the_next_request(clients, our):
    assert clients["clinician"].get("/clinic/").status_code == 200
    Membership.objects.filter(pk=our.clinician.pk).update(role=Role.PATIENT)
    assert clients["clinician"].get("/clinic/").status_code == 403
