"""What a run of histories came to."""

from __future__ import annotations

import time
from dataclasses import dataclass, field


@dataclass
class Tally:
    server: str
    histories: int = 0
    steps: int = 0
    entries: int = 0
    requests: int = 0
    restores: int = 0
    lost: int = 0
    duplicated: int = 0
    began: float = field(default_factory=time.perf_counter)

    def __str__(self) -> str:
        counts = ("histories", "steps", "entries", "requests", "restores", "lost", "duplicated")
        said = ", ".join(f"{name} {getattr(self, name):,}" for name in counts)
        return f"{self.server}: {said}; {time.perf_counter() - self.began:.0f} s"
