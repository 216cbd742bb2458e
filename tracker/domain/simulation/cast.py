"""The cast: scripted patients, so that a demo shows each label, flag and kind of entry of the recovery rules.

A line of scores has one character a day, "|" stands before day 0, a dot is a day without an entry, X is 10.
"""

from __future__ import annotations

from tracker.domain.simulation.plan import Manner, Plan, PlannedInjection, right_now, scores
from tracker.domain.simulation.values import Intent, Region, Status

WEEK_BEFORE = "7767787|."
"""A full baseline of 7.0 and the day of the injection, whose average is never scored."""

GOOD_FOUR_WEEKS = "6543" + 24 * "3"
"""Days 1-28 of a textbook responder."""


def _done(
    readings: str = "", *, day: int = 0, region: Region = "cervical", intent: Intent = "therapeutic"
) -> PlannedInjection:
    return PlannedInjection(day=day, region=region, intent=intent, readings=right_now(readings))


def _open(status: Status, *, day: int = 0) -> PlannedInjection:
    return PlannedInjection(day=day, status=status)


def _part(
    shows: str,
    day: int,
    pain: str,
    *injections: PlannedInjection,
    sore: str = "",
    manners: dict[int, Manner] | None = None,
    zone: str | None = None,
) -> Plan:
    return Plan(
        day=day,
        pain=scores(pain),
        soreness=scores("|" + sore),
        manners=manners or {},
        injections=injections or (_done(),),
        time_zone=zone,
        shows=shows,
    )


BEFORE_THE_INJECTION = (
    _part("scheduled in 3 days, baseline being collected", -3, "7787...|", _open("scheduled")),
    _part("scheduled date has passed, nobody confirmed it", 2, "6776767|", _open("scheduled")),
    _part("cancelled", -1, "5665.5.|", _open("cancelled")),
)

FIRST_FORTNIGHT = (
    _part("day of the injection, only the reading before it", 0, "7787677|", _done("8")),
    _part("awaiting the first entry", 1, "67.6767|", _done("7 30=1 240=4"), sore="3"),
    _part("silent since the injection", 5, "7677776|", _done("7 30=6")),
    _part("flare going on", 3, "6766766|.89", _done("6 30=4 240=6"), sore="432"),
    _part("awaiting onset; soreness rising: check for infection", 5, WEEK_BEFORE + "7766", sore="21124"),
    _part(
        "on track after a flare on days 1-2",
        8,
        "6567666|.8943333",
        _done("7 30=3 240=5"),
        sore="3210000",
        manners={-2: Manner.AFTER_MIDNIGHT, 3: Manner.CORRECTED, 5: Manner.LATE},
    ),
    _part("slower than usual", 8, WEEK_BEFORE + "7766767", _done("7 30=5"), sore="3210000"),
    _part("no entry for several days", 8, WEEK_BEFORE + "7665", _done("7 30=4"), sore="221"),
    _part("worsening: the rise never ended", 10, "5556555|.678887888", _done("5 30=4"), sore="4332100"),
    _part("delayed onset; sore for too long: review", 11, WEEK_BEFORE + "7776766444", sore="54444432100"),
    _part("early relief is fading", 12, WEEK_BEFORE + "43344566676", _done("7 30=2"), sore="2100000"),
)

READ_OUT = (
    _part(
        "responder by a provisional read-out; sore for longer than usual",
        14,
        WEEK_BEFORE + "6544333333323",
        _done("7 30=3"),
        sore="54322100",
    ),
    _part(
        "responder by a firm read-out; phone offline for days",
        16,
        WEEK_BEFORE + "654443333232323",
        _done("7 30=3 60=2 240=5"),
        sore="43100000",
        manners={6: Manner.OFFLINE, 7: Manner.OFFLINE, 8: Manner.OFFLINE, 13: Manner.LATE},
        zone="America/Chicago",
    ),
    _part(
        "responder at exactly 50 %: borderline",
        16,
        "6666666|.654433333333333",
        _done("6 30=2 240=4"),
        manners={2: Manner.PROXY, 3: Manner.PROXY, 4: Manner.PROXY, 5: Manner.PROXY},
    ),
    _part(
        "delayed responder, two entries taken by telephone",
        28,
        WEEK_BEFORE + "777676666444" + 15 * "3",
        manners={8: Manner.STAFF, 15: Manner.STAFF},
    ),
    _part(
        "responder, onset uncertain because of a gap; nobody knows when the flare ended",
        20,
        "5465555|.67.....222222222222",
        _done("5 30=1"),
    ),
    _part(
        "partial responder with a limited read-out; baseline at the ceiling, flare not assessable",
        18,
        "9X9999X|.X998776666..66..6",
        _done("9 30=5"),
    ),
    _part(
        "non-responder; a telephone's clock ran a day ahead, so that one entry is uncertain",
        16,
        WEEK_BEFORE + "767667676676766",
        _done("7 30=6 240=7"),
        manners={9: Manner.WRONG_CLOCK},
    ),
    _part(
        "non-responder, transient: good first week, lost by day 14",
        18,
        WEEK_BEFORE + "32223334566767767",
        _done("7 30=2"),
    ),
    _part(
        "non-responder, relief in the anaesthetic phase only",
        16,
        WEEK_BEFORE + "677767776777767",
        _done("8 30=1 60=1 240=4 480=7"),
        zone="America/Los_Angeles",
    ),
    _part("worsened at day 14", 16, "4454445|.456667676777677", _done("4 30=4")),
    _part(
        "read-out days typed in from memory: recalled, so not scored",
        21,
        WEEK_BEFORE + "65443333...33333",
        manners=dict.fromkeys(range(12, 16), Manner.RECALLED) | {16: Manner.PAPER},
    ),
    _part("low baseline: points only", 16, "2222222|.110000000000000", _done("2 30=0"), sore="1100000"),
    _part("no baseline at all", 6, "|.65433", sore="22100"),
)

