"""docs/roles.md is the code's own table of roles, in words; and what it promises holds."""

from __future__ import annotations

from pathlib import Path

from tracker.domain.roles import PERMISSIONS, STAFF_ROLES, Permission, Role

FILE = Path(__file__).resolve().parents[2] / "docs" / "roles.md"


def cell(role: Role, permission: Permission) -> str:
    if permission not in PERMISSIONS[role]:
        return ""
    return "if agreed" if role is Role.PROXY else "yes"


def table() -> str:
    lines = [["", *[role.label for role in Role]], ["---"] + [":-:"] * len(Role)]
    lines += [[p.words, *[cell(role, p) for role in Role]] for p in Permission]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def test_the_document_holds_the_table_of_the_code():
    lines = [line for line in FILE.read_text().splitlines() if line.startswith("|")]
    assert lines == table().splitlines(), f"The table of docs/roles.md has to read:\n{table()}"


def test_every_permission_is_somebodys_and_has_words_of_its_own():
    assert frozenset(Permission) == frozenset().union(*PERMISSIONS.values())
    assert len({permission.words for permission in Permission}) == len(Permission)


def test_every_role_has_a_row():
    assert set(PERMISSIONS) == set(Role)


def test_what_belongs_to_staff_and_what_to_people_do_not_mix():
    own = {p for p in Permission if "own" in p.value.split("_")}
    for role in Role:
        assert PERMISSIONS[role] <= own if role not in STAFF_ROLES else not PERMISSIONS[role] & own


def test_an_auditor_reads_and_changes_nothing():
    assert PERMISSIONS[Role.AUDITOR] == {Permission.SEE_PATIENTS, Permission.SEE_AUDIT}


def test_only_administrators_decide_about_staff_and_erasure():
    for permission in (Permission.MANAGE_STAFF, Permission.EDIT_CLINIC, Permission.ERASE_PATIENTS):
        assert [role for role in Role if permission in PERMISSIONS[role]] == [Role.ADMINISTRATOR]
