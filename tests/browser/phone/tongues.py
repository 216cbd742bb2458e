"""Whether all that a page shows is in one language: by the catalogues, and by words that give one away."""

from __future__ import annotations

import re
from functools import cache

import polib
from playwright.sync_api import Page

from tracker.management.compiling import catalogues

SHOWN = """() => {
  const { lang } = document.documentElement;
  const isOwn = (element) => element.closest("[lang]").lang === lang && element.checkVisibility();
  const found = document.title.split(" – ");
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) if (isOwn(walk.currentNode.parentElement)) found.push(walk.currentNode.data);
  for (const name of ["aria-label", "title", "alt", "placeholder"]) {
    const named = [...document.querySelectorAll(`[${name}]`)].filter(isOwn);
    found.push(...named.map((one) => one.getAttribute(name)));
  }
  return found.map((text) => text.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""
"""Texts and names of what is visible, but for what says itself that it is in another language."""

GIVES_AWAY = {
    "en": re.compile(
        r"\b(the|and|you|your|with|of|for|to|it|this|is|was|not|on|from|"
        r"(mon|tues|wednes|thurs|fri|satur|sun)day)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"[ñ¿¡]|\b(el|la|los|las|de|que|su|con|una|del|por|para|lunes|martes|viernes)\b", re.IGNORECASE
    ),
    "ar": re.compile("[\u0600-\u06ff]"),
}
"""Words so frequent that hardly a sentence does without; none is a word of another of these languages."""

PRODUCT = "Onset"
"""Its name, which is a phase's as well."""

OF_NO_LANGUAGE = {
    PRODUCT,
    "iPhone",
    "iPad",
    "Android",
    "Safari",
    "Chrome",
    "PEG",
    "mg",
    "dL",
    "harbour",
    "clinic",
}
"""Names that stand in Latin letters in an Arabic page too."""


@cache
def texts_of(language: str) -> frozenset[str]:
    """Every text that pages say in a language; each catalogue has those of the source."""
    source = language not in catalogues()
    own = polib.pofile(str(catalogues()["es" if source else language]))
    said = (
        (one.msgid, one.msgid_plural) if source else (one.msgstr, *one.msgstr_plural.values()) for one in own
    )
    return frozenset(text for texts in said for text in texts if text)


def foreign(page: Page, language: str) -> list[str]:
    """What is shown in another language than this one."""
    return [text for text in page.evaluate(SHOWN) if text != PRODUCT and is_foreign(text, language)]


def is_foreign(text: str, language: str) -> bool:
    if text in texts_of(language):
        return False
    others = [other for other in GIVES_AWAY if other != language]
    if any(text in texts_of(other) or GIVES_AWAY[other].search(text) for other in others):
        return True
    return language == "ar" and bool(set(re.findall("[A-Za-z]{2,}", text)) - OF_NO_LANGUAGE)
