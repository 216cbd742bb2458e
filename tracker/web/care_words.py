"""A care plan in a patient's words: one text for the page and for the copy that a phone keeps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import ngettext

from tracker.content.care import CARE, CareTexts, StepText
from tracker.content.dates import clock, weekday_date
from tracker.domain.care import CarePlan, is_high
from tracker.domain.care_steps import SUGAR_TIMES, Part, Step
from tracker.domain.ruleset import ESI_RULES, RuleSet
from tracker.queries.care import CareSheet
from tracker.queries.clinic_texts import worded

GAPS = frozenset(
    {
        *("plan", "relievers", "limit", "from", "from_time", "until", "drinks_until"),
        *("food_hours", "drink_hours", "visit", "observation", "company", "driving", "ice", "bathing"),
        *("numbing", "onset_first", "onset_last", "full"),
    }
)
"""What a text may have room for."""


@dataclass(frozen=True, slots=True)
class Told:
    """A step as it is read, with its days in words and whether it was ticked."""

    step: Step
    title: str
    text: str
    span: str = ""
    done: bool = False


def plan_words(sheet: CareSheet, *, language: str, clinic: Any = None) -> tuple[Told, ...]:
    """Every step of a plan, with the ticks."""
    texts = worded("care", CARE, language, clinic=clinic)
    done = sheet.answers.done
    read = (told(step, sheet.care, texts, rules=sheet.rules) for step in sheet.plan.steps)
    return tuple(replace(one, done=done.get(one.step.key, False)) for one in read)


def told(step: Step, care: CarePlan, texts: CareTexts, *, rules: RuleSet = ESI_RULES) -> Told:
    """A step with its gaps filled in; what a clinic typed stays as it was typed."""
    text = text_of(step, texts)
    filling = _of_moments(step, texts) | _of_figures(care) | _of_clinic(care, texts) | _of_rules(rules)
    return Told(step, text.title.format_map(filling), text.text.format_map(filling), span_words(step, texts))


def span_words(step: Step, texts: CareTexts) -> str:
    """The study days of a step after the injection; before it nobody counts days."""
    if step.part is not Part.AFTER:
        return ""
    if step.last_day == 0:
        return texts.span_day
    pattern = texts.span_one if step.first_day == step.last_day else texts.span
    return pattern.format(first=step.first_day, last=step.last_day)


def sugar_log(sheet: CareSheet, texts: CareTexts) -> list[tuple[date, str, int, bool]]:
    """Newest first: day, time of day, value, and whether it is above the limit."""
    limit = sheet.care.figures.sugar_limit
    log = sheet.answers.sugar
    moments = sorted(log, key=lambda moment: (moment[0], SUGAR_TIMES.index(moment[1])), reverse=True)
    return [
        (on, texts.sugar_times[time], log[on, time], is_high(log[on, time], limit=limit))
        for on, time in moments
    ]


def text_of(step: Step, texts: CareTexts) -> StepText:
    """By its wording, else the plain one: a region that nobody has worded is the spine."""
    return texts.steps.get(f"{step.key}_{step.wording}") or texts.steps[step.key]


def moment_words(moment: datetime, texts: CareTexts) -> str:
    """Time, weekday and date. Midnight names the day that ends: "midnight on Tuesday" means two nights."""
    if moment.time() == time():
        return texts.midnight.format(date=_date(moment - timedelta(minutes=1)))
    return texts.moment.format(time=clock(moment), date=_date(moment))


def _date(moment: datetime) -> str:
    return weekday_date(moment)


def _of_moments(step: Step, texts: CareTexts) -> dict[str, str]:
    moments = {"from": step.from_at, "until": step.until_at, "drinks_until": step.clear_until_at}
    words = {name: moment_words(moment, texts) if moment else "" for name, moment in moments.items()}
    return words | {"from_time": clock(step.from_at) if step.from_at else ""}


def _of_figures(care: CarePlan) -> dict[str, str]:
    figures = care.figures
    return {
        "food_hours": hours(figures.fasting_hours or 0),
        "drink_hours": hours(figures.clear_fluids_hours or 0),
        "visit": minutes(figures.visit_minutes or 0),
        "observation": minutes(figures.observation_minutes),
        "company": hours(figures.company_hours),
        "driving": hours(figures.no_driving_hours),
        "ice": minutes(figures.ice_minutes),
        "bathing": hours(figures.no_bath_hours),
    }


def _of_rules(rules: RuleSet) -> dict[str, str]:
    return {
        "numbing": hours(rules.numbing_last_hour),
        "onset_first": str(rules.onset_first_day),
        "onset_last": str(rules.onset_last_day),
        "full": str(rules.readout_day),
    }


def _of_clinic(care: CarePlan, texts: CareTexts) -> dict[str, str]:
    limit = care.figures.sugar_limit
    return {
        "plan": care.thinner_plan,
        "relievers": care.pain_relievers,
        "limit": texts.mg_dl.format(figure=limit) if limit else "",
    }


def hours(count: int) -> str:
    return ngettext("%(count)s hour", "%(count)s hours", count) % {"count": count}


def minutes(count: int) -> str:
    """Whole hours from two hours on are said as such."""
    if count >= 120 and count % 60 == 0:
        return hours(count // 60)
    return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": count}
