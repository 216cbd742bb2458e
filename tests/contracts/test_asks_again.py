"""What a desk left open must not give away asks again who is there (tracker.web.confirmed)."""

from __future__ import annotations

from tests.contracts.world import PAGES
from tracker.domain.roles import Permission

DELICATE = {
    Permission.EXPORT_PATIENTS,
    Permission.RESTRICT_PATIENTS,
    Permission.BREAK_GLASS,
    Permission.ERASE_PATIENTS,
    Permission.MANAGE_STAFF,
}
"""A page that needs one of these asks again."""

ONLY_SHOWS = {"clinic:restricted", "clinic:team", "clinic:erasures_due"}
"""Lists that lead to such pages; they change nothing and give nothing out."""

OWN_ACCOUNT = {
    *("account_app", "account_passkey", "account_factor_remove", "account_codes", "account_password"),
}


def asks_again(name: str) -> bool:
    return getattr(PAGES[name], "asks_again", False)


def test_every_delicate_page_asks_again_or_only_shows():
    delicate = {name for name, view in PAGES.items() if getattr(view, "audience", None) in DELICATE}
    assert {name for name in delicate if not asks_again(name)} == ONLY_SHOWS


def test_what_changes_how_one_signs_in_asks_again():
    assert {name for name in OWN_ACCOUNT if not asks_again(name)} == set()


def test_a_page_that_asks_says_so_to_this_test():
    """Whatever decorators stand around it."""
    assert asks_again("account_codes")
    assert not asks_again("clinic:worklist")
