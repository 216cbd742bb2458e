"""The diary's questions and what it says about days and entries. Items: docs/evidence.md, section 8."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.content.counted import Counted, counted
from tracker.content.dates import long_day
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
class HoursTexts:
    """What is said on the day of an injection about its moments."""

    title: str
    offer: str
    when: str
    when_why: str
    when_save: str
    when_change: str
    when_missing: str
    not_come: str
    since: str
    next: str
    over: str
    keep_open: str
    given: str
    given_score: str
    due: str
    missed: str
    in_minutes: str
    in_hours: str
    moved_on: str
    rescue: str
    rescue_missing: str
    yes: str
    no: str
    notice: str

    def ahead(self, minutes: int) -> str:
        """How long it is until a moment."""
        if minutes < 60:
            return self.in_minutes.format(minutes=minutes)
        return self.in_hours.format(hours=minutes // 60, minutes=minutes % 60)


@dataclass(frozen=True, slots=True)
class DiaryTexts:
    pain: Item
    soreness: Item
    pain_now: Item
    pain_before: Item
    pain_now_moving: Item
    before: str
    after_minutes: Counted
    after_hours: Counted
    yesterday: str
    day: str
    timings: Mapping[Timing, str]
    sources: Mapping[Source, str]
    entered_by: str
    corrected: str
    pain_counts: str
    soreness_counts: str
    not_counted: str
    day_0: str
    rhythms: Mapping[Rhythm, str]
    hours: HoursTexts

    def question(self, item: Item, *, on: date, today: date) -> str:
        """An item asked about a day: today, yesterday, or a date in words."""
        if on == today:
            return item.today
        is_yesterday = (today - on).days == 1
        when = self.yesterday if is_yesterday else self.day.format(date=long_day(on, today=today))
        return item.other_day.format(when=when)

    def marks(
        self,
        timing: Timing,
        source: Source,
        *,
        is_edited: bool,
        counted_pain: int | None = None,
        counted_soreness: int | None = None,
        entered_by: str = "",
    ) -> tuple[str, ...]:
        """What a reader should know of an entry: added later, what counts instead, corrected, by whom."""
        notes = (
            self.timings[timing],
            "" if counted_pain is None else self.pain_counts.format(score=counted_pain),
            "" if counted_soreness is None else self.soreness_counts.format(score=counted_soreness),
            self.corrected if is_edited else "",
            self.entered_by.format(who=entered_by) if entered_by else self.sources[source],
        )
        return tuple(note for note in notes if note)

    def moment(self, minutes: int | None) -> str:
        """A moment on the day of the injection in words."""
        if minutes is None:
            return self.before
        if minutes >= 120 and minutes % 60 == 0:
            return self.after_hours.of(minutes // 60)
        return self.after_minutes.of(minutes)


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
    pain_before=Item(
        today="How strong was the pain the injection was meant for, just before the injection?",
        lowest="no pain",
        highest="worst pain you can imagine",
    ),
    pain_now_moving=Item(
        today="Do the movement that usually hurts. How strong is the pain right now?",
        lowest="no pain",
        highest="worst pain you can imagine",
    ),
    before="Before the injection",
    after_minutes=counted("1 minute after", "{count} minutes after"),
    after_hours=counted("1 hour after", "{count} hours after"),
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
        Source.TELEPHONE: "told by telephone",
    },
    entered_by="entered by {who}",
    corrected="corrected",
    pain_counts="pain {score} counts",
    soreness_counts="soreness {score} counts",
    not_counted="This will be kept, and shown as remembered later; it is not counted in the figures.",
    day_0="On the day of the injection this is shown, not counted: it mixes before and after.",
    rhythms={
        Rhythm.DAILY: "",
        Rhythm.TWICE_A_WEEK: "Twice a week is enough now: {first} and {second}.",
        Rhythm.MONTHLY: "Once a month is enough now.",
    },
    hours=HoursTexts(
        title="Right now",
        offer="How is it right now?",
        when="When was the injection?",
        when_why="Write down the time when it is over. Then you can see here when each score is due.",
        when_save="Save the time",
        when_change="Change the time",
        when_missing="Choose the time of the injection.",
        not_come="This time has not come yet. Choose a time before now.",
        since="Injection at {time}.",
        next="Next: {moment}, at {time}. That is {ahead}.",
        over="That was the last one for today. Thank you.",
        keep_open="Leave this page open: it shows when the next score is due.",
        given="saved",
        given_score="saved: {score}",
        due="now",
        missed="missed",
        in_minutes="in {minutes} min",
        in_hours="in {hours} h {minutes} min",
        moved_on="The time for that score has passed. Look at what is asked now, then save.",
        rescue="Have you taken a pain reliever since the injection?",
        rescue_missing="Say if you took a pain reliever, too.",
        yes="Yes",
        no="No",
        notice="Time for your diary",
    ),
)

DIARY: Mapping[str, DiaryTexts] = {"en": ENGLISH}
