"""What led to an injection, as its sheet shows it: facts, care that was tried, and what payers ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.episode import Confounder, Episode
from tracker.domain.history import (
    CareKind,
    CareResult,
    CareSpan,
    Concordance,
    ImagingKind,
    Need,
    care_weeks,
    pain_weeks,
    payer_needs,
)
from tracker.domain.procedure import Status
from tracker.models import ConservativeCare, Injection, InjectionHistory


@dataclass(frozen=True, slots=True)
class CareLine:
    kind: str
    from_on: date | None
    to_on: date | None
    result: str


@dataclass(frozen=True, slots=True)
class History:
    """`facts` are (name, text) pairs; `confounders` say what else fell into the episode (rule 18)."""

    facts: tuple[tuple[str, str], ...]
    care: tuple[CareLine, ...]
    needs: tuple[Need, ...]
    confounders: tuple[str, ...]


def history_of(
    injection: Injection, *, among: Sequence[Injection], as_of_day: int, baseline_readings: int
) -> History:
    """Needs the history of all of the patient's injections; one statement more, for the care."""
    known = _known(injection)
    care = list(ConservativeCare.objects.filter(injection=injection).order_by("id"))
    weeks = pain_weeks(since=known.pain_since, weeks=known.pain_weeks, injected_on=injection.injected_on)
    spans = [CareSpan(from_on=one.from_on, to_on=one.to_on, result=one.result) for one in care]
    return History(
        facts=_facts(known, weeks),
        care=tuple(_line(one.kind, one.from_on, one.to_on, one.result) for one in care),
        needs=payer_needs(
            indication=injection.indication,
            concordant=known.imaging_concordant,
            baseline_readings=baseline_readings,
            weeks_of_pain=weeks,
            weeks_of_care=care_weeks(spans, injected_on=injection.injected_on),
        ),
        confounders=_confounders(injection, among, as_of_day),
    )


def _known(injection: Injection) -> InjectionHistory:
    return injection.history if hasattr(injection, "history") else InjectionHistory()


def _line(kind: str, from_on: date | None, to_on: date | None, result: str) -> CareLine:
    return CareLine(CareKind(kind).label, from_on, to_on, CareResult(result).label if result else "")


def _facts(known: InjectionHistory, weeks: int | None) -> tuple[tuple[str, str], ...]:
    since = f" (since {_on(known.pain_since)})" if known.pain_since else ""
    facts = (
        ("Pain before it", "" if weeks is None else f"{weeks} weeks{since}"),
        ("Imaging", _imaging(known)),
        ("Finding", known.imaging_finding or ""),
        ("Oral steroids", _course(known.steroids_from, known.steroids_to)),
    )
    return tuple((name, text) for name, text in facts if text)


def _imaging(known: InjectionHistory) -> str:
    if not known.imaging_kind:
        return ""
    parts = [ImagingKind(known.imaging_kind).label]
    if known.imaging_on:
        parts.append(_on(known.imaging_on))
    if known.imaging_concordant:
        parts.append(f"concordant: {Concordance(known.imaging_concordant).label.lower()}")
    return ", ".join(parts)


def _confounders(injection: Injection, among: Sequence[Injection], as_of_day: int) -> tuple[str, ...]:
    histories = [one.history for one in among if hasattr(one, "history")]
    courses = tuple(one.steroid_course for one in histories if one.steroid_course)
    closed = (one.surgery_on for one in among if one.status != Status.CANCELLED)
    surgeries = tuple(on for on in closed if on and on >= injection.injected_on)
    episode = Episode(
        case_id="",
        region=injection.region,
        injected_on=injection.injected_on,
        is_performed=True,
        is_diagnostic=False,
        marks=(),
        before=None,
        after=(),
        injections=tuple((one.region, one.injected_on) for one in among if one.status == Status.PERFORMED),
        steroid_courses=courses,
        surgeries=surgeries,
    )
    words = {
        Confounder.OTHER_REGION: "an injection of another region fell into it",
        Confounder.STEROIDS: f"oral steroids {'; '.join(_course(*course) for course in courses)}",
        Confounder.SURGERY: f"surgery on {'; '.join(_on(day) for day in surgeries)}",
    }
    return tuple(words[one] for one in episode.confounders(as_of_day=as_of_day))


def _course(first: date | None, last: date | None) -> str:
    if first is None:
        return ""
    return f"{_on(first)} to {_on(last)}" if last else f"since {_on(first)}"


def _on(day: date | None) -> str:
    return "" if day is None else f"{day.day} {day:%b %Y}"


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in a history, by the names of its form; and its care, a row each."""

    history: dict[str, object]
    care: tuple[dict[str, object], ...]


def written_history(*, injection: Injection) -> Written:
    """For the form: as it was typed. Two statements."""
    known = InjectionHistory.objects.filter(injection=injection).first() or InjectionHistory()
    names = [field.name for field in InjectionHistory._meta.concrete_fields]
    care = ConservativeCare.objects.filter(injection=injection).order_by("id")
    return Written(
        history={name: getattr(known, name) for name in names if name not in ("injection", "clinic")},
        care=tuple(care.values("kind", "from_on", "to_on", "result")),
    )
