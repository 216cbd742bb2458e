"""The sweep: every address, tried by everybody, with words of others planted wherever a text is stored.

What each of them gets stands in access_table.py. Nothing of anybody else shows, nothing changes but for who
may, and every look at a patient's data is one event on record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import transaction

from tests.cast import NOW
from tests.contracts import world as making
from tests.contracts.access_table import (
    EVENTS,
    KEPT_BY_PHONES,
    SAVES_NOTHING,
    SHOWS_NOBODY,
    STAFF,
    TABLE,
    WHO,
)
from tests.contracts.world import NEIGHBOURS, OURS, PAGES, PHONELESS, ROUTES, Answer, World
from tests.scopes import inside
from tracker.domain.roles import Role
from tracker.models import AuditEvent, CareTeamMember, Membership, Patient

pytestmark = [pytest.mark.sweep, pytest.mark.django_db]

LET_IN = ("shown", "saved", "led on", "wrong")
TURNED_AWAY = ("no", "none", "out", "sign in", "join")
"""The words of the table for who gets something, and for who does not."""

WAYS_IN = {"patient:join", "account_welcome"}
"""Whoever has the code becomes somebody else."""

NOT_KNOWN_YET = WAYS_IN | {"mfa_reauthenticate"}
"""Whoever types a wrong code there is not who is signed in, as far as one can tell."""

ROWS = pytest.mark.parametrize(("verb", "name"), list(TABLE))


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, drawn_frames: None) -> Iterator[World]:
    """Everybody, made once; the database and the clock are given back at the end."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False), transaction.atomic():
        yield making.build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def answers(world: World) -> Any:
    """What each of WHO gets, asked for once."""

    @cache
    def ask(verb: str, name: str) -> dict[str, Answer]:
        return {who: world.ask(who, verb, name) for who in WHO}

    return ask


# --- The table ---------------------------------------------------------------------------------------


def test_every_address_stands_in_the_table():
    assert set(ROUTES) == {name for _, name in TABLE}


def test_every_page_says_for_whom_it_is():
    assert [name for name, view in PAGES.items() if not hasattr(view, "audience")] == []


@ROWS
def test_everybody_gets_what_the_table_says(answers, verb, name):
    assert {who: answer.outcome for who, answer in answers(verb, name).items()} == TABLE[verb, name]


@ROWS
def test_nothing_of_anybody_elses_shows(world, answers, verb, name):
    leaks = {who: world.leaks(who, answer) for who, answer in answers(verb, name).items()}
    assert {who: words for who, words in leaks.items() if words} == {}


@ROWS
def test_only_a_form_that_is_taken_changes_anything(answers, verb, name):
    for who, answer in answers(verb, name).items():
        is_taken = verb == "POST" and answer.outcome in ("shown", "saved") and name not in SAVES_NOTHING
        assert bool(answer.changed) == is_taken, who


@ROWS
def test_whoever_is_let_in_changes_nothing_of_anybody_elses(world, answers, verb, name):
    if name in WAYS_IN:
        return
    others = {who: world.others_rows(who, answer.changed) for who, answer in answers(verb, name).items()}
    assert {who: rows for who, rows in others.items() if rows} == {}


# --- The trail ---------------------------------------------------------------------------------------


def events_expected(verb: str, name: str, who: str, outcome: str) -> int:
    said = EVENTS.get((verb, name))
    if isinstance(said, dict) and who in said:
        return said[who]
    if outcome in ("out", "sign in", "join") or (who == "no clinic" and name not in WAYS_IN):
        return 0
    if isinstance(said, int) and outcome != "no":
        return said
    is_shown = outcome in ("shown", "saved", "wrong") and not (verb == "GET" and name in SHOWS_NOBODY)
    return int(is_shown or outcome == "no")


@ROWS
def test_every_look_is_one_event_and_a_strangers_is_none(answers, verb, name):
    told = {who: len(answer.events) for who, answer in answers(verb, name).items()}
    assert told == {
        who: events_expected(verb, name, who, answer.outcome) for who, answer in answers(verb, name).items()
    }


