"""The catalogues of translations, brought up to date from the source of the product."""

from __future__ import annotations

from collections.abc import Iterable

import polib

from tracker.management.compiling import catalogues
from tracker.management.extraction import Message, messages

Key = tuple[str, str]
"""A message's context and its English text."""


def collect_all(*, only_look: bool = False) -> list[str]:
    """Bring the catalogues up to date with the source; the languages of those that were not.

    What is new has no translation yet, what is gone is dropped, what is the same keeps its translation.
    """
    found = _entries(messages())
    changed = []
    for language, path in catalogues().items():
        new = _renewed(polib.pofile(str(path)), found)
        if path.read_text() != (text := str(new)):
            changed.append(language)
            if not only_look:
                path.write_text(text)
    return changed


def _entries(found: Iterable[Message]) -> dict[Key, polib.POEntry]:
    """One entry for each text, wherever it stands."""
    entries: dict[Key, polib.POEntry] = {}
    for one in found:
        key = (one.context, one.text)
        entry = entries.setdefault(
            key, polib.POEntry(msgid=one.text, msgid_plural=one.plural, msgctxt=one.context or None)
        )
        if one.plural and not entry.msgid_plural:
            entry.msgid_plural = one.plural
        if one.is_sentence:
            entry.comment = "\n".join(filter(None, (entry.comment, one.place)))
        elif (one.place, "") not in entry.occurrences:
            entry.occurrences.append((one.place, ""))
    return entries


def _renewed(old: polib.POFile, found: dict[Key, polib.POEntry]) -> polib.POFile:
    new = polib.POFile(wrapwidth=110)
    new.metadata = old.metadata
    before = {(entry.msgctxt or "", entry.msgid): entry for entry in old if not entry.obsolete}
    for key, entry in found.items():
        new.append(_filled(entry, before.get(key), forms=_forms_of(old)))
    return new


def _filled(wanted: polib.POEntry, old: polib.POEntry | None, *, forms: int) -> polib.POEntry:
    """The entry as the source has it, with the translation as the catalogue has it."""
    entry = polib.POEntry(
        msgid=wanted.msgid,
        msgid_plural=wanted.msgid_plural,
        msgctxt=wanted.msgctxt,
        comment=wanted.comment,
        occurrences=wanted.occurrences,
        tcomment=old.tcomment if old else "",
        flags=list(old.flags) if old else [],
    )
    if wanted.msgid_plural:
        kept = old.msgstr_plural if old else {}
        entry.msgstr_plural = {number: kept.get(number, "") for number in range(forms)}
    else:
        entry.msgstr = old.msgstr if old else ""
    return entry


def _forms_of(catalogue: polib.POFile) -> int:
    """How many wordings a sentence with a number has."""
    return int(catalogue.metadata["Plural-Forms"].split(";")[0].split("=")[1])
