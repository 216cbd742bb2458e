"""Signs of danger that a patient named, and calls asked for: what the record shows of them, and "seen to"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from tracker.access import Membership, patients_visible_to
from tracker.actions import alerts
from tracker.content.care import CARE
from tracker.content.forms import FORMS
from tracker.content.staff import ALERTS, ALERTS_TITLES
from tracker.domain.checks import DailyChecks
from tracker.domain.peg import IMPORTANT_PERCENT, PegChange
from tracker.domain.roles import Permission
from tracker.domain.titles import figure
from tracker.queries.answers import AlertLine, Measure, PatientAnswers
from tracker.queries.clinic_texts import worded
from tracker.web.actors import for_staff
from tracker.web.calling_words import sign_words
from tracker.web.clinic.words import day_words, number_of_days, signed_figure
from tracker.web.rows import row_or_404


@for_staff(Permission.EDIT_PATIENTS)
@require_POST
def handle(request: HttpRequest, actor: Membership, patient: UUID) -> HttpResponse:
    """Say that what the page showed was seen to."""
    who = row_or_404(patients_visible_to(actor), patient)
    note = request.POST.get("note", "").replace("\0", "").strip()
    done = alerts.handle(
        by=actor, patient=who, up_to=_number(request.POST.get("up_to", "")), note=note, now=timezone.now()
    )
    messages.success(request, "Noted: it was seen to." if done else "There was nothing left to see to.")
    return redirect("clinic:patient", patient)


LARGEST_ID = 2**63 - 1


def _number(text: str) -> int:
    """The id that the page showed; anything else reaches to no alert."""
    return min(int(text[:20]), LARGEST_ID) if text.isascii() and text.isdigit() else 0


def answers_context(found: PatientAnswers, *, clinic: Any) -> dict[str, Any]:
    """Alerts and measures in words. Staff read English, and what a patient read as the clinic words it."""
    words = {**worded("care", CARE, "en", clinic=clinic).questions, **sign_words("en", clinic=clinic)}
    return {
        "alerts": [_alert(one, words) for one in found.open],
        "alerts_title": ALERTS_TITLES.get(found.level, ""),
        "alerts_level": found.level.name.lower(),
        "alerts_up_to": found.up_to,
        "handled": [_alert(one, words) for one in found.handled],
        "measures": [_measure(one) for one in found.measures],
        "has_peg_baseline": any(one.is_peg_baseline for one in found.measures),
        "important_percent": IMPORTANT_PERCENT,
        "checks": _checks(found.checks) if found.checks and found.checks.answered else [],
    }


def _measure(one: Measure) -> dict[str, Any]:
    return {
        "on": one.on,
        "day": "" if one.day is None else day_words(one.day),
        "peg": "" if one.peg is None else figure(one.peg),
        "change": "baseline" if one.is_peg_baseline else _change(one.peg_change),
        "is_important": one.peg_change is not None and one.peg_change.is_important,
        "pgic": "" if one.pgic is None else f"{one.pgic}: {FORMS['en'].pgic.steps[one.pgic - 1]}",
    }


def _checks(them: DailyChecks) -> list[str]:
    that_say = number_of_days(them.days_that_say)
    lines = [f"Check for signs of danger: answered on {them.answered} of {number_of_days(them.asked)}."]
    if them.reliever_days:
        days = ", ".join(str(day) for day in them.reliever_days)
        lines.append(
            f"Pain reliever beyond the usual: yes on {len(them.reliever_days)} of {that_say} "
            f"(study day {days}). Less pain then may be the reliever’s."
        )
    elif them.days_without == 1:
        lines.append("Pain reliever beyond the usual: no on the 1 day that says.")
    elif them.days_that_say:
        lines.append(f"Pain reliever beyond the usual: no on all {that_say} that say.")
    return lines


def _change(it: PegChange | None) -> str:
    if it is None:
        return ""
    percent = "" if it.percent is None else f" ({signed_figure(it.percent)}\N{NO-BREAK SPACE}%)"
    return f"{signed_figure(it.points)}{percent}"


def _alert(one: AlertLine, words: Mapping[str, str]) -> dict[str, Any]:
    return {
        "line": one,
        "level": one.level.name.lower(),
        "title": ALERTS[one.level],
        "signs": _said(one, words),
    }


def _said(one: AlertLine, words: Mapping[str, str]) -> list[str]:
    """A question that is asked no more, or that only a newer phone knows, is told by its key."""
    if one.question:
        return [f"Yes to: {words.get(one.question, one.question.replace('_', ' '))}"]
    if one.mg_dl is not None:
        return [f"Blood sugar {one.mg_dl} mg/dL"]
    return [words[sign] for sign in one.signs]
