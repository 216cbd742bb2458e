"""A record with at least one row in every table that a patient can have rows in, full of telling words."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests.cast import NOW, TODAY, ClinicCast, change
from tracker.actions import care, diary, histories, injections, pictures
from tracker.actions.histories import Care, HistoryRecord
from tracker.domain.care import CarePlan
from tracker.domain.track import Source
from tracker.models import (
    BreakGlass,
    Caregiver,
    CareTeamMember,
    Confirmation,
    Consent,
    InjectionAgent,
    OutgoingMail,
    Patient,
    PushSubscription,
    Reminder,
)


def fill(cast: ClinicCast) -> None:
    """Everything is marked by the patient's family name. Needs the clinic's scope."""
    cast.answer("check", 9, signs=["fever"])
    _fill_diary(cast)
    word = cast.patient.family_name
    about = {"clinic": cast.clinic, "patient": cast.patient}
    Patient.objects.filter(pk=cast.patient.pk).update(email=f"mail-{word}@example.org", email_verified_at=NOW)
    InjectionAgent.objects.create(
        clinic=cast.clinic, injection=cast.injection, name="dexamethasone", dose_mg=10, lot=f"lot-{word}"
    )
    injections.correct_baseline(
        by=cast.clinician, injection=cast.injection, baseline=Decimal("6.5"), reason=f"why-{word}", now=NOW
    )
    histories.record(
        by=cast.clinician,
        injection=cast.injection,
        history=HistoryRecord(pain_weeks=12, imaging_kind="mri", imaging_finding=f"seen-{word}"),
        care=[Care(kind="exercise", from_on=TODAY - timedelta(days=90), result="not_enough")],
        now=NOW,
    )
    care.write(
        by=cast.clinician,
        injection=cast.injection,
        plan=CarePlan(pain_relievers=f"pills-{word}", thinner_plan=f"thinner-{word}", prescriber_agreed=True),
        now=NOW,
    )
    histories.record(
        by=cast.clinician,
        injection=cast.injection,
        history=HistoryRecord(pain_weeks=12, imaging_kind="mri", imaging_finding=f"seen-{word}"),
        care=[Care(kind="exercise", from_on=TODAY - timedelta(days=90), result="not_enough")],
        now=NOW,
    )
    pictures.ask(by=cast.clinician, injection=cast.injection, now=NOW)
    Caregiver.objects.create(
        **about,
        name=f"daughter-{word}",
        relation="daughter",
        from_on=TODAY,
        consent_by="staff:1",
        consent_reason=f"consent-{word}",
        made_at=NOW,
    )
    Consent.objects.create(**about, device=cast.device, version="2026-11", language="en", given_at=NOW)
    Confirmation.objects.create(
        clinic=cast.clinic,
        device=cast.device,
        code_hash=b"x",
        way="mail",
        email=f"new-{word}@example.org",
        made_at=NOW,
        expires_at=NOW,
    )
    _fill_messages(cast, about, word)
    _fill_openings(cast, about, word)


SEALED = (
    "seen-",
    "mail-",
    "seen-",
    "why-",
    "consent-",
    "new-",
    "owed-",
    "body-",
    "fell-",
    "send-",
    "read-",
    "pills-",
    "thinner-",
)
"""How the words begin that stand in sealed columns."""


def _fill_diary(cast: ClinicCast) -> None:
    cast.log({1: 4, 2: 3}, soreness={1: 2})
    first = cast.patient.entries.get(describes_on=cast.injection.injected_on + timedelta(days=2))
    again = change(first.describes_on, 5, entered_at=NOW, replaces=first.client_id)
    diary.record(by=cast.clinician, patient=cast.patient, changes=[again], now=NOW, source=Source.STAFF)
    cast.read((None, 7), (30, 2))


def _fill_messages(cast: ClinicCast, about: dict[str, Any], word: str) -> None:
    OutgoingMail.objects.create(
        **about,
        key=f"code:{cast.patient.pk}",
        recipient=f"owed-{word}@example.org",
        subject="Code",
        body=f"body-{word}",
        made_at=NOW,
        due_at=NOW,
    )
    PushSubscription.objects.create(
        clinic=cast.clinic,
        device=cast.device,
        endpoint=f"https://push.example.org/send-{word}",
        p256dh="x",
        auth=f"read-{word}",
        origin="https://onset.example.org",
        made_at=NOW,
    )
    Reminder.objects.create(**about, day=TODAY, channel="push", sent_at=NOW)


def _fill_openings(cast: ClinicCast, about: dict[str, Any], word: str) -> None:
    CareTeamMember.objects.create(**about, membership=cast.clinician)
    BreakGlass.objects.create(
        **about, membership=cast.clinician, reason=f"fell-{word}", at=NOW, until=NOW + timedelta(hours=4)
    )
