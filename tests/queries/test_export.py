"""What is handed over: everything of this patient, every revision, nobody else's, and by whom it was seen."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model

from tests.cast import NOW, ClinicCast, make_device, make_patient
from tests.scopes import inside
from tests.whole_record import fill
from tracker.actions import audit, readings
from tracker.content.export import READ_ME
from tracker.documents.tables import Table
from tracker.domain.track import Source
from tracker.models import (
    AuditEvent,
    Patient,
)
from tracker.queries.export import patient_export
from tracker.queries.export_tables import ACCESS, ACCESS_LEFT_OUT, PARTS, TABLES_LEFT_OUT, VERSION

DESCRIBED = Path(__file__).resolve().parents[2] / "docs" / "export.md"
pytestmark = pytest.mark.django_db


def tables_of_a_patient() -> set[type[Model]]:
    """Every table whose rows lead to a patient, directly or by another one."""
    models, found = list(apps.get_app_config("tracker").get_models()), {Patient}
    while True:
        more = {
            model
            for model in models
            for field in model._meta.concrete_fields
            if isinstance(field, ForeignKey) and field.related_model in found and model not in found
        }
        if not more:
            return found
        found |= more


def exported(cast: ClinicCast) -> dict[str, Table]:
    patient = Patient.objects.select_related("clinic").get(pk=cast.patient.pk)
    return {table.name: table for table in patient_export(patient=patient, now=NOW).tables}


def rows(table: Table) -> list[dict[str, Any]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def test_every_table_of_a_patient_is_handed_over_or_left_out_with_a_reason():
    assert {part.model for part in PARTS} | set(TABLES_LEFT_OUT) == tables_of_a_patient()
    assert all(TABLES_LEFT_OUT.values())


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_every_field_is_handed_over_or_left_out_with_a_reason(part):
    meta = part.model._meta
    handed_over = {meta.get_field(column.path.partition("__")[0]).name for column in part.columns}
    assert handed_over.isdisjoint(part.left_out)
    assert handed_over | set(part.left_out) == {field.name for field in meta.concrete_fields}


def test_every_field_of_an_event_is_accounted_for():
    said = {"actor": {"who", "role"}, "action": {"what"}, "subject": {"about"}, "on_behalf_of": {"role"}}
    fields = {field.name for field in AuditEvent._meta.concrete_fields} - set(ACCESS_LEFT_OUT)
    assert set().union(*[said.get(name, {name}) for name in fields]) == set(ACCESS)


def test_the_document_describes_every_table_and_column_in_order():
    text = DESCRIBED.read_text()
    assert f'"version": {VERSION}' in text
    described = {
        name: re.findall(r"^\| `([^`]+)`", body, re.MULTILINE)
        for name, body in re.findall(r"^## `(\w+)`\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    }
    expected = {part.name: [column.name for column in part.columns] for part in PARTS}
    assert described == expected | {"access": list(ACCESS)}


def test_the_text_in_the_file_names_every_table():
    assert {f"{part.name}.csv" for part in PARTS} | {"access.csv"} == set(
        re.findall(r"\w+\.csv", READ_ME["en"])
    )


def test_no_table_is_empty_once_there_is_something_in_each(our):
    fill(our)
    assert [name for name, table in exported(our).items() if not table.rows] == []


def test_all_revisions_of_a_day_are_there_with_who_entered_them(our):
    fill(our)
    day = our.injection.injected_on + timedelta(days=2)
    entries = [row for row in rows(exported(our)["diary_entries"]) if row["describes_on"] == day]
    said = [(row["pain"], row["source"], row["staff"], row["phone"]) for row in entries]
    assert said == [
        (3, "patient", None, our.device.pk),
        (5, "staff", our.clinician.user.name, None),
    ]
    assert entries[1]["replaces"] == entries[0]["id"]
    (shown,) = [row for row in rows(exported(our)["diary_days"]) if row["describes_on"] == day]
    assert shown["shown"] == entries[1]["id"] and shown["is_edited"]


def test_values_are_in_words_and_sealed_ones_are_opened(our):
    fill(our)
    tables = exported(our)
    (injection,) = rows(tables["injections"])
    assert injection["baseline_reason"] == "why-Quill" and injection["id"] == our.injection.public_id
    assert [(row["minutes"], row["pain"], row["source"]) for row in rows(tables["readings"])] == [
        (None, 7, "staff"),
        (30, 2, "staff"),
    ]
    assert {row["timing"] for row in rows(tables["diary_entries"])} <= {"live", "late", "recalled"}
    assert {row["attention"] for row in rows(tables["assessments"])} == {"grey"}
    assert "new-Quill@example.org" in {row["email"] for row in rows(tables["confirmations"])}


def test_who_looked_is_named_and_what_they_did_is_in_words(our):
    our.log({1: 4})
    audit.record(
        by=our.clinician, clinic_id=our.clinic.pk, action="view", now=NOW, patients=[our.patient.pk, 999],
        subject="clinic:worklist",
    )  # fmt: skip
    seen = [(row["who"], row["role"], row["what"]) for row in rows(exported(our)["access"])]
    assert (our.clinician.user.name, "clinician", "Saw a line of the worklist") in seen
    assert ("Own phone (Test phone)", "patient", "Entered diary days") in seen
    assert "999" not in str(exported(our)["access"])


def test_an_event_about_a_longer_number_is_not_this_patients(our):
    for others in ([our.patient.pk * 10 + 1], [int(f"1{our.patient.pk}")]):
        audit.record(by=our.clinician, clinic_id=our.clinic.pk, action="view", now=NOW, patients=others)
    said = len(exported(our)["access"].rows)
    assert said == AuditEvent.objects.filter(patient_id=our.patient.pk).count()


def test_nothing_of_a_neighbour_or_of_another_clinic_is_in_it(our, their):
    neighbour = make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    make_device(neighbour, our.clinician)
    fill(our)
    with inside(their):
        fill(their)
    found = str(exported(our))
    assert [word for word in ("Zanzibar", "hilltop", "Ebb", "Nils", "harbour-2") if word in found] == []
    assert "Quill" in found


def test_the_number_of_statements_does_not_grow_with_the_record(our, django_assert_num_queries):
    fill(our)
    with django_assert_num_queries(STATEMENTS):
        exported(our)
    our.log(dict.fromkeys(range(3, 9), 4))
    readings.record(
        by=our.clinician, injection=our.injection, minutes=60, pain=1, now=NOW, source=Source.STAFF
    )
    make_device(our.patient, our.staff[next(iter(our.staff))])
    with django_assert_num_queries(STATEMENTS):
        exported(our)


STATEMENTS = 1 + len(PARTS) + 4
"""The patient; each table; events alone and in lists, staff and phones for who looked."""
