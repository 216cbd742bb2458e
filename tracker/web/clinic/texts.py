"""The clinic's own wording: a text with all its sentences, and one sentence with its wordings so far."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tracker.access import Membership
from tracker.actions import clinic_texts
from tracker.content.editable import LONGEST, TEXTS, InvalidWording, NotEditable, checked
from tracker.content.reading import grade
from tracker.domain.roles import Permission
from tracker.domain.zones import zone_of
from tracker.queries.clinic_texts import SentenceSheet, sentence_list, sentence_sheet
from tracker.web.actors import for_staff
from tracker.web.clinic.pages import UNPROCESSABLE, page
from tracker.web.confirmed import recently_confirmed

HIGHEST_GRADE = 6
"""A year of school: what patients read should not be harder (house rule)."""

FILLING = {"points": "3", "first": "2", "last": "5", "day": "14", "emergency": "911"}
"""For a look at a sentence with its gaps filled; any other gap shows its name."""


class WordingForm(forms.Form):
    text = forms.CharField(
        label="Your wording",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Empty: the shipped wording.",
    )


@for_staff(Permission.EDIT_PROTOCOLS)
@recently_confirmed
@require_safe
def show(request: HttpRequest, actor: Membership, language: str, key: str) -> HttpResponse:
    """One text in one language, sentence by sentence."""
    _check(language)
    try:
        found = sentence_list(actor=actor, key=key, language=language)
    except NotEditable:
        raise Http404 from None
    return page(
        request,
        actor,
        "texts",
        here="settings",
        sentences=found,
        key=key,
        language=language,
        title=TEXTS[key].title,
        texts=[(name, text.title) for name, text in TEXTS.items()],
        languages=settings.LANGUAGES,
        highest=HIGHEST_GRADE,
    )


@for_staff(Permission.EDIT_PROTOCOLS)
@recently_confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, actor: Membership, language: str, name: str) -> HttpResponse:
    """One sentence: shipped and own side by side, a look at a new wording, and the earlier ones."""
    _check(language)
    try:
        sheet = sentence_sheet(actor=actor, language=language, name=name)
    except NotEditable:
        raise Http404 from None
    form = WordingForm(request.POST or None, initial={"text": sheet.sentence.own or sheet.sentence.shipped})
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("do") == "look":
                looked = checked(name, language, form.cleaned_data["text"]) or sheet.sentence.shipped
                return _page(request, actor, sheet, form, language, looked=looked)
            clinic_texts.write(
                by=actor, language=language, name=name, text=form.cleaned_data["text"], now=timezone.now()
            )
        except InvalidWording as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, "Saved. Patients read it from now on.")
            return redirect("clinic:text", language, name)
    return _page(request, actor, sheet, form, language)


def _page(
    request: HttpRequest,
    actor: Membership,
    sheet: SentenceSheet,
    form: WordingForm,
    language: str,
    *,
    looked: str | None = None,
) -> HttpResponse:
    key = sheet.sentence.name.partition(".")[0]
    measured = language == "en" and looked
    return page(
        request,
        actor,
        "text",
        status=UNPROCESSABLE if form.errors else 200,
        here="settings",
        sheet=sheet,
        form=form,
        key=key,
        title=TEXTS[key].title,
        language=language,
        looked=_filled(looked) if looked else None,
        looked_grade=round(grade(looked), 1) if measured and looked else None,
        highest=HIGHEST_GRADE,
        zone=zone_of(actor.clinic.time_zone),
    )


class _Gaps(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return f"({name})"


def _filled(text: str) -> str:
    return text.format_map(_Gaps(FILLING))


def _check(language: str) -> None:
    known: dict[str, Any] = dict(settings.LANGUAGES)
    if language not in known:
        raise Http404
