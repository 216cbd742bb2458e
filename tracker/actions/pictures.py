"""Charts as PNG: a page asks, a worker draws, the picture is kept until its data change."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from tracker import tenancy
from tracker.access import Actor, check_may
from tracker.actions import audit, clinics
from tracker.domain.roles import Permission
from tracker.models import ChartPicture, Injection, statements
from tracker.queries.charts import ChartTag, chart_of, chart_tag
from tracker.queries.pictures import PRINT_LOOK, look_name, look_of

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
"""A picture takes well under a second; after this its worker is taken for dead, or tries again."""

SWEEP_SIZE = 20
ATTEMPTS = 3


def ask(*, by: Actor, injection: Injection, now: datetime) -> ChartPicture:
    """Ask for the picture of an injection's chart. The same data are not drawn twice.

    A failed picture is tried again. Raises queries.charts.NoChart.
    """
    check_may(by, Permission.SEE_PATIENTS, on=injection)
    with transaction.atomic():
        statements.lock(patient_id=injection.patient_id)  # so that nobody cancels it meanwhile
        tag = chart_tag(actor=by, injection=injection.public_id).etag(PRINT_LOOK)
        fresh = {
            "tag": tag,
            "asked_at": now,
            "leased_until": None,
            "attempts": 0,
            "png": None,
            "failed_at": None,
        }
        picture, is_new = ChartPicture.objects.select_for_update().get_or_create(
            injection=injection,
            look=look_name(PRINT_LOOK),
            defaults={"clinic_id": injection.clinic_id, **fresh},
        )
        if not is_new and picture.tag == tag and picture.failed_at is None:
            return picture
        ChartPicture.objects.filter(pk=picture.pk).update(**fresh)
        audit.record(
            by=by,
            clinic_id=injection.clinic_id,
            action="picture.ask",
            now=now,
            patient_id=injection.patient_id,
            subject=f"injection:{injection.pk}",
        )
    picture.refresh_from_db()
    return picture


def draw_due(*, now: datetime) -> int:
    """Draw every picture that was asked for. Returns how many were drawn.

    A sweep over rows with leases: a worker that dies here loses nothing, two workers draw nothing twice.
    """
    return sum(_draw_clinic(clinic_id, now) for clinic_id in clinics.every())


def _draw_clinic(clinic_id: int, now: datetime) -> int:
    with tenancy.clinic(clinic_id):
        _give_up(now)
    drawn = 0
    while claimed := _claim(clinic_id, now):
        for picture in claimed:
            with tenancy.clinic(clinic_id):
                drawn += _draw(picture, now)
    return drawn


def _waiting(now: datetime) -> Q:
    return Q(png=None, failed_at=None) & (Q(leased_until=None) | Q(leased_until__lte=now))


def _give_up(now: datetime) -> None:
    """A picture that took its workers down with it never reached `_fail`."""
    ChartPicture.objects.filter(_waiting(now), attempts__gte=ATTEMPTS).update(failed_at=now)


def _claim(clinic_id: int, now: datetime) -> list[ChartPicture]:
    """Lease the next waiting pictures; each lease is an attempt, whatever becomes of its worker."""
    with tenancy.clinic(clinic_id), transaction.atomic():
        waiting = ChartPicture.objects.filter(_waiting(now), attempts__lt=ATTEMPTS)
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        claimed = list(waiting.order_by("asked_at", "id")[:SWEEP_SIZE])
        for picture in claimed:
            picture.attempts += 1
            picture.leased_until = now + LEASE
        ChartPicture.objects.bulk_update(claimed, ["attempts", "leased_until"])
    return claimed


def _draw(picture: ChartPicture, now: datetime) -> bool:
    """Draw one; what fails keeps its lease, is tried again after it, and never stops the others."""
    from tracker.charts.drawing import recovery_png  # here, so that web processes never load matplotlib

    try:
        injection = Injection.objects.select_related("track", "assessment").get(pk=picture.injection_id)
        look = look_of(picture.look)
        tag = ChartTag(injection.pk, injection.track.rev).etag(look)
        png = recovery_png(chart_of(injection), look)
    except Exception:
        log.exception("Drawing picture %s failed, attempt %s of %s", picture.pk, picture.attempts, ATTEMPTS)
        if picture.attempts >= ATTEMPTS:
            _still_mine(picture).update(failed_at=now)
        return False
    # The tag of what was drawn: the diary may have grown since it was asked for.
    return bool(_still_mine(picture).update(png=png, tag=tag, leased_until=None))


def _still_mine(picture: ChartPicture) -> QuerySet[ChartPicture]:
    """The row, unless it was asked for anew while it was being drawn."""
    return ChartPicture.objects.filter(pk=picture.pk, asked_at=picture.asked_at)
