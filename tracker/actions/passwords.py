"""What a password of staff has to be, and how it is kept."""

from __future__ import annotations

import re
from datetime import datetime
from functools import reduce
from threading import Lock
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.db import transaction
from zxcvbn import zxcvbn

from tracker.actions import sign_ins
from tracker.models import Membership, User

LONGEST_JUDGED = 72
"""zxcvbn looks at no more characters than these; whatever follows makes a password no easier to guess."""

GOOD_ENOUGH = 3
"""Of 0 to 4: more than 10**8 guesses, each of which costs an Argon2 hash."""

_one_at_a_time = Lock()  # zxcvbn keeps the words it was last given in a table of its module


class Argon2(Argon2PasswordHasher):
    """Argon2id with 46 MiB, one pass and one lane: the OWASP Password Storage Cheat Sheet's first choice.

    Django's own parameters take twice the memory and three times as long, on which a flood of sign-ins can
    choke a small machine.
    """

    memory_cost, time_cost, parallelism = 46 * 1024, 1, 1


class HardToGuess:
    """Refuses a password that guessing finds soon; words about the person and their clinic do not count."""

    def validate(self, password: str, user: Any = None) -> None:
        if _strength(password, known_words=_known_words(user)) < GOOD_ENOUGH:
            raise ValidationError(
                "This password is too easy to guess. Take four or more words that do not belong together; "
                "those of your name, your address and your clinic do not count.",
                code="password_easy_to_guess",
            )

    def get_help_text(self) -> str:
        return "Four or more words that do not belong together are hard to guess and easy to remember."


def _strength(password: str, *, known_words: list[str]) -> int:
    """0 to 4, of what is left when the known words are taken out; they are also looked for in disguise."""
    rest = reduce(lambda text, word: re.sub(re.escape(word), "", text, flags=re.I), known_words, password)
    with _one_at_a_time:
        return int(zxcvbn(rest[:LONGEST_JUDGED], user_inputs=known_words)["score"]) if rest else 0


def _known_words(user: User | None) -> list[str]:
    """The words of four letters or more in a person's name and address and in the names of their clinics."""
    if user is None:
        return []
    clinics = Membership.objects.filter(user_id=user.pk).values_list("clinic__name", flat=True)
    said = " ".join([user.name, user.email, *(clinics if user.pk else [])])
    return [word for word in re.split(r"[\W_]+", said.lower()) if len(word) > 3]


@transaction.atomic
def change(*, user: User, password: str, kept: str | None, now: datetime) -> None:
    """Keep a new password that was judged already, and end every session but the one with the key `kept`."""
    user.set_password(password)
    user.save(update_fields=["password"])
    ended = sign_ins.end_sessions(user_id=user.pk, kept=kept, now=now)
    sign_ins.record(user_id=user.pk, event=sign_ins.Event.PASSWORD_CHANGED, now=now, sessions=ended)
