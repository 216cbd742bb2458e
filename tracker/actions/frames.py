"""Frames of the charts for the windows that a clinic has chosen: a worker draws them, never a web process."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from tracker import tenancy
from tracker.actions import clinics
from tracker.charts.chart import FrameDays
from tracker.charts.frames import FRAME_VERSION
from tracker.models import ProtocolVersion
from tracker.queries.protocols import pinned


def draw_missing() -> int:
    """Draw the frames of published protocols that are not there yet. Returns how many were drawn.

    What stands already is only looked for, so that the sweep that finds nothing costs a statement a clinic.
    """
    wanted = {days for clinic_id in clinics.every() for days in _published(clinic_id)}
    missing = sorted(days for days in wanted if not _stand(days))
    if not missing:
        return 0
    from tracker.charts.drawing import build_frames  # here, so that web processes never load matplotlib

    return build_frames(settings.FRAMES_DIR, missing)


def _published(clinic_id: int) -> set[FrameDays]:
    with tenancy.clinic(clinic_id):
        versions = list(ProtocolVersion.objects.values_list("pk", flat=True))
        return {FrameDays.of(pinned(version).protocol.rules) for version in versions}


def _stand(days: FrameDays) -> bool:
    return (Path(settings.FRAMES_DIR) / FRAME_VERSION / days.folder).is_dir()
