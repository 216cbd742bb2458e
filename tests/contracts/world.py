"""Two clinics and everybody who might try an address: made once for a module, put back after each request."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import (
    NOW,
    PASSWORD,
    TODAY,
    ClinicCast,
    change,
    injection_record,
    make_caregiver,
    make_clinic,
    make_device,
    make_patient,
)
from tests.contracts.access_table import PHONES
from tests.contracts.canaries import mark_clinic, mark_patient
from tests.contracts.forms import QUERIES, sent
from tests.desks import desk_that_confirmed
from tests.factors import enrolled
from tests.rows import all_but_the_trail
from tests.scopes import inside
from tracker.actions import devices, diary, injections, pictures, protocols
from tracker.domain.roles import Role
from tracker.models import (
    AuditEvent,
    Caregiver,
    ChartPicture,
    Clinic,
    ClinicProtocol,
    Device,
    DiaryEntry,
    Invitation,
    Patient,
    User,
)
from tracker.web.app_shell import page_script, release_of

OURS, NEIGHBOURS, PHONELESS, THEIRS = "canaryours", "canaryneighbours", "canaryphoneless", "canarytheirs"
"""The patient whom addresses are about, two others of the same clinic, and everything of another clinic."""

MAY_SEE = {
    **{key: {OURS} for key in ("patient", "caregiver")},
    "neighbour": {NEIGHBOURS},
    **{key: {OURS, NEIGHBOURS, PHONELESS} for key in ("administrator", "clinician", "nurse", "auditor")},
    **{key: {THEIRS} for key in ("their phone", "their clinician", "their administrator")},
}
"""Whose words may show in an answer. Whoever is not named sees nobody's."""


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", pattern
        else:
            namespace = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from routes(pattern, prefix + namespace)


ROUTES = dict(routes(get_resolver()))
PAGES = {name: pattern.callback for name, pattern in ROUTES.items() if not name.startswith("api:")}


# --- What an address is about ----------------------------------------------------------------------


def ids_of(cast: ClinicCast) -> dict[str, Any]:
    """What an address needs to be about the cast's patient, by the name it has there."""
    return {
        "patient": cast.patient.public_id,
        "injection": cast.injection.public_id,
        "entry": DiaryEntry.objects.filter(patient=cast.patient).earliest("id").client_id,
        "on": TODAY,
        "form": "check",
        "language": "en",
        "key": "calling",
        "name": "calling.emergency.signs.0",
        "release": release_of(page_script()),
        "factor": Authenticator.objects.get(user=cast.staff[Role.ADMINISTRATOR].user_id).pk,
        "member": cast.staff[Role.NURSE].pk,
        "number": 1,
        "invitation": Invitation.objects.filter(patient=cast.patient).latest("id").pk,
        "phone": Device.objects.filter(patient=cast.patient, caregiver=None, ended_at=None).latest("id").pk,
        "caregiver": Caregiver.objects.filter(patient=cast.patient).earliest("id").pk,
        "protocol": ClinicProtocol.objects.filter(clinic=cast.clinic).earliest("id").public_id,
    }


def path_to(name: str, ids: dict[str, Any]) -> str:
    return reverse(name, kwargs={argument: ids[argument] for argument in ROUTES[name].pattern.converters})


def address(name: str, cast: ClinicCast) -> str:
    """A page about this clinic's patient."""
    return path_to(name, ids_of(cast))


def prepare(*casts: ClinicCast) -> None:
    """What pages are about: an entry from a clock years off, a caregiver, a second phone, an address."""
    for cast in casts:
        with inside(cast):
            make_caregiver(cast.patient)
            make_device(cast.patient, cast.clinician)
            cast.answer("check", 9, signs=["fever"])
            make_draft(cast)
            address = f"{cast.patient.given_name}@{cast.patient.family_name}.example"
            Patient.objects.filter(pk=cast.patient.pk).update(email=address, email_verified_at=NOW)
            diary.record(
                by=cast.device,
                patient=cast.patient,
                changes=[change(TODAY, 4)],
                now=NOW,
                skew=timedelta(days=-900),
            )


def make_draft(cast: ClinicCast) -> None:
    """A protocol of the clinic's own, which somebody is changing."""
    by = cast.staff[Role.ADMINISTRATOR]
    made = protocols.copy(by=by, key="lumbar-interlaminar", now=NOW)
    protocols.save_draft(by=by, protocol=made, body={"name": "Ours"}, now=NOW)


# --- Who asks --------------------------------------------------------------------------------------


def phone_of(cast: ClinicCast) -> Client:
    return with_key(cast.device_token)


def with_key(key: str) -> Client:
    client = Client()
    client.cookies[settings.DEVICE_COOKIE_NAME] = key
    return client


@dataclass(frozen=True)
class Answer:
    """What one request got, and what it left behind."""

    path: str
    outcome: str
    response: HttpResponse
    said: str
    changed: list[tuple[str, Any]]
    events: list[AuditEvent]


