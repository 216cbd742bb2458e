"""Databases of invented patients: the demo clinic with 500 of them, copied to as many clinics as asked.

Only the first clinic keeps a diary. The copies have what a worklist reads (patients, injections, tracks,
assessments); their rows lie scattered, as those of patients who came one by one to many clinics.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, models, transaction
from django.utils import timezone

from tracker.actions import codes, demo
from tracker.domain.roles import Role
from tracker.models import Assessment, Clinic, Injection, Membership, Patient, Track, User
from tracker.tenancy import walls

PATIENTS, SEED = 500, 62321
"""Patients of one clinic: a longer worklist than most will ever see."""

SMALL, LARGE = 20, 200
"""Clinics: 10,000 patients and 100,000."""

COPIED = (Patient, Injection, Track, Assessment)
ORIGINALS = 10_000
"""Ids that the first clinic may use; the copies' ids begin above."""


@contextmanager
def database(path: Path) -> Iterator[sqlite3.Connection]:
    """Lets the product work on another SQLite file, opened with the product's own settings.

    Django's connection stays the same and only its driver's is another: the product may hold on to it.
    """
    default = connections["default"]
    before, name = default.connection, default.settings_dict["NAME"]
    default.connection, default.settings_dict["NAME"] = None, str(path)
    default.connect()
    driver = default.connection
    try:
        yield driver
    finally:
        driver.close()
        default.connection, default.settings_dict["NAME"] = before, name


def work_on(driver: sqlite3.Connection) -> None:
    """Turns to one of several files that are open."""
    connections["default"].connection = driver


def dataset(clinics: int) -> Path:
    """A copy, to be written to, of the database with so many clinics. It is made once a day."""
    kept = _kept(clinics)
    if not kept.exists():
        _make(clinics, kept)
    copy = Path(settings.DATA_DIR) / kept.name
    shutil.copyfile(kept, copy)
    return copy


def with_diary() -> Membership:
    """The clinician of the clinic whose patients have all their entries."""
    return Membership.objects.select_related("user", "clinic").get(clinic=1, role=Role.CLINICIAN)


def among_many() -> Membership:
    """The clinician of one of the copies, made when first asked for."""
    clinic = Clinic.objects.latest("id")
    user, _ = User.objects.get_or_create(email=f"clinician@{clinic.pk}.example")
    return Membership.objects.get_or_create(clinic=clinic, user=user, defaults={"role": Role.CLINICIAN})[0]


def _kept(clinics: int) -> Path:
    """Named after everything that decides what is in it; a clinic grows old, so the day is part of it."""
    digest = blake2b(Path(__file__).read_bytes(), digest_size=6)
    for source in sorted((settings.BASE_DIR / "tracker").glob("migrations/*.py")):
        digest.update(source.read_bytes())
    folder = Path(tempfile.gettempdir()) / "onset-benchmark-data"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{timezone.now():%Y%m%d}-{digest.hexdigest()}-{clinics}.sqlite3"


def _make(clinics: int, kept: Path) -> None:
    for old in kept.parent.glob("*.sqlite3"):
        if not old.name.startswith(kept.name.rpartition("-")[0]):
            old.unlink()
    making = Path(settings.DATA_DIR) / f"making-{kept.name}"
    if clinics > 1:
        shutil.move(dataset(1), making)
    with database(making):
        if clinics == 1:
            call_command("migrate", verbosity=0)
            demo.load(now=_yesterday(), seed=SEED, patients=PATIENTS)
        else:
            _copy_clinic(clinics)
    making.replace(kept)  # whole or not at all: both folders are in the system's temporary one


def _yesterday() -> datetime:
    """A moment at which all the demo's time zones have the same date, with today's entries still to come."""
    return (timezone.now() - timedelta(days=1)).replace(hour=20)


def _copy_clinic(clinics: int) -> None:
    numbers = range(2, clinics + 1)
    with transaction.atomic(), connection.cursor() as cursor:
        Clinic.objects.bulk_create(
            Clinic(pk=number, name=f"Clinic {number}", locator=codes.new_locator(), made_at=_yesterday())
            for number in numbers
        )
        walls.make_way(connection)  # a patient and their current injection point to each other
        for model in COPIED:
            fields = model._meta.concrete_fields
            columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
            values = ", ".join(_copied(field, clinics) for field in fields)
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {values}"
                f" FROM {model._meta.db_table} t JOIN tracker_clinic c ON c.id > 1 WHERE t.clinic_id = 1"
            )
        walls.install(connection)


def _copied(field: models.Field, clinics: int) -> str:
    """A column of a copied row, in SQL. Ids alternate between the clinics."""
    column = connection.ops.quote_name(field.column)
    if field.name == "clinic":
        return "c.id"
    if isinstance(field, models.UUIDField):
        return "lower(hex(randomblob(16)))"
    if field.primary_key or field.is_relation:
        return f"(t.{column} + {ORIGINALS}) * {clinics} + c.id"
    return f"t.{column}"
