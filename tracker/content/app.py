"""What the app's own page says. Its scripts ask for a text by its name, and fill in the {gaps}."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.content.calling import CALLING, CallingTexts
from tracker.content.care import CARE
from tracker.content.counted import Counted, counted
from tracker.content.course import COURSE
from tracker.content.dates import CLOCK
from tracker.content.diary import DIARY, DiaryTexts
from tracker.content.forms import FORMS, FormsTexts
from tracker.content.languages import in_language
from tracker.domain.attention import Level
from tracker.domain.forms import SIGNS
from tracker.domain.wording import MessageKey

ENGLISH: Mapping[str, str | Counted] = {
    # a date in words: 20 May 2026 is a Wednesday
    "date": "{weekday} {day} {month}",
    "date-of-year": "{weekday} {day} {month} {year}",
    "date-short": "{weekday} {day} {month}",
    **{f"clock-{name}": words for name, words in CLOCK.items()},
    # where an entry is
    "state-held": "Saved on this phone. You can still undo it.",
    "state-waiting": "Saved on this phone, not sent yet. It is sent by itself when there is a network.",
    "state-sending": "Saved on this phone. Sending now.",
    "state-sent": "Sent. Your clinic has it.",
    "state-sent-at": "Sent at {time}. Your clinic has it.",
    "waiting": counted(
        "1 entry is on this phone and not sent yet. It is sent by itself when there is a network.",
        "{count} entries are on this phone and not sent yet. They are sent by themselves when there is a "
        "network.",
    ),
    "sending": "Sending {count}.",
    "offline": "No connection. You see what this phone knew at {time}; you can log all the same.",
    "out": "This phone is signed out. For a new code, ask your clinic.",
    "out-waiting": "This phone is signed out. Not sent yet: {count}. They stay here until you sign in with a "
    "new code from your clinic.",
    "sending-only": "You are signed out. What you log is still sent; to see what is new, sign in with a new "
    "code from your clinic.",
    "mark-waiting": "not sent yet",
    # what needs somebody
    "trouble-invalid": "{date}, {scores}: not taken. {reason} It is still on this phone.",
    "trouble-id_reused": "{date}, {scores}: not taken, as this phone sent something else under the same "
    "number. It is still on this phone. Log the day again.",
    "trouble-wrong_owner": "{date}, {scores}: not sent, as another person is signed in now. It waits on this "
    "phone until you sign in here again.",
    "log-again": "Log it again",
    "remove": "Remove",
    "lost": "You said {own} on this phone. Another phone said {other} later: that counts. Your clinic sees "
    "both.",
    # the form
    "title-today": "Today",
    "title-saved": "Saved",
    "saved-for": "Saved for {date}: {scores}.",
    "said-both": "pain {pain}, soreness {soreness}",
    "said-pain": "pain {score}",
    "said-soreness": "soreness {score}",
    "pain": "Pain",
    "soreness": "Soreness",
    "injection-day": "injection day",
    "day-number": "day {day}",
    "before": "before the injection",
    "choose-pain": "Pain: choose a number from 0 to 10.",
    "choose-soreness": "Choose a number for the sore spot, too.",
    "no-room": "This phone has no room to save it. Your choices are still here. Free some space, or try again"
    " with a network.",
    # reminders
    "remind-offer": "A reminder on days that are not logged yet? It says “Time for your diary”, no more.",
    "remind-yes": "Remind me at {time}",
    "remind-on": "This phone reminds you at {time}. You can change the time under You.",
    "remind-blocked": "This phone does not allow it. Its settings can change that, under notifications.",
    "remind-failed": "That did not work just now. Try again when there is a network.",
    # all days
    "title-history": "All my days",
    "change": "Change",
    "change-date": "Change {date}",
    # my course
    "title-course": "My course",
    "now": "now",
    "since": "Since {date}",
    "was-today": "Your injection was today",
    "since-injection": "Day {day} since your injection",
    "days-to-go": counted("1 day to go", "{count} days to go"),
    "injection-on": "Your injection is on {date}",
    "planned-for": "Your injection was planned for {date}",
    "planned-more": "Your clinic has not confirmed yet that it was done. Keep logging: nothing is lost. If "
    "the day has changed, tell your clinic.",
    "no-injection": "No injection yet",
    "no-injection-more": "Your clinic has not entered an injection for you. You can log your pain already: it"
    " shows later what has changed.",
    "cancelled": "Your injection was cancelled",
    "cancelled-more": "Your clinic will tell you what comes next. You can log your pain all the same.",
    "so-far": counted(
        "Your pain so far: {score}, from 1 day.",
        "Your pain so far: {score} on average, from {count} days.",
    ),
    "nothing-so-far": "No score of the last week before it yet.",
    "your-scores": "Your scores",
    "their-scores": "{name}’s scores",
    "as-of": "As of {date}, when this phone last heard from your clinic.",
    "chart-label": "Your pain since the injection, day by day. The words below say the same.",
    "chart-axis": "days since the injection",
    "chart-baseline": "before: {score}",
    "chart-unsent": counted(
        "A dot with a dashed edge is not sent yet.", "Dots with a dashed edge are not sent yet: {count}."
    ),
    "title-call": "When to call",
    # the plan
    "title-plan": "Plan",
    "title-preparation": "a tick of your plan",
    "title-question": "an answer of your plan",
    "title-sugar": "blood sugar",
    "plan-day-0": "Today is your injection",
    "plan-day": "Day {day} after your injection",
    "plan-today": "Today",
    "plan-all-days": "All days after it",
    "plan-tick": "Tick when done",
    "plan-done": "Done",
    "plan-yes": "Yes",
    "plan-no": "No",
    "plan-above": "above your limit",
    # signing out
    "title-leave": "Sign out of this phone",
    "leave": "Sign out",
    "leave-anyway": "Sign out and lose what was not sent",
    "unsent": counted(
        "1 entry on this phone was not sent yet. If you sign out now, it is lost. With a network it is sent "
        "first.",
        "{count} entries on this phone were not sent yet. If you sign out now, they are lost. With a network "
        "they are sent first.",
    ),
    "your-clinic": "your clinic",
}

APP: Mapping[str, Mapping[str, str | Counted]] = {"en": ENGLISH}


def app_words(language: str) -> dict[str, str]:
    """Every text by its name: the app's own, and the diary's questions in the form that a script fills in.

    A text with a number is there once for each kind of number: waiting-one, and waiting for all others.
    """
    own: dict[str, str] = {}
    for name, text in in_language(APP, language).items():
        own |= {name: text} if isinstance(text, str) else _by_kind(name, text)
    return (
        own
        | _questions(in_language(DIARY, language))
        | {"red-flag": in_language(COURSE, language).messages[MessageKey.RED_FLAG_ADVICE]}
        | {f"part-{part}": text for part, text in in_language(CARE, language).parts.items()}
        | _hours(in_language(DIARY, language))
        | _forms(in_language(FORMS, language), in_language(CALLING, language))
    )


def _by_kind(name: str, text: Counted) -> dict[str, str]:
    return {name if kind == "other" else f"{name}-{kind}": said for kind, said in text.forms.items()}


def _forms(texts: FormsTexts, calling: CallingTexts) -> dict[str, str]:
    """What scripts say about the forms; `red-signs` are keys, and `advice-version` a name: no words."""
    return {
        "offer-check": texts.check.offer,
        "offer-peg": texts.peg.offer,
        "offer-pgic": texts.pgic.offer,
        "title-check": texts.check.title,
        "title-peg": texts.peg.title,
        "title-pgic": texts.pgic.title,
        "check-contradiction": texts.check.contradiction,
        "check-nothing": texts.check.nothing_chosen,
        "answer-saved": texts.saved,
        "red-signs": " ".join(SIGNS[Level.RED]),
        "advice-version": calling.version,
    }


def _hours(texts: DiaryTexts) -> dict[str, str]:
    """What a script says on the day of an injection; `title-start` names the time that it was."""
    hours = texts.hours
    return {
        "title-reading": hours.title,
        "title-start": hours.when,
        "ask-now": texts.pain_now.today,
        "ask-moving": texts.pain_now_moving.today,
        "ask-before": texts.pain_before.today,
        "when-missing": hours.when_missing,
        "not-come": hours.not_come,
        "injection-at": hours.since,
        "next-moment": hours.next,
        "moments-over": hours.over,
        "moment-given": hours.given,
        "moment-score": hours.given_score,
        "moment-due": hours.due,
        "moment-missed": hours.missed,
        "in-minutes": hours.in_minutes,
        "in-hours": hours.in_hours,
        "moved-on": hours.moved_on,
        "rescue-missing": hours.rescue_missing,
        "time-for-diary": hours.notice,
    }


def _questions(texts: DiaryTexts) -> dict[str, str]:
    return {
        "pain-today": texts.pain.today,
        "pain-other": texts.pain.other_day,
        "soreness-today": texts.soreness.today,
        "soreness-other": texts.soreness.other_day,
        "yesterday": texts.yesterday,
        "on-date": texts.day,
    }
