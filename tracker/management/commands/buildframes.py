"""Draw the frames that web processes write charts into."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Draw the frames of the recovery chart; does nothing where they stand already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.FRAMES_DIR, help="where to put them")

    def handle(self, *, folder: Path, **options: Any) -> None:
        from tracker.charts.drawing import build_frames  # only here: matplotlib takes half a second to load

        built = build_frames(folder)
        self.stdout.write(f"{built} frames drawn." if built else "The frames are up to date.")
