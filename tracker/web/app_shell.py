"""What a phone keeps of the product itself: an empty page, the scripts that fill it, and the service worker.

None of it is anybody's: no name, no score, no token. So it may be kept, and compressed.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe
from rjsmin import jsmin  # type: ignore[import-untyped]  # it brings no types

from tracker.content.app import app_words
from tracker.content.care import CARE
from tracker.content.diary import DIARY
from tracker.content.forms import FORMS
from tracker.content.languages import in_language
from tracker.web.actors import for_everybody
from tracker.web.calling_words import USUAL_NUMBER, calling_words, emergency
from tracker.web.compressed import same_for_everybody
from tracker.web.patient.answer_forms import FORM_CLASSES
from tracker.web.patient.forms import Scale
from tracker.web.styles import style_element

OF_THE_WORKER = ["js/phone/answers.js", "js/phone/store.js", "js/phone/sending.js"]
"""Shared with the pages, and written into the worker: a changed byte in one of them is a new release."""

SCRIPTS = [
    *OF_THE_WORKER,
    *(
        f"js/phone/{name}.js"
        for name in (
            "days",
            "verdicts",
            "diary",
            "page",
            "calling",
            "chart",
            "reminders",
            "first",
            "today",
            "forms",
            "hours",
            "plan",
            "history",
            "course",
            "leave",
            "app",
        )
    ),
]


def shell_context(language: str) -> dict[str, Any]:
    """What the empty page is made of, in one language."""
    texts = in_language(DIARY, language)
    questions = (("pain", texts.pain), ("soreness", texts.soreness))
    return {
        "texts": texts,
        "scales": [Scale(name, item.today, item, "", []) for name, item in questions],
        "now_scale": Scale("now", texts.pain_now.today, texts.pain_now, "", []),
        "calling": calling_words(language),
        "emergency": emergency(),
        "emergency_link": f"tel:{USUAL_NUMBER}",
        "forms": in_language(FORMS, language),
        "care": in_language(CARE, language),
        "answer_forms": [form(language=language) for form in FORM_CLASSES.values()],
        "words": sorted(app_words(language).items()),
        "is_kept": True,
        "phone_styles": style_element(),
        "scripts": reverse("app_scripts", args=[release_of(page_script())]),
    }


@for_everybody
@require_safe
def shell(request: HttpRequest, language: str) -> HttpResponse:
    """The page that a phone fills in from its own store."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    return same_for_everybody(request, _shell(language), content_type="text/html")


@for_everybody
@require_safe
def scripts(request: HttpRequest, release: str) -> HttpResponse:
    """Its scripts as one file: each of eighteen would cost a cheap phone a look into its cache."""
    script = page_script()
    if release != release_of(script):
        raise Http404
    return same_for_everybody(request, script, content_type="text/javascript")


@for_everybody
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Said by the worker where a page needs a network and there is none."""
    return same_for_everybody(request, _offline(), content_type="text/html", by_language=True)


@for_everybody
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, or with ONSET_APP=0 one that removes itself and all that it kept."""
    script = worker_script() if settings.APP_IS_ON else _joined(*OF_THE_WORKER, "js/phone/removed.js")
    return same_for_everybody(request, script, content_type="text/javascript", by_language=True)


def worker_script() -> str:
    """One file: a worker may load no other under our policy.

    A phone keeps the page in the language of its reader alone: three would be three times as much to
    fetch. Who chooses another one gets another worker, as with a new release.
    """
    language = get_language() or settings.LANGUAGE_CODE
    shell = reverse("app_shell", args=[language])
    source = _joined(*OF_THE_WORKER, "js/phone/worker.js")
    pages = [_shell(language), _offline()]
    told = {"VERSION": release_of("".join([source, *pages])), "SHELL": shell, "OFFLINE": reverse("offline")}
    head = [f"const {name} = {json.dumps(value)};" for name, value in told.items()]
    return "\n".join([*head, source])


def _shell(language: str) -> str:
    with override(language):
        return render_to_string("pwa/shell.html", shell_context(language))


def _offline() -> str:
    return render_to_string("pwa/offline.html", {"phone_styles": style_element()})


def page_script() -> str:
    return _joined(*SCRIPTS)


def release_of(text: str) -> str:
    """A name that changes with the text."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


@cache
def _joined(*names: str) -> str:
    """Scripts of ours as one, without comments and blanks."""
    return jsmin("\n".join(Path(str(finders.find(name))).read_text() for name in names))
