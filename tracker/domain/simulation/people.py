"""Invented names, staff, lots and injection details of the demo clinic. Nobody here exists."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tracker.domain.simulation.plan import PlannedInjection
from tracker.domain.simulation.values import (
    Approach,
    Region,
    Side,
    SimulatedAgent,
    SimulatedInjection,
    SimulatedReading,
)

CLINIC_TIME_ZONE = "America/New_York"
OTHER_TIME_ZONES = ("America/Chicago", "America/Denver", "America/Los_Angeles")

# Split lines: a list literal would take sixty lines.
GIVEN_NAMES = """
    Amara Bao Chidi Dagny Elif Farid Greta Hiroshi Ines Jamal Kaveh Leilani Mateo Noor Oksana Pavel Quentin
    Rosalind Samir Tamsin Uche Valeria Wanda Ximena Yusuf Zofia Aroha Bertil Citlali Dilnoza Ewan
""".split()  # noqa: SIM905
FAMILY_NAMES = """
    Fernwhistle Moonharbour Pebblecroft Saltmarrow Thimbledown Brackenlark Copperwillow Duskmeadow Emberlock
    Foxglimmer Gullfeather Hazelquay Inkwater Juniperdale Kestrelby Lanternmoor Mosswick Nettlebridge
    Otterbrook Plumegate Quillstone Ravelthorn Sorrelbank Tidewick Umberfield Velvetoak Wrenhollow
    Yarrowmere Zephyrcombe
""".split()  # noqa: SIM905
"""31 given and 29 family names, lengths without a common factor: 899 people before a name comes twice."""

OPERATORS = ("Dr. Demo Alderwick", "Dr. Demo Birchsong", "Dr. Demo Cedarlight")

LEVELS: dict[Region, tuple[str, ...]] = {
    "cervical": ("C7-T1", "C7-T1", "C7-T1", "C6-C7"),
    "thoracic": ("T6-T7", "T4-T5", "T8-T9"),
}
"""C7-T1 leads, as in the cervical interlaminar trials (McCormick 2017)."""

INDICATIONS: dict[Region, tuple[str, ...]] = {
    "cervical": ("M54.12", "M50.121", "M50.122", "M50.123", "M48.02"),
    "thoracic": ("M54.14", "M51.14", "M48.04"),
}
"""ICD-10-CM: radiculopathy, disc disorder with radiculopathy, spinal stenosis."""

PARTICULATE_AGENTS = (("methylprednisolone acetate", 40), ("triamcinolone acetonide", 40))
NON_PARTICULATE_AGENTS = (("dexamethasone sodium phosphate", 10),)
BLOCK_ANAESTHETIC = "bupivacaine 0.25 %, 1 mL"
ANAESTHETICS = ("lidocaine 1 %, 1 mL", "lidocaine 1 %, 1 mL", "")

MINUTES_FROM_BEFORE_READING = 20


def name_of(number: int) -> tuple[str, str]:
    """Given and family name of the n-th patient."""
    return GIVEN_NAMES[number % len(GIVEN_NAMES)], FAMILY_NAMES[number % len(FAMILY_NAMES)]


def injection_of(
    planned: PlannedInjection, *, day_zero: date, readings: tuple[SimulatedReading, ...], rng: Random
) -> SimulatedInjection:
    """A plan's injection with the details of the procedure; a diagnostic block holds anaesthetic only."""
    diagnostic = planned.intent == "diagnostic"
    approach: Approach = "transforaminal" if diagnostic else "interlaminar"
    return SimulatedInjection(
        status=planned.status,
        injected_on=day_zero + timedelta(days=planned.day),
        region=planned.region,
        level=rng.choice(LEVELS[planned.region]),
        side=rng.choice(_sides(approach)),
        approach=approach,
        intent=planned.intent,
        guidance="ct" if rng.random() < 0.1 else "fluoroscopy",
        contrast=rng.random() < 0.95,
        agents=() if diagnostic else (_agent(rng, approach),),
        anaesthetic=BLOCK_ANAESTHETIC if diagnostic else rng.choice(ANAESTHETICS),
        indication=rng.choice(INDICATIONS[planned.region]),
        operator=rng.choice(OPERATORS),
        readings=readings,
        closed_on=None if planned.closed_day is None else day_zero + timedelta(days=planned.closed_day),
        closed_reason=planned.closed_reason,
    )


def _sides(approach: Approach) -> tuple[Side, ...]:
    return ("left", "right") if approach == "transforaminal" else ("midline", "left", "right")


def _agent(rng: Random, approach: Approach) -> SimulatedAgent:
    """Particulate steroids stay out of transforaminal injections: FDA safety communication of 2014."""
    particulate = PARTICULATE_AGENTS if approach == "interlaminar" else ()
    name, dose_mg = rng.choice(particulate + NON_PARTICULATE_AGENTS)
    return SimulatedAgent(name=name, dose_mg=dose_mg, lot=f"DEMO-LOT-{rng.randint(100, 999)}")