@ROWS
def test_an_event_names_who_looked_at_whom(world, answers, verb, name):
    for who, answer in answers(verb, name).items():
        if answer.outcome not in ("shown", "saved", "no") or name in NOT_KNOWN_YET:
            continue
        about = world.patient_of(who, name) if answer.outcome != "no" else None
        for event in answer.events:
            assert event.actor == world.actors[who]
            assert event.outcome == ("refused" if answer.outcome == "no" else "done")
            assert about is None or about in patients_in(event), who


def patients_in(event: AuditEvent) -> set[int]:
    several = {int(one) for one in event.patients.split(",") if one}
    return several | ({event.patient_id} if event.patient_id else set())


# --- Pages that are on no record ------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(SHOWS_NOBODY))
def test_what_is_on_no_record_shows_nobody(answers, name):
    if ("GET", name) not in TABLE:
        return
    for who, answer in answers("GET", name).items():
        if who != "caregiver":  # whose every page says whom they help
            assert not [word for word in (OURS, NEIGHBOURS, PHONELESS) if word in answer.said], who


# --- Other verbs ------------------------------------------------------------------------------------------

VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE")
OTHERS = [(verb, name) for name in sorted(ROUTES) for verb in VERBS if (verb, name) not in TABLE]
BY = ("patient", "administrator", "their administrator", "nobody")

TAKE_A_PUT = {name for _, name in TABLE if name.startswith(("account_", "mfa_"))}
"""Pages of allauth, which ask for a form again whatever the verb was."""


@pytest.mark.parametrize(("verb", "name"), OTHERS)
def test_no_other_verb_does_anything(world, verb, name):
    for who in BY:
        answer = world.ask(who, verb, name)
        assert answer.outcome in ("verb", *TURNED_AWAY) or name in TAKE_A_PUT, who
        assert not answer.changed and not world.leaks(who, answer), who


# --- Ids of others ----------------------------------------------------------------------------------------

OWN_TO_EVERYBODY = ("on", "form", "number")
"""Dates, and numbers in a clinic's own trail. Everything else in an address names a row."""


def ids_in(name: str) -> list[str]:
    return [one for one in ROUTES[name].pattern.converters if one not in OWN_TO_EVERYBODY]


WITH_IDS = pytest.mark.parametrize(("verb", "name"), [row for row in TABLE if ids_in(row[1])])


@WITH_IDS
@pytest.mark.parametrize("whose", ["their", "neighbour"])
def test_an_address_with_an_id_of_others_leads_nowhere(world, verb, name, whose):
    """One id after the other, the rest our own. A neighbour's alone is no stranger's to our staff."""
    for one in ids_in(name):
        if world.ids[whose][one] == world.ids["our"][one]:
            continue
        mixed = world.ids["our"] | {one: world.ids[whose][one]}
        for who, usual in TABLE[verb, name].items():
            if who.startswith("their") or who == "neighbour":
                continue
            if whose == "neighbour" and who in STAFF and len(ids_in(name)) == 1:
                continue
            answer = world.ask(who, verb, name, ids=mixed)
            assert answer.outcome == "none" or (answer.outcome == usual and usual in TURNED_AWAY), (who, one)
            assert not answer.changed and not world.leaks(who, answer), (who, one)


# --- Ids of others in forms and queries ---------------------------------------------------------------------


def planted(world: World, whose: str) -> dict[str, str]:
    """Ids of others under every name that a careless form, filter or serializer might take."""
    ids = world.ids[whose]
    cast = {"their": world.their, "neighbour": world.neighbour}[whose]
    names = {
        ids["patient"]: ("patient", "public_id", "owner", "enrolment", "id"),
        ids["injection"]: ("injection", "current_injection"),
        ids["entry"]: ("entry", "replaces", "current"),
        cast.patient.pk: ("patient_id", "pk"),
        cast.injection.pk: ("injection_id",),
        cast.clinic.pk: ("clinic", "clinic_id"),
        ids["phone"]: ("phone_id", "device", "device_id", "before", "cursor", "earlier"),
        ids["caregiver"]: ("caregiver_id", "for"),
        ids["member"]: ("member", "membership", "membership_id", "by"),
        f"device:{ids['phone']}": ("who", "actor"),
    }
    return {name: str(value) for value, several in names.items() for name in several}


