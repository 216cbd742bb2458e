from typing import Any

from django.core.management.base import BaseCommand

from tracker import tenancy
from tracker.actions import clinics
from tracker.queries.audit_chain import head


class Command(BaseCommand):
    help = (
        "Print the end of every clinic's audit trail, to keep away from this machine; audit_verify reads it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for clinic_id in clinics.every():
            with tenancy.clinic(clinic_id):
                end = head()
            at = end.at.isoformat() if end.at else "-"
            self.stdout.write(f"{clinic_id} {end.count} {end.mac.hex() or '-'} {at}")
