"""The manifest: what a phone needs for the home screen, and nothing that tells who the reader is."""

from __future__ import annotations

import gzip
import json
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client
from django.urls import reverse
from PIL import Image

ADDRESS = "/manifest.webmanifest"
HEALTH = re.compile("health|pain|clinic|inject|recover|medic|epidural|patient", re.IGNORECASE)

pytestmark = pytest.mark.django_db


def manifest() -> dict:
    return Client().get(ADDRESS).json()


def test_it_opens_the_diary_as_an_app_of_the_whole_site():
    said = manifest()
    assert (said["id"], said["scope"], said["start_url"]) == ("/", "/", "/diary/")
    assert said["display"] == "standalone"
    assert (said["lang"], said["dir"]) == ("en", "ltr")
    assert [one["url"] for one in said["shortcuts"]] == ["/diary/", "/course/", "/call/"]


def test_whoever_looks_over_a_shoulder_reads_nothing_about_health():
    said = manifest()
    words = [
        said["name"],
        said["short_name"],
        said["description"],
        *(one["name"] for one in said["shortcuts"]),
    ]
    assert [word for word in words if HEALTH.search(word)] == []
    assert len(said["short_name"]) <= 12  # longer ones are cut off under an icon


def test_every_icon_is_a_file_of_its_size_and_one_may_be_cut_to_any_shape():
    icons = manifest()["icons"]
    for icon in icons:
        with Image.open(finders.find(icon["src"].removeprefix(settings.STATIC_URL))) as image:
            assert icon["sizes"] == f"{image.width}x{image.height}"
            assert icon["type"] == image.get_format_mimetype()
    assert [icon["purpose"] for icon in icons] == ["any", "any", "maskable"]


def test_icons_have_their_hashed_addresses(monkeypatch):
    monkeypatch.setattr(staticfiles_storage, "url", lambda name: f"/static/{name}.hashed", raising=False)
    assert all(icon["src"].endswith(".hashed") for icon in manifest()["icons"])


def test_its_colours_are_those_of_the_pages():
    tokens = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
    day = dict(re.findall(r"--(\w+): (#\w+);", tokens.partition("@media")[0]))
    said = manifest()
    assert (said["theme_color"], said["background_color"]) == (day["surface"], day["ground"])
    assert f'name="theme-color" content="{day["surface"]}"' in Client().get("/call/").text


def test_it_is_small_and_asked_for_again_only_when_it_changed():
    answer = Client().get(ADDRESS, headers={"accept-encoding": "gzip"})
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert answer.headers["Content-Encoding"] == "gzip" and len(answer.content) < 700
    assert json.loads(gzip.decompress(answer.content)) == manifest()
    again = {"accept-encoding": "gzip", "if-none-match": answer.headers["ETag"]}
    assert Client().get(ADDRESS, headers=again).status_code == 304


def test_it_is_the_same_for_everybody_and_sets_nothing(phone, desk):
    answers = [client.get(ADDRESS) for client in (Client(), phone, desk)]
    assert len({answer.content for answer in answers}) == 1
    assert not any(answer.cookies for answer in answers)


def test_patients_pages_lead_to_it_and_no_others_do(phone, desk):
    links = (f'<link rel="manifest" href="{ADDRESS}">', '<link rel="apple-touch-icon" href="')
    for page in (phone.get("/diary/"), Client().get("/join/"), Client().get("/app/en/")):
        assert all(link in page.text for link in links)
    for page in (desk.get("/clinic/"), Client().get("/"), Client().get(reverse("account_login"))):
        assert not any(link in page.text for link in links)
