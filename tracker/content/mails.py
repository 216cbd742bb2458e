"""Mails, which anybody may see on a locked screen: no name, no word of health, no speciality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    body: str


CODE: Mapping[str, Letter] = {
    "en": Letter(
        subject="Your code",
        body="Your code: {code}\n\n"
        "Type it on the page that asked for it. It works for {minutes} minutes, once.\n\n"
        "If you did not ask for it, ignore this mail. Never tell the code to anybody, not even to us.\n",
    )
}
"""A code that confirms who somebody is. The code is in the body only: a locked screen shows the subject."""


def code_letter(letter: Letter, *, code: str, minutes: int) -> Letter:
    return Letter(letter.subject, letter.body.format(code=code, minutes=minutes))


ADDRESS_CHANGED: Mapping[str, Letter] = {
    "en": Letter(
        subject="Your address was changed",
        body="Codes are not sent to this address any more.\n\n"
        "If you did this yourself, there is nothing to do. If not, call the place that keeps your "
        "record today.\n",
    )
}
"""To the old address, so that nobody changes it behind its owner's back."""

OPENED_IN_EMERGENCY: Mapping[str, Letter] = {
    "en": Letter(
        subject="Please look at the audit page",
        body="Somebody opened a restricted record in an emergency.\n\n"
        "Sign in and choose Audit: the page says who it was, when and why.\n",
    )
}

LOOK_AT_ONCE: Mapping[str, Letter] = {
    "en": Letter(
        subject="Please sign in now",
        body="Something at the top of your list is to be seen to at once.\n\nSign in: it stands first.\n",
    )
}
"""To the clinic's own address for what cannot wait. Who and what it is, only the list says."""

UNUSUAL_WEEK: Mapping[str, Letter] = {
    "en": Letter(
        subject="Please look at the audit page",
        body="The list of unusual access of last week is not empty.\n\n"
        "Sign in and choose Audit, then the list of that week. Most of it will have a good reason.\n",
    )
}
"""Both to administrators, who see the rest when they have signed in."""
