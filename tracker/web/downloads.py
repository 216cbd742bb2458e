"""A file to take away, which a browser saves and never shows."""

from __future__ import annotations

from django.http import HttpResponse

from tracker.actions.exports import RecordFile


def attachment(file: RecordFile) -> HttpResponse:
    """A record as a ZIP. No cache may keep it, as no other answer (tracker.web.headers)."""
    response = HttpResponse(file.content, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response
