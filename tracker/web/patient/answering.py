"""Forms beside the diary: a short check for signs of danger each day, PEG-3 and PGIC now and then."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tracker.access import Device
from tracker.actions import responses
from tracker.actions.responses import FormChange
from tracker.content.forms import FORMS
from tracker.content.languages import in_language
from tracker.domain.attention import Level
from tracker.domain.forms import SIGNS, Form
from tracker.domain.roles import Permission
from tracker.domain.sync import Verdict
from tracker.queries.asked import AskedForm, asked_on
from tracker.web.actors import for_phone
from tracker.web.calling_words import sign_words
from tracker.web.failures import STORAGE_FAILURES, is_passing, unavailable

from .answer_forms import FORM_CLASSES, AnswerForm
from .pages import TRY_AGAIN, calling_of, page


@for_phone(Permission.LOG_OWN_DIARY)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, actor: Device, on: date, form: str) -> HttpResponse:
    """One form of one day: to answer it, to see what was answered, to answer it again."""
    if form == Form.READING:
        return redirect("patient:now")  # the phone's own page has this address; it knows today only, too
    if form not in FORM_CLASSES:
        raise Http404
    now = timezone.now()
    asked = next((one for one in asked_on(reader=actor, on=on, now=now) if one.asked.form == form), None)
    if asked is None:
        return _page(request, actor, on, form, None, None, status=404)
    data = request.POST if request.method == "POST" else None
    filled = FORM_CLASSES[Form(form)](
        language=actor.patient.language,
        data=data,
        asks_rescue=asked.asked.asks_rescue,
        clinic=actor.patient.clinic,
    )
    if not filled.is_valid():
        return _page(request, actor, on, form, asked, filled, status=422 if filled.is_bound else 200)
    change = FormChange(filled.cleaned_data["client_id"], form, on, filled.said(), now)
    try:
        (outcome,) = responses.record(by=actor, patient=actor.patient, changes=[change], now=now)
    except STORAGE_FAILURES as error:
        if not is_passing(error):
            raise
        filled.add_error(None, TRY_AGAIN)
        return unavailable(_page(request, actor, on, form, asked, filled))
    if outcome.verdict is Verdict.INVALID:
        filled.add_error(None, outcome.problem)
        return _page(request, actor, on, form, asked, filled, status=422)
    return redirect(request.path)


def _page(
    request: HttpRequest,
    actor: Device,
    on: date,
    form: str,
    asked: AskedForm | None,
    filled: AnswerForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    language = actor.patient.language
    texts = in_language(FORMS, language)
    found = asked.answer if asked else None
    is_again = "again" in request.GET or (filled is not None and filled.is_bound)
    signs = tuple(found.said.get("signs", ())) if found else ()
    return page(
        request,
        "answer",
        actor=actor,
        tab="today",
        status=status,
        on=on,
        title=getattr(texts, form).title,
        texts=texts,
        form=filled if is_again or found is None else None,
        answer=found,
        signs=[sign_words(language, clinic=actor.patient.clinic)[sign] for sign in signs],
        is_red=bool(set(signs) & set(SIGNS[Level.RED])),
        calling=calling_of(actor),
    )