@dataclass
class World:
    our: ClinicCast
    neighbour: ClinicCast
    their: ClinicCast
    clients: dict[str, Client]
    ids: dict[str, dict[str, Any]]
    forms: dict[str, Any]
    canaries: dict[str, list[str]]
    actors: dict[str, str]
    patients: dict[str, int]
    rows: dict[str, list[object]]
    events: dict[int, int]

    def ask(
        self,
        who: str,
        verb: str,
        name: str,
        *,
        ids: dict[str, Any] | None = None,
        form: Any = None,
        query: str = "",
        given: Callable[[], None] | None = None,
    ) -> Answer:
        """One request, of which nothing stays; about our patient, unless other ids are named."""
        ids = ids or self.ids["our"]
        path = path_to(name, ids) + (query or QUERIES.get(name, "").format(**ids))
        form = self.forms.get(name, {}) if form is None else form
        cache.clear()
        with undone():
            if given:
                given()
            with undone(), written() as tables:
                response = self._send(who, verb, path, form, is_json=name.startswith("api:"))
                said, events = text_of(response), self._new_events() if tables & TRAIL else []
                after = all_but_the_trail() if tables - TRAIL else {}
            before = all_but_the_trail() if given and after else self.rows
        return Answer(path, outcome(verb, response), response, said, changes(before, after), events)

    def _send(self, who: str, verb: str, path: str, form: Any, *, is_json: bool) -> HttpResponse:
        client = Client()
        client.cookies = copy.deepcopy(self.clients[who].cookies)
        if verb in ("GET", "HEAD", "OPTIONS"):
            return getattr(client, verb.lower())(path)
        if verb == "POST" and not is_json:
            return client.post(path, form)
        return getattr(client, verb.lower())(path, form, content_type="application/json")

    def _new_events(self) -> list[AuditEvent]:
        found: list[AuditEvent] = []
        for clinic in Clinic.objects.order_by("pk"):
            with inside(clinic):
                so_far = self.events.get(clinic.pk, 0)
                found += AuditEvent.objects.filter(number__gt=so_far).order_by("number")
        return found

    def leaks(self, who: str, answer: Answer) -> list[str]:
        """Words and ids in an answer that are not for who asked."""
        may = MAY_SEE.get(who, set())
        hidden = [word for whose, words in self.canaries.items() if whose not in may for word in words]
        return [word for word in hidden if word in answer.said and word not in answer.path]

    def others_rows(self, who: str, changed: list[tuple[str, Any]]) -> list[str]:
        """Which of the changed rows are not of the clinic of who asked, or for a phone not of its patient."""
        cast = self.own(who)
        return [
            f"{name} {row}"
            for name, row in changed
            if name not in OF_NO_CLINIC
            if cast is None
            or row["id" if name == "Clinic" else "clinic_id"] != cast.clinic.pk
            or (who in PHONES and row.get("patient_id", cast.patient.pk) != cast.patient.pk)
        ]

    def own(self, who: str) -> ClinicCast | None:
        """Whose clinic, and for a phone whose patient, somebody is of."""
        if who in ("no clinic", "nobody"):
            return None
        return {"neighbour": self.neighbour}.get(who, self.their if who.startswith("their") else self.our)

    def patient_of(self, who: str, name: str) -> int | None:
        """Whom a page shows to somebody, where it is about one patient."""
        if who in PHONES:
            return self.own(who).patient.pk
        is_about_one = {"patient", "injection"} & ROUTES[name].pattern.converters.keys()
        return self.our.patient.pk if is_about_one else None


OF_NO_CLINIC = {"User", "Authenticator"}
"""Whom a membership names."""


