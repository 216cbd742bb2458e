"""The clinic's protocols: the list, one with its draft, preview and history, and the form of its settings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tracker.access import Membership
from tracker.actions import protocols
from tracker.content.protocols import CARE_GROUPS, NAMES, asked_words, setting_words
from tracker.domain.protocol import Change, InvalidProtocol, Protocol
from tracker.domain.roles import Permission
from tracker.domain.timeline import phases
from tracker.domain.zones import zone_of
from tracker.queries.protocol_preview import Span, asked_when
from tracker.queries.protocols import NoProtocol, ProtocolSheet, protocol_lines, protocol_row, protocol_sheet
from tracker.web.actors import for_staff
from tracker.web.clinic.pages import UNPROCESSABLE, form_status, page
from tracker.web.clinic.protocol_forms import ProtocolForm
from tracker.web.confirmed import recently_confirmed
from tracker.web.course_words import phase_texts

PREVIEWED_IN = "en"


@for_staff(Permission.EDIT_PROTOCOLS)
@recently_confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, actor: Membership) -> HttpResponse:
    """The clinic's own protocols and the shipped ones, which can be copied."""
    problem = ""
    if request.method == "POST":
        try:
            made = protocols.copy(by=actor, key=request.POST.get("key", ""), now=timezone.now())
        except ValidationError as error:
            problem = " ".join(error.messages)
        else:
            messages.success(request, "Copied. Nothing changes until you publish another version.")
            return redirect("clinic:protocol", made.public_id)
    return page(
        request,
        actor,
        "protocols",
        status=UNPROCESSABLE if problem else 200,
        here="settings",
        problem=problem,
        lines=protocol_lines(actor=actor),
        zone=zone_of(actor.clinic.time_zone),
    )


@for_staff(Permission.EDIT_PROTOCOLS)
@recently_confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, actor: Membership, protocol: UUID) -> HttpResponse:
    """One protocol: what patients get by it, the draft to publish, and the versions to go back to."""
    problem = ""
    if request.method == "POST":
        try:
            messages.success(request, _done(request, actor, protocol))
            return redirect("clinic:protocol", protocol)
        except ValidationError as error:
            problem = " ".join(error.messages)
        except InvalidProtocol:
            problem = "The draft does not keep to the limits any more. Open its settings and save them again."
    sheet = _sheet_or_404(actor, protocol)
    shown = sheet.draft or sheet.newest.protocol
    return page(
        request,
        actor,
        "protocol",
        status=UNPROCESSABLE if problem else 200,
        here="settings",
        problem=problem,
        sheet=sheet,
        shown=shown,
        regions=[region.label for region in shown.regions],
        draft_changes=_changes(sheet.draft_changes),
        versions=[(version, _changes(version.changes)) for version in sheet.versions],
        preview=_preview(shown, actor.clinic),
        zone=zone_of(actor.clinic.time_zone),
    )


def _done(request: HttpRequest, actor: Membership, public_id: UUID) -> str:
    """Do what the pressed button says; what to tell afterwards."""
    row, now = _row_or_404(actor, public_id), timezone.now()
    note = request.POST.get("note", "")[:200]
    match request.POST.get("do"):
        case "publish":
            added = protocols.publish(by=actor, protocol=row, note=note, now=now)
            return f"Version {added.number} is published. Injections entered from now on go by it."
        case "discard":
            protocols.discard_draft(by=actor, protocol=row, now=now)
            return "The draft is thrown away."
        case "restore":
            number = request.POST.get("number", "")
            asked = int(number) if number.isascii() and number.isdigit() else 0
            added = protocols.restore(by=actor, protocol=row, number=asked, note=note, now=now)
            return f"Version {added.number} is published: it says what version {asked} said."
    raise ValidationError("Choose what to do.")


@for_staff(Permission.EDIT_PROTOCOLS)
@recently_confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, actor: Membership, protocol: UUID) -> HttpResponse:
    """The settings as a form; what is saved is a draft, which reaches nobody."""
    sheet = _sheet_or_404(actor, protocol)
    form = ProtocolForm(request.POST or None, protocol=sheet.draft or sheet.newest.protocol)
    if request.method == "POST" and form.is_valid():
        row = _row_or_404(actor, protocol)
        try:
            protocols.save_draft(by=actor, protocol=row, body=form.body(), now=timezone.now())
        except InvalidProtocol as error:
            form.put_problems(error.problems)
        else:
            messages.success(request, "The draft is saved. Look at it below, then publish it.")
            return redirect("clinic:protocol", protocol)
    return page(
        request, actor, "protocol_edit", status=form_status(form), here="settings", form=form, sheet=sheet
    )


def _sheet_or_404(actor: Membership, public_id: UUID) -> ProtocolSheet:
    try:
        return protocol_sheet(actor=actor, public_id=public_id)
    except NoProtocol:
        raise Http404 from None


def _row_or_404(actor: Membership, public_id: UUID) -> Any:
    try:
        return protocol_row(actor=actor, public_id=public_id)
    except NoProtocol:
        raise Http404 from None


def _changes(found: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    return [
        (NAMES.get(one.name, one.name), setting_words(one.name, one.was), setting_words(one.name, one.now))
        for one in found
    ]


def _days(span: Span) -> str:
    if span.last is not None and span.last < 0:
        return f"{-span.first} to {-span.last} days before"
    if span.last is None:
        return f"from day {span.first}"
    if span.first == span.last:
        return f"day {span.first}"
    return f"days {span.first} to {span.last}"


def _preview(protocol: Protocol, clinic: Any) -> dict[str, Any]:
    texts = phase_texts(protocol.rules, language=PREVIEWED_IN, clinic=clinic)
    return {
        "phases": [(texts[phase.key], phase) for phase in phases(protocol.rules)],
        "spans": [(_days(span), asked_words(span)) for span in asked_when(protocol)],
        "care": [
            (words, setting_words(name, getattr(protocol.care, name)))
            for _, group in CARE_GROUPS
            for name, words in group.items()
        ],
    }
