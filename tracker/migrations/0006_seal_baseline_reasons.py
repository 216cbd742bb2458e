"""Data: every reason for a corrected baseline is sealed, and an empty one is none."""

from django.db import migrations

from tracker.models.sealed import seal, unseal
from tracker.tenancy.scope import tell_database

CONTEXT = "tracker_injection.baseline_reason"


def seal_reasons(apps, schema_editor):
    for injection in _injections(apps, schema_editor):
        reason = injection.baseline_reason
        _store(injection, seal(reason, context=CONTEXT) if reason else None)


def open_reasons(apps, schema_editor):
    for injection in _injections(apps, schema_editor):
        reason = injection.baseline_reason
        _store(injection, "" if reason is None else unseal(reason, context=CONTEXT))


def _injections(apps, schema_editor):
    """Of one clinic after the other: row-level security shows its owner no more either."""
    on_postgres = schema_editor.connection.vendor == "postgresql"
    for clinic in apps.get_model("tracker", "Clinic").objects.order_by("pk"):
        if on_postgres:
            tell_database(clinic.pk)
        yield from apps.get_model("tracker", "Injection").objects.filter(clinic=clinic).only("baseline_reason")
    if on_postgres:
        tell_database(None)


def _store(injection, reason):
    type(injection).objects.filter(pk=injection.pk).update(baseline_reason=reason)


class Migration(migrations.Migration):

    dependencies = [
        ("tracker", "0005_baseline_reasons_have_room"),
    ]

    operations = [
        migrations.RunPython(seal_reasons, open_reasons),
    ]