def changes(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> list[tuple[str, Any]]:
    """Rows that are new, gone or different, by the name of their model."""
    return [
        (name, row)
        for name in after
        if after[name] != before[name]
        for one, other in ((before[name], after[name]), (after[name], before[name]))
        for row in other
        if row not in one
    ]


TRAIL = {"tracker_auditevent", "tracker_audithead"}
WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


@contextmanager
def undone() -> Iterator[None]:
    """Nothing that is stored inside stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def written() -> Iterator[set[str]]:
    """The tables that something is written to; sessions come and go."""
    tables: set[str] = set()

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if (found := WRITES.match(sql)) and found[1] != "django_session":
            tables.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield tables


def outcome(verb: str, response: HttpResponse) -> str:
    """What an answer means, in one of the words of the table."""
    to = response.headers.get("Location", "")
    for door, word in (
        ("account_login", "sign in"),
        ("account_reauthenticate", "again"),
        ("patient:join", "join"),
    ):
        if response.status_code == 302 and to.startswith(reverse(door)):
            return word
    words = {
        200: "shown",
        201: "saved",
        202: "saved",
        204: "saved",
        302: "saved" if verb == "POST" else "led on",
        401: "out",
    }
    words |= {403: "no", 404: "none", 405: "verb", 422: "wrong"}
    return words.get(response.status_code, str(response.status_code))


def text_of(response: HttpResponse) -> str:
    """All that an answer says: its headers, its body, and what is packed in it."""
    body = response.getvalue()
    if body.startswith(b"PK"):
        packed = zipfile.ZipFile(io.BytesIO(body))
        body = b"\n".join(packed.read(name) for name in packed.namelist())
    return f"{response.headers}\n{response.cookies}\n{body.decode(errors='ignore')}"


# --- Making it -------------------------------------------------------------------------------------


def build() -> World:
    """Call it in a transaction that is taken back, with the clock at NOW."""
    our, their = (
        make_clinic("harbour", given="Ada", family="Quill"),
        make_clinic(THEIRS, given="A", family="B"),
    )
    with inside(our):
        neighbour = _neighbour_of(our)
        phoneless = make_patient(our.clinic, given="Olga", family="Fern", number="harbour-3")
    prepare(our, neighbour, their)
    clients, actors = _staff(our, their)
    phones = _phones(our, neighbour, their)
    clients |= {who: with_key(key) for who, (_, key) in phones.items()} | {"nobody": Client()}
    actors |= {who: f"device:{device.pk}" for who, (device, _) in phones.items()}
    for cast in (our, neighbour, their):
        with inside(cast):
            _fill(cast)
    with inside(their):
        theirs = mark_clinic(their, THEIRS)
        their_ids = ids_of(their)
    with inside(our):
        canaries = {
            OURS: mark_patient(our, OURS),
            NEIGHBOURS: mark_patient(neighbour, NEIGHBOURS),
            PHONELESS: mark_patient(replace(neighbour, patient=phoneless), PHONELESS),
            THEIRS: theirs,
        }
        ids = {"our": ids_of(our), "neighbour": ids_of(neighbour), "their": their_ids}
        forms = {name: sent(name, our) for name in ROUTES}
    patients = {OURS: our.patient.pk, NEIGHBOURS: neighbour.patient.pk, PHONELESS: phoneless.pk}
    made = (clients, ids, forms, canaries, actors, patients, all_but_the_trail(), _counted())
    return World(our, neighbour, their, *made)


def _neighbour_of(our: ClinicCast) -> ClinicCast:
    """Another patient of the same clinic."""
    patient = make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    injection = injections.add(
        by=our.clinician, patient=patient, record=injection_record(), agents=[], now=NOW
    )
    device, token = make_device(patient, our.clinician)
    return replace(our, patient=patient, injection=injection, device=device, device_token=token)


def _staff(our: ClinicCast, their: ClinicCast) -> tuple[dict[str, Client], dict[str, str]]:
    """Their browsers, and their names in the trail."""
    members = {str(role): member for role, member in our.staff.items()}
    members["their clinician"] = their.clinician
    members["their administrator"] = their.staff[Role.ADMINISTRATOR]
    clients = {who: desk_that_confirmed(member.user.email) for who, member in members.items()}
    enrolled(User.objects.create_user(email="nowhere@example.org", name="Stranger", password=PASSWORD))
    clients["no clinic"] = desk_that_confirmed("nowhere@example.org")
    return clients, {who: f"staff:{member.pk}" for who, member in members.items()}


def _phones(our: ClinicCast, neighbour: ClinicCast, their: ClinicCast) -> dict[str, tuple[Device, str]]:
    """Each with its key."""
    with inside(our):
        helper = Caregiver.objects.get(patient=our.patient)
        helpers = make_device(our.patient, our.clinician, caregiver=helper)
        past = make_caregiver(our.patient, name="Past")
        pasts = make_device(our.patient, our.clinician, caregiver=past)
        Caregiver.objects.filter(pk=past.pk).update(to_on=TODAY - timedelta(days=1))
        ended = make_device(our.patient, our.clinician)
        devices.end(by=our.device, device=ended[0], now=NOW)
    return {
        "patient": (our.device, our.device_token),
        "caregiver": helpers,
        "past caregiver": pasts,
        "ended phone": ended,
        "neighbour": (neighbour.device, neighbour.device_token),
        "their phone": (their.device, their.device_token),
    }


def _fill(cast: ClinicCast) -> None:
    """Something in every part of the record."""
    cast.read((None, 7), (30, 3))
    cast.log({-2: 7, -1: 7, 1: 6, 2: 5, 3: 4}, soreness={0: 3, 1: 1})
    agent = injections.Agent(name="Agent", dose_mg=4, lot="L-1")
    injections.change(
        by=cast.clinician, injection=cast.injection, record=injection_record(), agents=[agent], now=NOW
    )
    pictures.ask(by=cast.clinician, injection=cast.injection, now=NOW)
    ChartPicture.objects.update(png=b"picture")


def _counted() -> dict[int, int]:
    found = {}
    for clinic in Clinic.objects.all():
        with inside(clinic):
            found[clinic.pk] = AuditEvent.objects.count()
    return found
