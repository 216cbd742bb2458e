"""matplotlib's SVG made small and strict: no style sheet, no style attributes, no fonts, short numbers."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from tracker.charts.frames import written

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
DROPPED = ("metadata", "style", "clipPath")
DEFAULTS = {"stroke-linejoin": "round", "stroke-linecap": "butt", "opacity": "1", "font-weight": "400"}
WEIGHTS = {"bold": "700", "normal": "400"}


def clean_body(svg: bytes, *, keep_ids: bool = False) -> str:
    """What stands inside the root of matplotlib's document, as presentation attributes only.

    With `keep_ids` the artists' own ids stay, so that two pictures can be compared part by part.
    """
    root = ET.fromstring(svg)  # noqa: S314 - matplotlib wrote it a moment ago
    used = {element.get(HREF, "")[1:] for element in root.iter(f"{SVG}use")}
    for element in root.iter():
        _clean(element, used, keep_ids=keep_ids)
    _drop(root)
    body = "".join(ET.tostring(child, encoding="us-ascii").decode() for child in root)
    body = re.sub(r' xmlns:(ns\d+|svg|xlink)="[^"]*"', "", body)
    body = re.sub(r"(</?)(?:ns\d+|svg):", r"\1", body)
    return re.sub(r">\s+<", "><", body).replace(" />", "/>").strip()


def _clean(element: ET.Element, used: set[str], *, keep_ids: bool) -> None:
    element.tag = element.tag.removeprefix(SVG)
    for name, setting in _settings(element.attrib.pop("style", "")):
        element.set(name, setting)
    element.attrib.pop("clip-path", None)
    if not keep_ids and element.get("id") not in used:
        element.attrib.pop("id", None)
    if target := element.attrib.pop(HREF, None):
        element.set("href", target)
    for name in ("d", "transform", "x", "y", "stroke-width", "font-size"):
        if numbers := element.get(name):
            element.set(name, _shortened(numbers))


def _settings(style: str) -> list[tuple[str, str]]:
    pairs = [tuple(map(str.strip, part.split(":", 1))) for part in style.split(";") if ":" in part]
    settings = []
    for name, setting in pairs:
        if name == "font":
            settings += _font(setting)
        elif DEFAULTS.get(name) != setting and name not in ("font-family", "-inkscape-font-specification"):
            settings.append((name, setting))
    return settings


def _font(shorthand: str) -> list[tuple[str, str]]:
    """Size and weight of a font shorthand such as "700 11px 'DejaVu Sans'"; the root names the family."""
    words = shorthand.split()
    size = next(word for word in words if word.endswith("px"))
    weight = next((WEIGHTS.get(word, word) for word in words if word in ("bold", "700")), "")
    return [("font-size", size.removesuffix("px"))] + ([("font-weight", weight)] if weight else [])


def _shortened(numbers: str) -> str:
    short = re.sub(r"-?\d+\.\d+", lambda found: written(float(found[0])), numbers)
    return re.sub(r"\s+", " ", short).replace("M ", "M").replace(" L ", "L").replace(" z", "z").strip()


def _drop(element: ET.Element) -> None:
    """Take out what a strict policy or nobody needs, comments, and groups left empty by it."""
    for child in list(element):
        if callable(child.tag) or child.tag in DROPPED:
            element.remove(child)
            continue
        _drop(child)
        if child.tag in ("g", "defs") and not len(child):
            element.remove(child)
