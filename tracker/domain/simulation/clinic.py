"""A demo clinic out of a seed: the same seed and date always give the same invented patients.

A scripted cast (`cast`) shows every label and kind of entry. Random patients, whose courses follow
the published rates (`course`), fill the clinic up.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tracker.domain.simulation.cast import CAST
from tracker.domain.simulation.course import PARAMETERS, SimulationParameters, random_plan
from tracker.domain.simulation.entries import local_instant, simulated_entries
from tracker.domain.simulation.people import (
    CLINIC_TIME_ZONE,
    MINUTES_FROM_BEFORE_READING,
    OTHER_TIME_ZONES,
    injection_of,
    name_of,
)
from tracker.domain.simulation.plan import Plan, PlannedInjection
from tracker.domain.simulation.values import SimulatedInjection, SimulatedPatient, SimulatedReading

DAYS_TODAY = (8, 60, 14, 28, 3, 95, 16, 5, 180, 1, -3, 0)
"""Study days on which the random patients are today, in turn; -3 is an injection in three days."""

FIRST_PROCEDURE = time(8, 0)
ENROLLED_DAYS_BEFORE = 10
ELSEWHERE_SHARE = 0.08
"""Patients who live in another time zone than the clinic's."""


def simulate_clinic(*, seed: int, today: date, patients: int = 48) -> tuple[SimulatedPatient, ...]:
    """The whole cast, then random patients up to that number; never fewer than the cast.

    The clinic stands as on the morning of `today` in its time zone: entries end yesterday evening, only the
    readings before today's injections are from today. Shifting `today` shifts every date with it.
    """
    plans = [*CAST]
    for number in range(len(plans), patients):
        day = DAYS_TODAY[(number - len(CAST)) % len(DAYS_TODAY)]
        plans.append(random_plan(_random_for(seed, number, "course"), day=day))
    return tuple(_patient(plan, number=number, seed=seed, today=today) for number, plan in enumerate(plans))


def simulate_cohort(
    *, seed: int, today: date, day: int, patients: int, parameters: SimulationParameters = PARAMETERS
) -> tuple[SimulatedPatient, ...]:
    """Random patients only, all of them on the same study day today: for rates rather than for a demo."""
    plans = (
        random_plan(_random_for(seed, number, "course"), day=day, parameters=parameters)
        for number in range(patients)
    )
    return tuple(_patient(plan, number=number, seed=seed, today=today) for number, plan in enumerate(plans))


def _random_for(seed: int, number: int, purpose: str) -> Random:
    """A stream of its own for each patient, so that one more patient changes nobody else."""
    return Random(f"{seed}/{number}/{purpose}")  # noqa: S311  # demo data, no secret


def _patient(plan: Plan, *, number: int, seed: int, today: date) -> SimulatedPatient:
    rng = _random_for(seed, number, "person")
    day_zero = today - timedelta(days=plan.day)
    elsewhere = rng.choice(OTHER_TIME_ZONES) if rng.random() < ELSEWHERE_SHARE and not plan.shows else None
    zone = ZoneInfo(plan.time_zone or elsewhere or CLINIC_TIME_ZONE)
    given_name, family_name = name_of(number)
    return SimulatedPatient(
        given_name=given_name,
        family_name=family_name,
        born_on=day_zero - timedelta(days=rng.randint(28 * 365, 84 * 365)),
        record_number=f"DEMO-{number + 1:04}",
        time_zone=zone.key,
        enrolled_at=local_instant(
            day_zero - timedelta(days=ENROLLED_DAYS_BEFORE), FIRST_PROCEDURE, zone=zone
        ),
        shows=plan.shows,
        injections=tuple(
            _injection(planned, day_zero=day_zero, zone=zone, rng=rng) for planned in plan.injections
        ),
        entries=simulated_entries(plan, day_zero=day_zero, zone=zone, rng=rng),
    )


def _injection(
    planned: PlannedInjection, *, day_zero: date, zone: ZoneInfo, rng: Random
) -> SimulatedInjection:
    """The injection with its "right now" readings, timed from the procedure, which is in the morning."""
    injected_on = day_zero + timedelta(days=planned.day)
    procedure_at = local_instant(injected_on, FIRST_PROCEDURE, zone=zone, minutes=rng.randrange(180))
    readings = tuple(
        SimulatedReading(
            minutes=minutes,
            score=score,
            taken_at=procedure_at
            + timedelta(minutes=-MINUTES_FROM_BEFORE_READING if minutes is None else minutes),
        )
        for minutes, score in planned.readings
    )
    return injection_of(planned, day_zero=day_zero, readings=readings, rng=rng)
