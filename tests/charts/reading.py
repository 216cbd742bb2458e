"""Reading pictures back: the points of each part of an SVG."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from tracker.charts.chart import Look, RecoveryChart
from tracker.charts.cleaning import clean_body
from tracker.charts.drawing import draw_whole, svg_bytes
from tracker.charts.recovery import describe, opening

SVG = "{http://www.w3.org/2000/svg}"
Points = list[tuple[float, float]]


def whole_svg(chart: RecoveryChart, look: Look) -> bytes:
    """The chart drawn by matplotlib alone, as a document of the same kind as the written one."""
    body = clean_body(svg_bytes(draw_whole(chart, look)), keep_ids=True)
    return f"{opening(look, describe(chart))}{body}</svg>".encode()


def parts_of(svg: bytes, ids: set[str]) -> dict[str, Points]:
    """The points of every part that it has: corners of lines, centres of markers, places of words."""
    found = {}
    for element in ET.fromstring(svg).iter():
        if (name := element.get("id")) in ids:
            found[name] = _points(element, markers=name.startswith("pain-") and name != "pain-line")
    return found


def _points(element: ET.Element, *, markers: bool) -> Points:
    points: Points = []
    for part in element.iter():
        if part.tag == f"{SVG}use":
            points.append((float(part.get("x")), float(part.get("y"))))
        elif part.tag == f"{SVG}text":
            points.append(_place(part))
        elif part.tag == f"{SVG}path" and not part.get("id", "").startswith("m"):
            corners = _corners(part.get("d"))
            points += [corner for corner, command in corners if command == "M" or not markers]
    return points


def _place(text: ET.Element) -> tuple[float, float]:
    moved = re.search(r"translate\(([-\d.]+)[ ,]([-\d.]+)\)", text.get("transform", ""))
    if moved:
        return float(moved[1]), float(moved[2])
    return float(text.get("x")), float(text.get("y"))


def _corners(d: str) -> list[tuple[tuple[float, float], str]]:
    """Every corner with the command that leads there; of relative commands only `h` is read."""
    corners: list[tuple[tuple[float, float], str]] = []
    x = y = 0.0
    for command, rest in re.findall(r"([MLHVhmalz])([^MLHVhmalz]*)", d):
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", rest)]
        if command in "ML":
            x, y = numbers
        elif command == "H":
            x = numbers[0]
        elif command == "V":
            y = numbers[0]
        elif command == "h":
            x += numbers[0]
        else:
            continue
        corners.append(((x, y), command))
    return corners