def senders(row: dict[str, str]) -> list[str]:
    """One of each kind who is let in."""
    return [who for who in ("patient", "clinician", "administrator") if row[who] in LET_IN]


@ROWS
@pytest.mark.parametrize("whose", ["their", "neighbour"])
def test_ids_of_others_in_a_form_or_a_query_reach_nothing(world, verb, name, whose):
    ids = planted(world, whose)
    for who in senders(TABLE[verb, name]):
        usual = world.forms.get(name, {})
        over = usual | {key: value for key, value in ids.items() if key in usual or key == "replaces"}
        for form in (ids | usual, over) if verb == "POST" else ({},):
            answer = world.ask(who, verb, name, form=form, query="?" + urlencode(ids))
            assert not world.leaks(who, answer), (who, form)
            assert name in WAYS_IN or not world.others_rows(who, answer.changed), (who, form)


# --- Closed records, and lists of patients ------------------------------------------------------------------


def close(world: World) -> Callable[[], None]:
    """Leave the neighbour's record to the administrator."""

    def given() -> None:
        with inside(world.our):
            Patient.objects.filter(pk=world.neighbour.patient.pk).update(is_restricted=True)
            CareTeamMember.objects.create(
                clinic=world.our.clinic,
                patient=world.neighbour.patient,
                membership=world.our.staff[Role.ADMINISTRATOR],
            )

    return given


SAYS_THAT_IT_IS_CLOSED = {"clinic:restricted", "clinic:emergency"}
"""By its number only, which is on the wristband in an emergency."""


@ROWS
def test_nothing_of_a_closed_record_shows_outside_its_care_team(world, verb, name):
    for who in ("clinician", "nurse", "auditor"):
        answer = world.ask(who, verb, name, ids=world.ids["neighbour"], given=close(world))
        said = answer.said
        if name in SAYS_THAT_IT_IS_CLOSED:
            said = said.replace(world.neighbour.patient.record_number, "")
        assert NEIGHBOURS not in said, who
        touched = {row.get("patient_id") for _, row in answer.changed if name != "clinic:emergency"}
        assert world.neighbour.patient.pk not in touched, who


@pytest.mark.parametrize(
    ("name", "whom"),
    [
        ("clinic:worklist", {OURS, PHONELESS}),
        ("api:worklist", {OURS, PHONELESS}),
        ("clinic:restricted", {NEIGHBOURS}),
        ("clinic:phoneless", {PHONELESS}),
    ],
)
def test_a_list_is_one_event_that_names_everybody_on_it(world, name, whom):
    answer = world.ask("clinician", "GET", name, given=close(world))
    (event,) = answer.events
    assert patients_in(event) == {world.patients[word] for word in whom}


def test_a_removed_role_acts_on_the_next_request(world):
    def given() -> None:
        Membership.objects.filter(pk=world.our.clinician.pk).update(role=Role.AUDITOR)

    assert world.ask("clinician", "GET", "clinic:patient_edit").outcome == "shown"
    assert world.ask("clinician", "GET", "clinic:patient_edit", given=given).outcome == "no"


@pytest.mark.parametrize("name", sorted(KEPT_BY_PHONES))
def test_what_a_cache_may_keep_for_all_is_the_same_for_everybody(answers, name):
    found = [answer.response for answer in answers("GET", name).values()]
    assert len({response.content for response in found}) == 1
    assert not [response.cookies for response in found if response.cookies]


@ROWS
def test_no_personal_page_may_be_kept_by_a_cache(answers, verb, name):
    for who, answer in answers(verb, name).items():
        if answer.outcome == "shown" and name not in KEPT_BY_PHONES:
            caching = answer.response.headers["Cache-Control"]
            assert "no-store" in caching or "private" in caching, who
