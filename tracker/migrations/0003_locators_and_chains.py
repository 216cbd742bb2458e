"""Data: every clinic gets a locator, every audit event its number and seal, and phones ask for a new code."""

import secrets

from django.conf import settings
from django.db import migrations
from django.utils import timezone

from tracker.domain.audit_chain import Event, mac_of

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def give_locators(apps, schema_editor):
    taken = set()
    for clinic in apps.get_model("tracker", "Clinic").objects.all():
        while not clinic.locator or clinic.locator in taken:
            clinic.locator = "".join(secrets.choice(LETTERS) for _ in range(3))
        taken.add(clinic.locator)
        clinic.save(update_fields=["locator"])


def seal_events(apps, schema_editor):
    AuditEvent, AuditHead = (apps.get_model("tracker", name) for name in ("AuditEvent", "AuditHead"))
    for clinic in apps.get_model("tracker", "Clinic").objects.all():
        number, mac = 0, b""
        for row in AuditEvent.objects.filter(clinic=clinic).order_by("id").iterator():
            number += 1
            event = Event(
                clinic.pk, number, row.at, row.actor, "", row.action, row.patient_id, "", row.subject, "done", "", "", row.detail
            )
            mac = mac_of(event, previous=mac, key=settings.AUDIT_KEY)
            AuditEvent.objects.filter(pk=row.pk).update(number=number, mac=mac)
        AuditHead.objects.create(clinic=clinic, count=number, mac=mac)


def end_phones(apps, schema_editor):
    """Keys name their clinic from now on: older ones open nothing, and their phones need a new code."""
    now = timezone.now()
    apps.get_model("tracker", "Device").objects.filter(ended_at=None).update(ended_at=now, ended_by="system")
    apps.get_model("tracker", "Invitation").objects.filter(redeemed_at=None, voided_at=None).update(
        voided_at=now, void_reason="ended"
    )


class Migration(migrations.Migration):

    dependencies = [
        ("tracker", "0002_people_and_walls"),
    ]

    operations = [
        migrations.RunPython(give_locators, migrations.RunPython.noop),
        migrations.RunPython(seal_events, migrations.RunPython.noop),
        migrations.RunPython(end_phones, migrations.RunPython.noop),
    ]
