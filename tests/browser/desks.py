"""Staff at a desk, who sign in as they do: by password and a code."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.cast import PASSWORD
from tests.factors import fresh_code
from tracker.models import User


def sign_in(page: Page, user: User, *, to: str = "**/clinic/**") -> None:
    """Both steps, from the page that asks to sign in, to where the reader wanted to go."""
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code").fill(fresh_code(user))
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(to)
