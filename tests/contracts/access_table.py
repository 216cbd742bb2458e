"""Who may open every page. tests/api/test_access.py holds the same table for the API.

A row: the route, the verb, and the status for each of WHO. 302 is the way to sign in or to join.
"""

from datetime import timedelta

from tests.cast import TODAY

WHO = ("phone", "clinician", "auditor", "no clinic", "other phone", "other clinic", "nobody")

SEE = (302, 200, 200, 403, 302, 404, 302)
"""A page about a patient, for whoever may see patients."""

EDIT = (302, 200, 403, 403, 302, 404, 302)
"""A form about a patient, for whoever may change it."""

OWN_PHONE = (200, 302, 302, 302, 200, 302, 302)
"""A patient's own page: another patient's phone sees its own."""

SAVE = (302, 302, 403, 403, 302, 404, 302)
"""The same form sent: saved, it leads on."""

LEADS_ON = (302, 302, 302, 302, 302, 302, 302)

EVERYBODY = (200, 200, 200, 200, 200, 200, 200)

TABLE: dict[tuple[str, str], tuple[int, ...]] = {
    ("GET", "start"): (302, 302, 302, 200, 302, 302, 200),
    ("GET", "livez"): EVERYBODY,
    ("GET", "readyz"): EVERYBODY,
    ("GET", "patient:join"): EVERYBODY,
    ("POST", "patient:join"): LEADS_ON,  # whoever has a code gets in
    ("GET", "patient:call"): EVERYBODY,
    ("GET", "patient:today"): OWN_PHONE,
    ("GET", "patient:history"): OWN_PHONE,
    ("GET", "patient:now"): (404, 302, 302, 302, 404, 302, 302),  # day 10: nothing is asked "right now"
    ("POST", "patient:now"): (404, 302, 302, 302, 404, 302, 302),
    ("GET", "patient:day"): OWN_PHONE,
    ("POST", "patient:day"): LEADS_ON,  # a phone's own day, others to joining
    ("GET", "patient:course"): OWN_PHONE,
    ("GET", "patient:chart"): OWN_PHONE,
    ("GET", "patient:leave"): OWN_PHONE,
    ("POST", "patient:leave"): OWN_PHONE,
    ("GET", "clinic:worklist"): (302, 200, 200, 403, 302, 200, 302),
    ("POST", "clinic:worklist"): (302, 200, 200, 403, 302, 200, 302),  # a search: its answer is the page
    ("GET", "clinic:patient_new"): (302, 200, 403, 403, 302, 200, 302),
    ("POST", "clinic:patient_new"): (302, 302, 403, 403, 302, 302, 302),
    ("GET", "clinic:patient"): SEE,
    ("GET", "clinic:patient_edit"): EDIT,
    ("POST", "clinic:patient_edit"): SAVE,
    ("POST", "clinic:invite"): EDIT,
    ("GET", "clinic:injection_new"): EDIT,
    ("POST", "clinic:injection_new"): SAVE,
    ("GET", "clinic:injection"): SEE,
    ("GET", "clinic:injection_edit"): EDIT,
    ("POST", "clinic:injection_edit"): SAVE,
    ("GET", "clinic:baseline"): EDIT,
    ("POST", "clinic:baseline"): SAVE,
    ("GET", "clinic:reading_new"): EDIT,
    ("POST", "clinic:reading_new"): SAVE,
    ("GET", "clinic:diary_new"): EDIT,
    ("POST", "clinic:diary_new"): SAVE,
    ("POST", "clinic:accept"): SAVE,
    ("GET", "clinic:case"): SEE,
    ("GET", "clinic:chart"): SEE,
    ("GET", "clinic:picture"): SEE,
    ("POST", "clinic:picture"): (302, 302, 302, 403, 302, 404, 302),
    ("GET", "clinic:picture_png"): (302, 404, 404, 403, 302, 404, 302),
    ("GET", "account_login"): (200, 302, 302, 302, 200, 302, 200),
    ("GET", "account_logout"): (302, 200, 200, 200, 302, 200, 302),
    ("GET", "account_inactive"): EVERYBODY,
}

PERSON = {"family_name": "Lind", "given_name": "Mara", "born_on": "1961-02-28", "time_zone": "UTC"}
INJECTION = {
    "agents-TOTAL_FORMS": "4",
    "agents-INITIAL_FORMS": "0",
    "status": "performed",
    "injected_on": str(TODAY),
    "region": "cervical",
    "level": "C6-C7",
    "side": "midline",
    "approach": "interlaminar",
    "intent": "therapeutic",
    "guidance": "fluoroscopy",
    "indication": "M54.12",
    "operator": "Dr Vale",
    "move_anyway": "on",
}
ENTRY = {"client_id": "11111111-2222-4333-8444-555555555555", "pain": "3", "soreness": "1"}

POSTED: dict[str, dict[str, str]] = {
    "patient:now": {"moment": "30", "pain": "3"},
    "patient:day": ENTRY,
    "clinic:worklist": {"q": "a"},
    "clinic:patient_new": PERSON,
    "clinic:patient_edit": PERSON,
    "clinic:injection_new": INJECTION,
    "clinic:injection_edit": INJECTION,
    "clinic:baseline": {"baseline": "6", "reason": "misread scale"},
    "clinic:reading_new": {"minutes": "30", "pain": "3"},
    "clinic:diary_new": ENTRY | {"day": str(TODAY - timedelta(days=1)), "source": "2"},
}
"""What each form sends that holds anything: all of it right, so that only the reader's rights decide."""
