"""The diary's questions and what it says about days and entries. Items: docs/evidence.md, section 8."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.domain.schedule import Rhythm
from tracker.domain.track import Source, Timing


@dataclass(frozen=True, slots=True)
class Item:
    """A question answered from 0 to 10, and the scale's ends in words.

    `other_day` asks about a day that is over and has room for {when}; "right now" has none.
    """

    today: str
    lowest: str
    highest: str
    other_day: str = ""


@dataclass(frozen=True, slots=True)
class DiaryTexts:
    pain: Item
    soreness: Item
    pain_now: Item
    pain_now_moving: Item
    before: str
    after_minutes: str
    after_hours: str
    yesterday: str
    day: str
    timings: Mapping[Timing, str]
    sources: Mapping[Source, str]
    corrected: str
    pain_counts: str
    soreness_counts: str
    not_counted: str
    day_0: str
    rhythms: Mapping[Rhythm, str]

    def question(self, item: Item, *, on: date, today: date) -> str:
        """An item asked about a day: today, yesterday, or a date in words."""
        if on == today:
            return item.today
        is_yesterday = (today - on).days == 1
        year = f" {on.year}" if on.year != today.year else ""
        when = self.yesterday if is_yesterday else self.day.format(date=f"{on:%A} {on.day} {on:%B}{year}")
        return item.other_day.format(when=when)

    def marks(
        self,
        timing: Timing,
        source: Source,
        *,
        is_edited: bool,
        counted_pain: int | None = None,
        counted_soreness: int | None = None,
    ) -> tuple[str, ...]:
        """What a reader should know of an entry: added later, what counts instead, corrected, by whom."""
        notes = (
            self.timings[timing],
            "" if counted_pain is None else self.pain_counts.format(score=counted_pain),
            "" if counted_soreness is None else self.soreness_counts.format(score=counted_soreness),
            self.corrected if is_edited else "",
            self.sources[source],
        )
        return tuple(note for note in notes if note)

    def moment(self, minutes: int | None) -> str:
        """A moment on the day of the injection in words."""
        if minutes is None:
            return self.before
        if minutes >= 120 and minutes % 60 == 0:
            return self.after_hours.format(hours=minutes // 60)
        return self.after_minutes.format(minutes=minutes)


ENGLISH = DiaryTexts(
    pain=Item(
        today="On average, how strong was the pain the injection was meant for, today?",
        other_day="On average, how strong was the pain the injection was meant for, {when}?",
        lowest="no pain",
        highest="worst pain you can imagine",
    ),
    soreness=Item(
        today="How sore is the spot where the needle went in?",
        other_day="How sore was the spot where the needle went in, {when}?",
        lowest="not sore",
        highest="as sore as you can imagine",
    ),
    pain_now=Item(
        today="How strong is the pain the injection is meant for, right now?",
        lowest="no pain",
        highest="worst pain you can imagine",
    ),
    pain_now_moving=Item(
        today="Do the movement that usually hurts. How strong is the pain right now?",
        lowest="no pain",
        highest="worst pain you can imagine",
    ),
    before="Before the injection",
    after_minutes="{minutes} minutes after",
    after_hours="{hours} hours after",
    yesterday="yesterday",
    day="on {date}",
    timings={
        Timing.LIVE: "",
        Timing.LATE: "added later",
        Timing.RECALLED: "remembered later, not counted",
        Timing.UNCERTAIN: "your clinic will check the time",
    },
    sources={
        Source.PATIENT: "",
        Source.PROXY: "entered by a helper",
        Source.STAFF: "entered by your clinic",
        Source.PAPER: "from paper",
    },
    corrected="corrected",
    pain_counts="pain {score} counts",
    soreness_counts="soreness {score} counts",
    not_counted="This will be kept, and shown as remembered later; it is not counted in the figures.",
    day_0="On the day of the injection this is shown, not counted: it mixes before and after.",
    rhythms={
        Rhythm.DAILY: "",
        Rhythm.TWICE_A_WEEK: "Twice a week is enough now: Tuesday and Friday.",
        Rhythm.MONTHLY: "Once a month is enough now.",
    },
)

DIARY: Mapping[str, DiaryTexts] = {"en": ENGLISH}
