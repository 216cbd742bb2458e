"""What a patient reads about preparing, the day itself and the days after it (docs/evidence.md, section 5).

Our own words. Each text stands under the key of its step, with the wording after an underscore where a step
has several (tracker/domain/care_steps.py). Nothing here names a drug to stop: of blood thinners the clinic's
own text is shown, and nothing else. The {gaps} are filled in by tracker/web/care_words.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

VERSION = "2026-11"
"""Of all texts here. A text that comes to mean something else is another version."""


@dataclass(frozen=True, slots=True)
class StepText:
    """A step in a few words, and what to know about it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class CareTexts:
    """`parts` head the lists, `questions` are answered yes or no, `call` is what a yes leads to."""

    parts: Mapping[str, str]
    steps: Mapping[str, StepText]
    questions: Mapping[str, str]
    asked: str
    call: str
    all_no: str
    moved: str
    unconfirmed: str
    sugar_high: str
    sugar_times: Mapping[str, str]
    span_day: str
    span_one: str
    span: str
    moment: str
    midnight: str
    mg_dl: str


_ASK_ABOUT_THINNER = (
    "Your date has changed, so the dates of your old plan may be wrong. "
    "Call us before you skip or take a dose."
)

ENGLISH = CareTexts(
    parts={
        "before": "To do before you come",
        "about": "What we will do",
        "day": "The day itself",
        "after": "When you are home",
    },
    steps={
        # before
        "thinner": StepText(
            "Blood thinner", "Your clinic wrote this plan for you: “{plan}” Do just this. Not sure? Call us."
        ),
        "thinner_dose": StepText(
            "Blood thinner",
            "Your clinic wrote this plan for you: “{plan}” Your last dose before the injection: {until}. "
            "Not sure? Call us.",
        ),
        "thinner_moved": StepText("Blood thinner: call us", _ASK_ABOUT_THINNER),
        "medicines": StepText(
            "What you take each day",
            "Take your pills as usual, with a sip of water. Do not stop a blood thinner on your own. "
            "Stop it only if we and the doctor who gave it to you say so.",
        ),
        "medicines_other": StepText(
            "All else that you take",
            "Take your other pills as usual, with a sip of water. "
            "Do not stop a blood thinner, or any of them, on your own.",
        ),
        "driver": StepText(
            "Somebody to drive you home",
            "Ask an adult to take you home. You must not drive after the injection.",
        ),
        "diabetes_medicine": StepText(
            "Ask about your diabetes drugs",
            "Ask us how to take them on the day of the injection. Ask also what to do if your sugar is high.",
        ),
        "fasting_as_told": StepText(
            "Food and drink", "Eat and drink as your clinic told you. Not sure? Call us and ask."
        ),
        "fasting_none": StepText("Food and drink", "You can eat and drink as usual."),
        "fasting_hours": StepText(
            "Nothing to eat for {food_hours}",
            "Eat nothing in the last {food_hours} before you come. For drinks, do as your clinic told you.",
        ),
        "fasting_hours_drinks": StepText(
            "Nothing to eat for {food_hours}",
            "Eat nothing in the last {food_hours} before you come. "
            "Water and other clear drinks are fine until {drink_hours} before you come.",
        ),
        "fasting_from": StepText(
            "Nothing to eat from {from}",
            "From then on, eat nothing. For drinks, do as your clinic told you.",
        ),
        "fasting_from_drinks": StepText(
            "Nothing to eat from {from}",
            "From then on, eat nothing. Water and other clear drinks are fine until {drinks_until}.",
        ),
        "baseline": StepText(
            "Log your pain each evening",
            "Do it in the week before the injection. Later we compare your scores with these days.",
        ),
        # what will be done
        "where": StepText("Where", "The needle goes into your spine, close to the nerves that hurt."),
        "where_cervical": StepText(
            "Where",
            "The needle goes in at the back of your neck. Its tip stops close to the nerves that hurt.",
        ),
        "where_thoracic": StepText(
            "Where",
            "The needle goes in at the middle of your back. Its tip stops close to the nerves that hurt.",
        ),
        "where_lumbar": StepText(
            "Where", "The needle goes in at your low back. Its tip stops close to the nerves that hurt."
        ),
        "picture": StepText(
            "Why there is a screen",
            "The doctor sees the tip of the needle on a screen. So it gets to the right spot, "
            "and keeps away from what it must not touch.",
        ),
        "injected": StepText("What goes in", "A steroid. It calms the nerves. It needs some days to work."),
        "injected_numbed": StepText(
            "What goes in",
            "A numbing drug, and a steroid. The first works in minutes and wears off in hours. "
            "The steroid calms the nerves. It needs some days to work.",
        ),
        "injected_block": StepText(
            "What goes in",
            "A numbing drug. This is a test: if your pain goes for some hours, "
            "we know that it comes from this spot.",
        ),
        "how_long": StepText("How long it takes", "Ask us how long you will be here."),
        "how_long_minutes": StepText(
            "How long it takes",
            "Plan on {visit} for the whole visit. The injection is only a small part of it.",
        ),
        # the day
        "arrive": StepText("Be here at {from}", "Bring a list of all your medicines."),
        "feelings": StepText(
            "While it is done",
            "You may feel a push, or a short sting. Keep still and tell the doctor what you feel. "
            "Say so at once if a pain shoots into your arm or leg.",
        ),
        "observation": StepText(
            "Stay for {observation}",
            "We watch you for {observation} after it. Tell us at once if you feel dizzy or ill, "
            "or if a leg or an arm feels weak. Let somebody help you when you stand up.",
        ),
        "way_home": StepText("On the way home", "Do not drive. Let somebody else do it."),
        "way_home_driver": StepText(
            "On the way home", "The adult who came with you drives. Do not drive, not even a short way."
        ),
        "rest": StepText("Rest today", "Do not lift, twist or work hard today. Eat and drink as usual."),
        "rest_company": StepText(
            "Rest today",
            "Do not lift, twist or work hard today. Eat and drink as usual. "
            "Have somebody with you for the first {company}.",
        ),
        # after
        "restart": StepText(
            "Your blood thinner", "Take it again as your clinic wrote: “{plan}” Not sure? Call us."
        ),
        "restart_later": StepText(
            "Your blood thinner: not yet",
            "You start again at {from}. Your clinic wrote: “{plan}” Not sure? Call us.",
        ),
        "restart_at": StepText(
            "Your blood thinner: today at {from_time}",
            "Today you take it again. Your clinic wrote: “{plan}” Not sure? Call us.",
        ),
        "restart_moved": StepText("Your blood thinner: call us", _ASK_ABOUT_THINNER),
        "numbing": StepText(
            "First, numbing for some hours",
            "The numbing drug may take your pain away at once. This is not yet the steroid. "
            "In up to {numbing} it wears off, and your pain may come back.",
        ),
        "steroid": StepText(
            "Then the steroid, in days",
            "The steroid most often starts to work on days {onset_first} to {onset_last}. "
            "It may need up to {full} days.",
        ),
        "driving": StepText(
            "No driving for {driving}",
            "Do not drive or use a machine for {driving}. Do not sign anything big, either.",
        ),
        "ice": StepText(
            "Ice on the sore spot",
            "Put it on for {ice} at a time, with a cloth between. "
            "Then leave it off for the rest of the hour. Do not use a hot pack on these days.",
        ),
        "relievers": StepText(
            "Pain pills", "Take only pills that your clinic said are fine for you. Not sure? Call us and ask."
        ),
        "relievers_agreed": StepText("Pain pills", "Your clinic wrote for you: “{relievers}”"),
        "bathing": StepText(
            "No bath and no pool for {bathing}", "A shower is fine. Keep out of a bath, a pool or a hot tub."
        ),
        "bandage": StepText("Take off the bandage", "You can take it off today."),
        "lifting": StepText(
            "No lifting yet", "Do not lift or carry heavy things, and do not twist your back."
        ),
        "moving": StepText(
            "Back to what you do",
            "Do a little more each day. If it hurts more, do less for a day.",
        ),
        "effects": StepText(
            "What else you may notice",
            "Your face may get warm and red. You may sleep badly or feel restless. "
            "That is usual for up to 3 days. If it goes on, call us.",
        ),
        "sugar": StepText(
            "Check your blood sugar",
            "The steroid can raise it for some days. Check it more often, and write it down here. "
            "Is it above the limit your clinic gave you? Call us today.",
        ),
        "sugar_limit": StepText(
            "Check your blood sugar",
            "The steroid can raise it for some days. Check it more often, and write it down here. "
            "Is it above {limit}? Call us today.",
        ),
    },
    questions={
        "has_infection": "Do you have a fever, a cough, a wound or any other infection now?",
        "takes_antibiotics": "Do you take antibiotics, or did you take the last one less than 2 days ago?",
        "is_pregnant": "Are you pregnant, or could you be?",
        "had_reaction": "Have you been ill, or had a rash, from X-ray dye, a steroid, latex "
        "or a numbing drug?",
        "takes_thinner": "Do you take a blood thinner, or aspirin, and we have no plan for it with you?",
        "has_diabetes": "Do you have diabetes, and have not told us yet?",
    },
    asked="Say yes or no. If one of them changes, change it here.",
    call="Call us before you come. It may be better to wait, or we may do some things in another way.",
    all_no="You said no to all of them. If that changes, call us.",
    moved="Your date has changed. Ask your clinic at what time to come.",
    unconfirmed="Your clinic has not told us yet that it was done. If it was, this holds for you.",
    sugar_times={
        "morning": "in the morning",
        "noon": "at noon",
        "evening": "in the evening",
        "night": "at night",
    },
    span_day="on the day itself",
    span_one="on day {last}",
    span="day {first} to {last}",
    sugar_high="Your blood sugar is above your limit.",
    moment="{time} on {date}",
    midnight="midnight at the end of {date}",
    mg_dl="{figure} mg/dL",
)

CARE: Mapping[str, CareTexts] = {"en": ENGLISH}
