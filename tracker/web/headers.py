"""Headers that every answer carries, static files and errors too, unless its view says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse

from tracker.web.styles import digest

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' {styles}",  # the phone's pages carry theirs: one element, known by its digest
        "img-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        # No script may turn text into markup or code, not even one of ours by mistake.
        "require-trusted-types-for 'script'",
        # The one name under which a page may say where the service worker is.
        "trusted-types worker",
    )
)

USED = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get")
"""What our own pages ask a browser for: copying a link, and passkeys."""

UNUSED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "compute-pressure",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "keyboard-map",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "otp-credentials",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "sync-xhr",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)
"""What no page of ours needs, so that nothing that gets into one can ask for it either."""

HEADERS = {
    # Nothing personal stays in a cache: a page that may be kept has to say so itself.
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join([f"{name}=(self)" for name in USED] + [f"{name}=()" for name in UNUSED]),
    # Not no-referrer: a form would then be sent with "Origin: null", which no check of its origin can pass.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@cache
def content_security_policy() -> str:
    return POLICY.format(styles=digest())


class PrivateByDefault:
    """Adds HEADERS where a response has none of its own. The first in line, so that it sees every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", content_security_policy())
        return response
