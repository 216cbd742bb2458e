"""What phones send in the tests of the API."""

from __future__ import annotations

import uuid
from typing import Any

from django.test import Client

ENTRIES, SYNC = "/api/v1/entries/", "/api/v1/sync/"


def entry(**fields: Any) -> dict[str, Any]:
    """One entry of today's evening; a field given as `...` is left out."""
    whole = {
        "client_id": str(uuid.uuid4()),
        "day": "2026-05-20",
        "pain": 4,
        "soreness": 1,
        "entered_at": "2026-05-20T19:00:00Z",
    } | fields
    return {name: value for name, value in whole.items() if value is not ...}


def post(client: Client, url: str, body: object, **headers: str) -> Any:
    return client.post(url, body, content_type="application/json", headers=headers)


def problem(response: Any) -> tuple[int, str, list[str]]:
    """Status, name of the problem and the fields at fault, of an answer that has to be a problem."""
    assert response["Content-Type"] == "application/problem+json", response.content[:300]
    said = response.json()
    assert said.keys() == {"type", "title", "status", "detail", "errors"}
    assert said["status"] == response.status_code
    assert said["title"] and said["detail"]
    assert all(error["message"] for error in said["errors"])
    return response.status_code, said["type"].removeprefix("urn:onset:"), [e["field"] for e in said["errors"]]