LATER = (
    _part("late responder, seen at day 28", 35, WEEK_BEFORE + 20 * "6" + "54333333" + "..3..3"),
    _part(
        "relief known at day 28 only, read-out empty", 35, WEEK_BEFORE + "654" + 21 * "." + "3333" + "..3..3"
    ),
    _part(
        "surgery on day 20 ended the follow-up",
        28,
        WEEK_BEFORE + "7665" + 16 * "5",
        PlannedInjection(readings=right_now("7 30=3"), closed_day=20, closed_reason="surgery"),
        manners=dict.fromkeys((14, 15), Manner.TELEPHONE),
    ),
    _part(
        "six weeks of relief, then one bad reading: loss unconfirmed",
        60,
        WEEK_BEFORE + GOOD_FOUR_WEEKS + 7 * "..3" + "....6",
        _done("7 30=3"),
    ),
    _part(
        "a month without an entry: documentation gap",
        61,
        WEEK_BEFORE + GOOD_FOUR_WEEKS + 25 * "." + "3..3..3",
        _done("7 30=2"),
    ),
    _part("relief lost in the ninth week", 75, WEEK_BEFORE + GOOD_FOUR_WEEKS + 10 * "..3" + "..5..6..7..7"),
    _part(
        "three-month test met; a correction came too late to be scored",
        95,
        WEEK_BEFORE + GOOD_FOUR_WEEKS + 22 * "..3",
        _done("7 30=3 240=4"),
        manners={20: Manner.CORRECTED_TOO_LATE},
    ),
    _part(
        "three-month test met on a limited baseline", 100, "|.654" + 25 * "3" + 23 * "..3", _done("8 30=2")
    ),
)

SEVERAL_INJECTIONS = (
    _part(
        "second injection on day 10 cut the first one's read-out",
        24,
        WEEK_BEFORE + "765444444." + 13 * "2",
        _done("7 30=3"),
        _done("4 30=2", day=10),
    ),
    _part(
        "second injection in the same region after three good months",
        180,
        WEEK_BEFORE + GOOD_FOUR_WEEKS + 27 * "..3" + "..5" + "5665666" + "." + "5433" + 24 * "2" + 10 * "..2",
        _done("7 30=3"),
        _done("6 30=2", day=120),
    ),
    _part(
        "another region injected on day 10: confounded",
        17,
        WEEK_BEFORE + "665444433.333333",
        _done("7 30=4"),
        _done("7 30=3", day=10, region="thoracic"),
        zone="America/Denver",
    ),
    _part(
        "next injection on the list in 5 days, baseline being collected",
        175,
        "6" * 7 + "|." + "5433" + 24 * "3" + 20 * "..3" + 84 * "." + "56",
        _done("6 30=3"),
        _open("cancelled", day=120),
        _open("scheduled", day=180),
    ),
)

DIAGNOSTIC_BLOCKS = (
    _part(
        "two diagnostic blocks: positive, then partial",
        14,
        "",
        _done("8 15=2 30=1 60=1 120=1 180=3 240=6 300=8", intent="diagnostic"),
        _done("7 15=4 30=3 60=3 120=4 180=6", day=7, intent="diagnostic"),
    ),
    _part(
        "two diagnostic blocks: negative, then not assessable",
        21,
        "",
        _done("7 15=7 30=6 60=7 120=7", intent="diagnostic"),
        _done("3 15=0 30=0 60=0", day=14, intent="diagnostic"),
    ),
    _part(
        "two diagnostic blocks: a single reading, then too few; treated in 4 days",
        10,
        "",
        _done("8 30=1 60=4 120=6", intent="diagnostic"),
        _done("8 300=1", day=7, intent="diagnostic"),
        _open("scheduled", day=14),
    ),
)

CAST = BEFORE_THE_INJECTION + FIRST_FORTNIGHT + READ_OUT + LATER + SEVERAL_INJECTIONS + DIAGNOSTIC_BLOCKS
