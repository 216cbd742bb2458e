"""Who looked: everybody who opened the reader's record or did something in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_safe

from tracker.access import Device
from tracker.content.audit import AUDIT, AuditTexts
from tracker.content.dates import clock
from tracker.content.languages import in_language
from tracker.domain.zones import zone_of
from tracker.queries.lookers import USUAL_SPAN, Kind, Look, Who, who_looked
from tracker.web.actors import for_phone

from .confirm import STEPS_UP
from .pages import page

ROLES = (
    gettext_noop("administrator"),
    gettext_noop("clinician"),
    gettext_noop("nurse"),
    gettext_noop("auditor"),
)
"""What staff are, as `tracker.domain.roles` calls it. A helper says it in words of their own."""

LONG_SPAN = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody did on one day, before anybody did something else; `times` is how often.

    `when` is by the reader's clock: 09:15, or 09:15–09:20.
    """

    when: str
    who: str
    what: str
    times: int


@for_phone(STEPS_UP)
@require_safe
def show(request: HttpRequest, actor: Device) -> HttpResponse:
    """Ninety days, or a year; the own phones only where they are asked for."""
    now = timezone.now()
    is_long, with_own = "year" in request.GET, "own" in request.GET
    since = now - (LONG_SPAN if is_long else USUAL_SPAN)
    looks = who_looked(
        patient=actor.patient, since=since, earlier=request.GET.get("earlier", ""), own_phones=with_own
    )
    zone, texts = zone_of(actor.patient.time_zone), in_language(AUDIT, actor.patient.language)
    return page(
        request,
        "lookers",
        actor=actor,
        tab="you",
        days=_days(looks.lines, zone, texts),
        earlier=looks.earlier,
        since=since.astimezone(zone).date(),
        is_long=is_long,
        with_own=with_own,
    )


def _days(looks: tuple[Look, ...], zone: ZoneInfo, texts: AuditTexts) -> list[tuple[date, list[Line]]]:
    by_day = groupby(looks, key=lambda look: look.at.astimezone(zone).date())
    return [(day, list(_lines(list(some), zone, texts))) for day, some in by_day]


def _lines(looks: list[Look], zone: ZoneInfo, texts: AuditTexts) -> Iterator[Line]:
    """One line for what the same person did several times in a row: a chart is fetched more than once."""

    def said(look: Look) -> tuple[str, str]:
        return _who(look.who, texts), texts.what(look.action, look.subject, is_refused=look.is_refused)

    for (who, what), some in groupby(looks, key=said):
        times = [clock(look.at.astimezone(zone)) for look in some]
        first, last = times[-1], times[0]  # they come newest first
        yield Line(last if first == last else f"{first}–{last}", who, what, len(times))


def _who(who: Who, texts: AuditTexts) -> str:
    if who.kind is Kind.SYSTEM:
        return texts.system
    if who.kind is Kind.PATIENT:
        return texts.own_phone.format(name=gettext(who.name)) if who.name else texts.gone_phone
    role = gettext(who.role.lower()) if who.role else ""
    return (
        gettext("{name}, {role}").format(name=who.name, role=role) if role else who.name or texts.gone_person
    )
