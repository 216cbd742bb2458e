"""The clinic's pages: what all of them hand to their templates, and how an action's refusal is shown."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tracker.access import Actor, can
from tracker.domain.roles import Permission

UNPROCESSABLE = 422


def page(
    request: HttpRequest, actor: Actor, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page in the clinic's frame; `may` says which buttons this role is shown, `here` which tab is open."""
    may = {permission.value: can(actor, permission) for permission in Permission}
    frame = {"actor": actor, "may": may, "here": template}
    return render(request, f"clinic/{template}.html", frame | context, status=status)


def small_form(
    request: HttpRequest, actor: Actor, form: forms.Form, injection: UUID, *, title: str
) -> HttpResponse:
    """A few fields about an injection, and the way back to it."""
    back = reverse("clinic:injection", args=[injection])
    return page(request, actor, "small_form", status=form_status(form), form=form, title=title, back=back)


def put_errors(form: forms.Form, error: ValidationError) -> None:
    """Show what an action refused beside the fields it concerns, and the rest above the form."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for field, messages in by_field.items():
        for message in messages:
            form.add_error(field if field in form.fields else None, message)


def form_status(form: forms.Form) -> int:
    return UNPROCESSABLE if form.is_bound else 200
