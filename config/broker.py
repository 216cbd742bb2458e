"""Celery's filesystem broker, safe for a reader that looks while somebody writes.

The transport as it comes opens a message's file before it fills it: a worker that polls in between reads
nothing, cannot decode it, and ends.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from queue import Empty
from time import monotonic_ns
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]  # two base classes disagree
        """Write a message under a name that no reader looks for, then give it its own at once."""
        file = Path(self.data_folder_out) / f"{monotonic_ns()}_{uuid.uuid4()}.{queue}.msg"
        draft = file.with_suffix(".new")
        draft.write_bytes(dumps(payload).encode())
        draft.replace(file)

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        """The next message. One that is none is dropped: the rows say what is due, not the messages."""
        try:
            return super()._get(queue)
        except ValueError:
            raise Empty from None


class Transport(filesystem.Transport):
    Channel = Channel


def use_safe_files() -> None:
    """Let `filesystem://` mean this transport."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
