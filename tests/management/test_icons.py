"""`manage.py make_icons`: the files in the source are what the code draws."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core.management import call_command
from PIL import Image, ImageChops

from tracker.management.icons import BOX, CURVES, GROUND, ICONS, LINE, SUN, draw

FOLDER = settings.BASE_DIR / "static" / "icons"
FEW_BYTES = 13_000


@pytest.mark.parametrize("name", ICONS)
def test_a_committed_icon_is_what_the_code_draws(name):
    committed, drawn = Image.open(FOLDER / name), draw(ICONS[name])
    assert (committed.mode, committed.size) == (drawn.mode, drawn.size)
    assert ImageChops.difference(committed, drawn).getbbox() is None
    assert (FOLDER / name).stat().st_size < FEW_BYTES


def test_the_command_writes_every_file(tmp_path):
    call_command("make_icons", folder=tmp_path, verbosity=0)
    assert {file.name for file in tmp_path.iterdir()} == set(ICONS)
    assert all(f"-{icon.side}." in name for name, icon in ICONS.items())


def test_only_icons_with_round_corners_have_anything_transparent():
    for name, icon in ICONS.items():
        image = draw(icon)
        corners = [image.convert("RGBA").getpixel((x, y))[3] for x in (0, -1) for y in (0, -1)]
        assert corners == ([0] * 4 if icon.is_round else [255] * 4), name
        assert image.mode == ("RGBA" if icon.is_round else "RGB"), name


def test_a_maskable_icon_keeps_its_motif_within_what_every_mask_shows():
    image = draw(ICONS["maskable-512.png"])
    centre, safe = image.width / 2, image.width * 0.4
    ground = Image.new("RGB", image.size, GROUND)
    left, top, right, bottom = ImageChops.difference(image, ground).getbbox()
    assert all(
        (abs(x - centre) ** 2 + abs(y - centre) ** 2) ** 0.5 < safe
        for x in (left, right)
        for y in (top, bottom)
    )


def test_the_motif_is_that_of_the_svg():
    svg = (FOLDER / "onset.svg").read_text()
    start, end = re.search(r'd="M([\d ]+)c5 0 6 1 8 6s4 8 12 8"', svg), CURVES[-1][-1]
    assert start and tuple(map(int, start[1].split())) == CURVES[0][0]
    assert end == (CURVES[0][0][0] + 8 + 12, CURVES[0][0][1] + 6 + 8)
    assert f"0 0 {BOX} {BOX}" in svg
    assert {GROUND, SUN} <= set(re.findall("#[0-9a-f]{6}", svg)) and LINE == "#ffffff"
