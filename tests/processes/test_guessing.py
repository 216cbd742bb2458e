"""Limits and one-time codes over three web processes at once: what one has counted, all have counted."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.factors import SECRET, code
from tests.processes.conftest import wait_until
from tracker.actions import demo

EMAIL = "clinician@demo.example"
ENROL = f"""
from allauth.mfa.models import Authenticator
from tracker.actions import staff_secrets
from tracker.models import User
data = {{"secret": staff_secrets.seal("{SECRET}"), "last_step": 0}}
Authenticator.objects.create(user=User.objects.get(email="{EMAIL}"), type="totp", data=data)
"""


class Browser:
    """A visitor with cookies of their own, who may lie about where they come from."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open

    def post(self, path: str, comes_from: str = "", **form: str) -> str:
        page = self.open(self.address + path, timeout=30).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        body = urlencode({"csrfmiddlewaretoken": token, **form}).encode()
        headers = {"X-Forwarded-For": comes_from} if comes_from else {}
        try:
            with self.open(urllib.request.Request(self.address + path, body, headers), timeout=30) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.read().decode()

    def sign_in(self, password: str, comes_from: str = "") -> str:
        return self.post("/accounts/login/", comes_from, login=EMAIL, password=password)


@pytest.fixture
def port(with_demo, manage, start: Callable[..., object], free_port: int, tmp_path: Path) -> int:
    """Three workers, each of which writes its number beside what it answered."""
    assert manage("shell", "-v0", "-c", ENROL).returncode == 0
    log = ["--access-logfile", str(tmp_path / "access"), "--access-logformat", "%(p)s %(m)s %(s)s"]
    start("-m", "gunicorn", "config.wsgi", "--workers=3", f"--bind=127.0.0.1:{free_port}", *log)

    def answers() -> bool:
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{free_port}/livez", timeout=1).status == 200
        except OSError:
            return False

    wait_until(answers)
    return free_port


def workers_that_took_a_form(tmp_path: Path) -> set[str]:
    lines = (line.split() for line in (tmp_path / "access").read_text().splitlines())
    return {worker for worker, method, _ in lines if method == "POST"}


def test_of_40_guesses_from_40_forged_addresses_5_are_tried(port: int, tmp_path: Path) -> None:
    def guess(number: int) -> str:
        page = Browser(port).sign_in(f"guess {number}", comes_from=f"203.0.113.{number}")
        tried, refused = "do not belong together" in page, "Too many" in page
        return "tried" if tried else "refused" if refused else page

    with ThreadPoolExecutor(6) as pool:
        answers = Counter(pool.map(guess, range(40)))
    assert answers == {"tried": 5, "refused": 35}
    assert "Too many" in Browser(port).sign_in(demo.PASSWORD)
    assert len(workers_that_took_a_form(tmp_path)) > 1


def test_a_code_that_several_send_at_once_lets_one_in(port: int, tmp_path: Path) -> None:
    browsers = [Browser(port) for _ in range(4)]
    assert all("authenticator app shows" in browser.sign_in(demo.PASSWORD) for browser in browsers)
    typed = code()
    with ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(lambda one: one.post("/accounts/login/second/", code=typed), browsers))
    assert Counter("Worklist" in page for page in pages) == {True: 1, False: 3}
    assert all("used already" in page for page in pages if "Worklist" not in page)


def test_of_40_invented_codes_from_40_forged_addresses_10_are_looked_at(port: int, tmp_path: Path) -> None:
    def guess(number: int) -> str:
        invented = f"ZZZ-{number:04}-AAAA"
        page = Browser(port).post("/join/", comes_from=f"203.0.113.{number}", code=invented)
        looked_at, waits = "This code does not work" in page, "Please wait a minute" in page
        return "looked at" if looked_at else "waits" if waits else page

    with ThreadPoolExecutor(6) as pool:
        answers = Counter(pool.map(guess, range(40)))
    assert answers == {"looked at": 10, "waits": 30}
    assert len(workers_that_took_a_form(tmp_path)) > 1
