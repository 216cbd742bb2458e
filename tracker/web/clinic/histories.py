"""The page for what led to an injection, and what was taken beside it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tracker.access import Actor, injections_visible_to
from tracker.actions import histories
from tracker.domain.roles import Permission
from tracker.queries.history import written_history
from tracker.web.actors import for_staff
from tracker.web.clinic.history_forms import CareRows, HistoryForm, care_in
from tracker.web.clinic.pages import form_status, page, put_errors
from tracker.web.rows import row_or_404


@for_staff(Permission.EDIT_INJECTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, actor: Actor, injection: UUID) -> HttpResponse:
    it = row_or_404(injections_visible_to(actor).select_related("patient"), injection)
    known = written_history(injection=it)
    form = HistoryForm(request.POST or None, initial=known.history)
    rows = CareRows(request.POST or None, initial=list(known.care), prefix="care")
    if request.method == "POST" and form.is_valid() & rows.is_valid():
        try:
            histories.record(
                by=actor, injection=it, history=form.record(), care=care_in(rows), now=timezone.now()
            )
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, "Saved.")
            return redirect("clinic:injection", injection)
    return page(
        request,
        actor,
        "history",
        status=form_status(form),
        title=f"What led to the injection of {it.patient.full_name}",
        injected_on=it.injected_on,
        form=form,
        rows=rows,
        back=reverse("clinic:injection", args=[injection]),
    )
