"""A word in every text that is stored about somebody: wherever it shows up, something of theirs was shown."""

from __future__ import annotations

from typing import Any

from django.db import models

from tests.cast import ClinicCast
from tests.tenancy.samples import clinical_models, insert, values_of
from tracker.models import Clinic, DiaryEntry, Injection, Patient, User

STRUCTURE = {
    *("time_zone", "language", "label", "rule_set", "look", "tag", "indication", "consent_by", "ended_by"),
    *("void_reason", "way", "version", "consent_version", "channel", "p256dh", "origin"),
}
"""Texts that the product reads and compares: a word of ours would break it, and says nothing of anybody."""

WAYS_TO_A_PATIENT = ("patient", "injection__patient", "device__patient")


def mark_patient(cast: ClinicCast, word: str) -> list[str]:
    """Put the word into every text about the cast's patient; what must not be seen by who may not see it.

    Who did an injection is no secret of the patient's: the clinic is offered the name for the next one.
    """
    Patient.objects.filter(pk=cast.patient.pk).update(**texts(Patient, word))
    for model in clinical_models().values():
        own = {name: text for name, text in texts(model, word).items() if name != "operator"}
        if (way := _way_to_a_patient(model)) and own:
            model.objects.filter(**{way: cast.patient}).update(**own)
    cast.patient.refresh_from_db()
    return [word, *_ids(patient=cast.patient)]


def mark_clinic(cast: ClinicCast, word: str) -> list[str]:
    """Put the word into every text of a clinic: its own, its people's, and a row of every table."""
    for model in clinical_models().values():
        if not model.objects.exists():
            insert(model, values_of(model, cast.clinic))
        if model is not Patient and texts(model, word):
            model.objects.update(**texts(model, word))
    for number, patient in enumerate(Patient.objects.all()):
        Patient.objects.filter(pk=patient.pk).update(**texts(Patient, f"{word}{number}"))
    for member in cast.staff.values():
        User.objects.filter(pk=member.user_id).update(name=f"{word} {member.role}")
    Clinic.objects.filter(pk=cast.clinic.pk).update(name=f"{word} clinic", phone=f"{word} 0100")
    cast.patient.refresh_from_db()
    return [word, *_ids(clinic=cast.clinic)]


def texts(model: type[models.Model], word: str) -> dict[str, str]:
    """A value with the word for each text of a row."""
    found = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.CharField | models.TextField) and _is_free(model, field):
            value = f"{word}@{word}.example" if field.name == "email" else f"{word} {field.name}"
            found[field.name] = value[: field.max_length]
    return found


def _is_free(model: Any, field: Any) -> bool:
    return not (getattr(model, "is_append_only", False) or field.choices or field.name in STRUCTURE)


def _way_to_a_patient(model: Any) -> str | None:
    own = {field.name for field in model._meta.concrete_fields}
    return next((way for way in WAYS_TO_A_PATIENT if way.partition("__")[0] in own), None)


def _ids(**whose: Any) -> list[str]:
    """What addresses name the rows by."""
    patients = Patient.objects.filter(pk=whose["patient"].pk) if "patient" in whose else Patient.objects.all()
    found = list(patients.values_list("public_id", flat=True))
    for model, name in ((Injection, "public_id"), (DiaryEntry, "client_id")):
        found += model.objects.filter(patient__in=patients).values_list(name, flat=True)
    return [str(one) for one in found]
