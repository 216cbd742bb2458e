"""One row for a page, by the id in its address."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.http import Http404

from tracker.access import Owned, seen


def row_or_404(visible: QuerySet[Owned], public_id: UUID) -> Owned:
    """A row that its reader may see, noted as seen. Raises Http404 for every other one."""
    try:
        return seen(visible, public_id=public_id)
    except ObjectDoesNotExist:
        raise Http404 from None
