"""The manifest, by which a phone puts the patient's pages on its home screen as an app."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from tracker.content.home_screen import HOME_SCREEN, NAME
from tracker.content.languages import in_language

from .actors import for_everybody
from .languages import reading

THEME, BACKGROUND = "#ffffff", "#f6f7f5"
"""--surface and --ground of static/css/tokens.css by day: a manifest knows no dark theme."""

ICONS = (("icon-192", 192, "any"), ("icon-512", 512, "any"), ("maskable-512", 512, "maskable"))


@for_everybody
@require_safe
@gzip_page
@conditional_page
def manifest(request: HttpRequest) -> HttpResponse:
    """The same for everybody who reads this language. Browsers keep it and ask whether it is still true."""
    texts = in_language(HOME_SCREEN, get_language() or "")
    shortcuts = ((texts.today, "today"), (texts.course, "course"), (texts.call, "call"))
    said = {
        "id": "/",
        "start_url": reverse("patient:today"),
        "scope": "/",
        "display": "standalone",
        "name": NAME,
        "short_name": NAME,
        "description": texts.description,
        **reading(),
        "theme_color": THEME,
        "background_color": BACKGROUND,
        "icons": [_icon(name, side, purpose) for name, side, purpose in ICONS],
        "shortcuts": [{"name": name, "url": reverse(f"patient:{page}")} for name, page in shortcuts],
    }
    return HttpResponse(
        json.dumps(said, ensure_ascii=False),
        content_type="application/manifest+json",
        headers={"Cache-Control": "public, no-cache", "Vary": "Accept-Language, Cookie"},
    )


def _icon(name: str, side: int, purpose: str) -> dict[str, str]:
    address = static(f"icons/{name}.png")
    return {"src": address, "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
