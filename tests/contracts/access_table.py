"""Who may open every page. tests/api/test_access.py holds the same table for the API.

A row: the route, the verb, and the status for each of WHO. 302 is the way to sign in or to join.
"""

WHO = ("phone", "clinician", "auditor", "no clinic", "other phone", "other clinic", "nobody")

SEE = (302, 200, 200, 403, 302, 404, 302)
"""A page about a patient, for whoever may see patients."""

EDIT = (302, 200, 403, 403, 302, 404, 302)
"""A form about a patient, for whoever may change it."""

OWN_PHONE = (200, 302, 302, 302, 200, 302, 302)
"""A patient's own page: another patient's phone sees its own."""

EVERYBODY = (200, 200, 200, 200, 200, 200, 200)

TABLE: dict[tuple[str, str], tuple[int, ...]] = {
    ("GET", "start"): (302, 302, 302, 200, 302, 302, 200),
    ("GET", "livez"): EVERYBODY,
    ("GET", "readyz"): EVERYBODY,
    ("GET", "patient:join"): EVERYBODY,
    ("GET", "patient:call"): EVERYBODY,
    ("GET", "patient:today"): OWN_PHONE,
    ("GET", "patient:history"): OWN_PHONE,
    ("GET", "patient:now"): (404, 302, 302, 302, 404, 302, 302),  # day 10: nothing is asked "right now"
    ("GET", "patient:day"): OWN_PHONE,
    ("GET", "patient:course"): OWN_PHONE,
    ("GET", "patient:chart"): OWN_PHONE,
    ("GET", "patient:leave"): OWN_PHONE,
    ("GET", "clinic:worklist"): (302, 200, 200, 403, 302, 200, 302),
    ("POST", "clinic:worklist"): (302, 302, 302, 403, 302, 302, 302),
    ("GET", "clinic:patient_new"): (302, 200, 403, 403, 302, 200, 302),
    ("GET", "clinic:patient"): SEE,
    ("GET", "clinic:patient_edit"): EDIT,
    ("POST", "clinic:invite"): EDIT,
    ("GET", "clinic:injection_new"): EDIT,
    ("GET", "clinic:injection"): SEE,
    ("GET", "clinic:injection_edit"): EDIT,
    ("GET", "clinic:baseline"): EDIT,
    ("GET", "clinic:reading_new"): EDIT,
    ("GET", "clinic:diary_new"): EDIT,
    ("POST", "clinic:accept"): (302, 302, 403, 403, 302, 404, 302),
    ("GET", "clinic:case"): SEE,
    ("GET", "clinic:chart"): SEE,
    ("GET", "clinic:picture"): SEE,
    ("GET", "clinic:picture_png"): (302, 404, 404, 403, 302, 404, 302),
    ("GET", "account_login"): (200, 302, 302, 302, 200, 302, 200),
    ("GET", "account_logout"): (302, 200, 200, 200, 302, 200, 302),
    ("GET", "account_inactive"): EVERYBODY,
}
