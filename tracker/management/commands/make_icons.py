"""Draw the icons for home screens anew; they are part of the source, under static/icons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from tracker.management.icons import ICONS, as_png


class Command(BaseCommand):
    help = "Draw the icons for home screens; only needed after the motif has changed."

    def add_arguments(self, parser: CommandParser) -> None:
        folder = settings.BASE_DIR / "static" / "icons"
        parser.add_argument("--folder", type=Path, default=folder, help="where to put them")

    def handle(self, *, folder: Path, **options: Any) -> None:
        for name, icon in ICONS.items():
            (folder / name).write_bytes(as_png(icon))
        self.stdout.write(f"{len(ICONS)} icons drawn.")
