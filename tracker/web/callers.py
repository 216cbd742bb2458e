"""Where a request came from, as far as the audit trail needs it: a network, not a person's line."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

KEPT_BITS = {4: 24, 6: 48}
"""An address is cut off behind these: enough to see "from outside", too little to find a home."""


def network_of(request: HttpRequest) -> str:
    """The caller's network, such as 203.0.113.0/24; empty where the address cannot be read."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:  # the last one is what our own proxy saw; those before it anybody can write
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network((parsed, KEPT_BITS[parsed.version]), strict=False))
