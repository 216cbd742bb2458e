"""Who gets what from every address: the one table for pages and API.

One word for each of WHO: what happens when they try an address that is about our patient.

    shown     they see it                       no        known, but their role does not include it
    saved     done, and led on                  none      for them it is not there
    led on    there is nothing to do here       out       signed out: the phone forgets what it holds
    wrong     the form was not taken            sign in   they are asked to sign in as staff
    verb      the address cannot do that        join      they are asked for the code from their clinic

Staff have just confirmed who they are, and phones have just joined (tests/contracts/test_asks_again.py and
tests/web/patient hold what is asked again later).
"""

WHO = (
    "patient",
    "caregiver",  # may log and read for the patient, now
    "past caregiver",  # the last day is over
    "ended phone",  # the patient's, signed out
    "neighbour",  # another patient's phone, of the same clinic
    "their phone",  # a patient's phone of another clinic
    "administrator",
    "clinician",
    "nurse",
    "auditor",
    "their clinician",  # of another clinic
    "their administrator",
    "no clinic",  # signed in, and no clinic knows them
    "nobody",
)

PHONES = WHO[: WHO.index("administrator")]
STAFF = WHO[WHO.index("administrator") : WHO.index("no clinic")]

Row = dict[str, str]


def on_phones(
    patient: str, *, caregiver: str = "", neighbour: str = "", theirs: str = "", others: str = "join"
) -> Row:
    """A page for phones. Where nothing else is said, everybody's own phone gets what the patient's gets."""
    return {
        **dict.fromkeys(WHO, others),
        "patient": patient,
        "caregiver": caregiver or patient,
        "past caregiver": "out",
        "ended phone": "out",
        "neighbour": neighbour or patient,
        "their phone": theirs or neighbour or patient,
    }


def at_desks(
    administrator: str,
    clinician: str,
    nurse: str,
    auditor: str,
    *,
    theirs: str = "none",
    outside: str = "sign in",
    no_clinic: str = "no",
) -> Row:
    """A page for staff. Of another clinic's it is not there, unless their role would not do anyway."""
    return {
        **dict.fromkeys(WHO, outside),
        "administrator": administrator,
        "clinician": clinician,
        "nurse": nurse,
        "auditor": auditor,
        "their clinician": "no" if clinician == "no" else theirs,
        "their administrator": "no" if administrator == "no" else theirs,
        "no clinic": no_clinic,
    }


def everybody(what: str, *, staff: str = "", no_clinic: str = "") -> Row:
    row = dict.fromkeys(WHO, what) | dict.fromkeys(STAFF, staff or what)
    return row | {"no clinic": no_clinic or staff or what}


# --- Patients' pages --------------------------------------------------------------------------------

OWN = on_phones("shown")
"""Of whoever's phone it is: another patient sees their own."""

OWN_SAVED = on_phones("saved")
PATIENTS_OWN = on_phones("shown", caregiver="no")
"""What a caregiver has no part in."""

PATIENTS_OWN_SAVED = on_phones("saved", caregiver="no")
ONE_OF_ONES_OWN = on_phones("shown", neighbour="none")
"""A page about one phone or one helper of the patient's."""

# --- Clinics' pages ---------------------------------------------------------------------------------

SEE = at_desks("shown", "shown", "shown", "shown")
"""A page about a patient, for whoever may see patients."""

EDIT = at_desks("shown", "shown", "shown", "no")
"""A form about a patient, for whoever may change it."""

SAVE = at_desks("saved", "saved", "saved", "no")
ASK = at_desks("shown", "shown", "shown", "shown", theirs="shown")
"""A page of the clinic's own: another clinic's staff see theirs."""

BEGIN = at_desks("shown", "shown", "shown", "no", theirs="shown")
CLINICIANS = at_desks("no", "shown", "no", "no")
CLINICIANS_SAVE = at_desks("no", "saved", "no", "no")
GIVE_OUT = at_desks("shown", "shown", "no", "no")
ADMINISTER = at_desks("shown", "no", "no", "no")
ADMINISTER_SAVE = at_desks("saved", "no", "no", "no")
OWN_CLINIC = at_desks("shown", "no", "no", "no", theirs="shown")
AUDIT = at_desks("shown", "no", "no", "shown", theirs="shown")

# --- Staff's own accounts -----------------------------------------------------------------------------


def all_staff(what: str) -> Row:
    return at_desks(what, what, what, what, theirs=what, no_clinic=what)


ACCOUNT = all_staff("shown")
ACCOUNT_LEADS_ON = all_staff("led on")

# --- The API ------------------------------------------------------------------------------------------

API = {"others": "out"}
API_STAFF = {"outside": "out", "no_clinic": "out"}

TABLE: dict[tuple[str, str], Row] = {
    ("GET", "start"): everybody("shown", staff="led on", no_clinic="shown")
    | dict.fromkeys(("patient", "caregiver", "neighbour", "their phone"), "led on"),
    ("GET", "livez"): everybody("shown"),
    ("GET", "readyz"): everybody("shown"),
    ("GET", "manifest"): everybody("shown"),
    ("GET", "patient:join"): everybody("shown"),
    ("POST", "patient:join"): everybody("saved"),  # whoever has a code gets in
    ("GET", "patient:call"): everybody("shown"),
    ("GET", "patient:welcome"): on_phones("led on"),  # they have agreed: on to the diary
    ("POST", "patient:welcome"): OWN_SAVED,
    ("GET", "patient:welcome_no"): OWN,
    ("GET", "patient:first_score"): on_phones("led on"),  # day 10: nothing is asked
    ("POST", "patient:first_score"): OWN_SAVED,
    ("GET", "patient:home_screen"): OWN,
    ("GET", "patient:today"): OWN,
    ("GET", "patient:history"): OWN,
    ("GET", "patient:earlier"): PATIENTS_OWN,
    ("GET", "patient:now"): on_phones("none"),  # day 10: nothing is asked "right now"
    ("POST", "patient:now"): on_phones("none"),
    ("GET", "patient:day"): OWN,
    ("POST", "patient:day"): OWN_SAVED,
    ("GET", "patient:answer"): OWN,
    ("POST", "patient:answer"): OWN_SAVED,
    ("GET", "patient:plan"): OWN,
    ("POST", "patient:plan"): OWN_SAVED,
    ("GET", "patient:course"): OWN,
    ("GET", "patient:chart"): OWN,
    ("GET", "patient:you"): OWN,
    ("GET", "patient:phones"): OWN,
    ("POST", "patient:phone_code"): OWN,
    ("GET", "patient:phone"): ONE_OF_ONES_OWN | {"caregiver": "none"},
    ("POST", "patient:phone"): on_phones("saved", caregiver="none", neighbour="none"),
    ("GET", "patient:phone_end"): ONE_OF_ONES_OWN | {"caregiver": "none"},
    ("POST", "patient:phone_end"): on_phones("saved", caregiver="none", neighbour="none"),
    ("GET", "patient:preferences"): PATIENTS_OWN,
    ("POST", "patient:preferences"): PATIENTS_OWN_SAVED,
    ("GET", "patient:agreed"): PATIENTS_OWN,
    ("GET", "patient:confirm"): PATIENTS_OWN,
    ("POST", "patient:confirm"): on_phones("saved", caregiver="no", neighbour="wrong"),  # one phone's code
    ("GET", "patient:contact"): PATIENTS_OWN,
    ("POST", "patient:contact"): on_phones("wrong", caregiver="no"),  # a code that nobody sent
    ("GET", "patient:contact_change"): PATIENTS_OWN,
    ("POST", "patient:contact_change"): PATIENTS_OWN_SAVED,
    ("GET", "patient:contact_remove"): PATIENTS_OWN,
    ("POST", "patient:contact_remove"): PATIENTS_OWN_SAVED,
    ("GET", "patient:caregivers"): PATIENTS_OWN,
    ("GET", "patient:caregiver_new"): PATIENTS_OWN,
    ("POST", "patient:caregiver_new"): PATIENTS_OWN_SAVED,
    ("GET", "patient:caregiver_code"): PATIENTS_OWN,
    ("POST", "patient:caregiver_code"): on_phones("shown", caregiver="no", neighbour="wrong"),
    ("GET", "patient:caregiver_end"): ONE_OF_ONES_OWN | {"caregiver": "no"},
    ("POST", "patient:caregiver_end"): on_phones("saved", caregiver="no", neighbour="none"),
    ("GET", "patient:lookers"): PATIENTS_OWN,
    ("GET", "patient:export"): PATIENTS_OWN,
    ("POST", "patient:export"): PATIENTS_OWN,  # the answer is the file
    ("GET", "patient:withdraw"): PATIENTS_OWN,
    ("POST", "patient:withdraw"): PATIENTS_OWN,
    ("GET", "patient:leave"): OWN,
    ("POST", "patient:leave"): OWN,
    ("GET", "clinic:worklist"): ASK,
    ("POST", "clinic:worklist"): ASK,  # a search: its answer is the page
    ("GET", "clinic:enrol"): BEGIN,
    ("POST", "clinic:enrol"): BEGIN,  # the answer is the code
    ("GET", "clinic:phoneless"): BEGIN,
    ("POST", "clinic:phoneless"): BEGIN,  # a search
    ("GET", "clinic:code_state"): EDIT,
    ("GET", "clinic:patient_new"): BEGIN,
    ("POST", "clinic:patient_new"): at_desks("saved", "saved", "saved", "no", theirs="saved"),
    ("GET", "clinic:patient"): SEE,
    ("GET", "clinic:patient_edit"): EDIT,
    ("POST", "clinic:patient_edit"): SAVE,
    ("POST", "clinic:invite"): EDIT,
    ("GET", "clinic:phone_end"): EDIT,
    ("POST", "clinic:phone_end"): SAVE,
    ("GET", "clinic:consent"): EDIT,
    ("POST", "clinic:consent"): SAVE,
    ("GET", "clinic:caregivers"): SEE,
    ("GET", "clinic:caregiver_new"): EDIT,
    ("POST", "clinic:caregiver_new"): SAVE,
    ("POST", "clinic:caregiver_invite"): EDIT,
    ("GET", "clinic:caregiver_end"): EDIT,
    ("POST", "clinic:caregiver_end"): SAVE,
    ("GET", "clinic:address"): EDIT,
    ("POST", "clinic:address"): SAVE,
    ("GET", "clinic:code"): EDIT,
    ("POST", "clinic:code"): EDIT,
    ("GET", "clinic:withdraw"): EDIT,
    ("POST", "clinic:withdraw"): SAVE,
    ("POST", "clinic:alerts_handled"): SAVE,
    ("GET", "clinic:injection_new"): EDIT,
    ("POST", "clinic:injection_new"): SAVE,
    ("GET", "clinic:injection"): SEE,
    ("GET", "clinic:injection_edit"): EDIT,
    ("POST", "clinic:injection_edit"): SAVE,
    ("GET", "clinic:care"): EDIT,
    ("POST", "clinic:care"): SAVE,
    ("GET", "clinic:history"): EDIT,
    ("POST", "clinic:history"): SAVE,
    ("GET", "clinic:baseline"): CLINICIANS,
    ("POST", "clinic:baseline"): CLINICIANS_SAVE,
    ("GET", "clinic:reading_new"): EDIT,
    ("POST", "clinic:reading_new"): SAVE,
    ("GET", "clinic:diary_new"): EDIT,
    ("POST", "clinic:diary_new"): SAVE,
    ("GET", "clinic:diary_print"): EDIT,
    ("GET", "clinic:diary_paper"): EDIT,
    ("POST", "clinic:diary_paper"): SAVE,
    ("GET", "clinic:diary_telephone"): EDIT,
    ("POST", "clinic:diary_telephone"): SAVE,
    ("POST", "clinic:accept"): CLINICIANS_SAVE,
    ("GET", "clinic:case"): SEE,
    ("GET", "clinic:chart"): SEE,
    ("GET", "clinic:series"): SEE,
    ("GET", "clinic:series_chart"): SEE,
    ("GET", "clinic:picture"): SEE,
    ("POST", "clinic:picture"): at_desks("saved", "saved", "saved", "saved"),
    ("GET", "clinic:picture_png"): SEE,
    ("GET", "clinic:export"): GIVE_OUT,
    ("POST", "clinic:export"): GIVE_OUT,  # the answer is the file
    ("GET", "clinic:erase"): ADMINISTER,
    ("POST", "clinic:erase"): ADMINISTER_SAVE,
    ("GET", "clinic:erasures_due"): OWN_CLINIC,
    ("POST", "clinic:keep_longer"): ADMINISTER_SAVE,
    ("GET", "clinic:team"): OWN_CLINIC,
    ("GET", "clinic:team_invite"): OWN_CLINIC,
    ("POST", "clinic:team_invite"): OWN_CLINIC,  # the answer is the link
    ("GET", "clinic:member"): ADMINISTER,
    ("POST", "clinic:member_role"): ADMINISTER_SAVE,
    ("POST", "clinic:member_link"): ADMINISTER,
    ("POST", "clinic:member_end"): ADMINISTER_SAVE,
    ("POST", "clinic:member_restore"): at_desks("wrong", "no", "no", "no"),  # who has access already
    ("GET", "clinic:settings"): OWN_CLINIC,
    ("POST", "clinic:settings"): at_desks("saved", "no", "no", "no", theirs="saved"),
    ("GET", "clinic:protocols"): OWN_CLINIC,
    ("POST", "clinic:protocols"): at_desks("saved", "no", "no", "no", theirs="saved"),
    ("GET", "clinic:protocol"): ADMINISTER,
    ("POST", "clinic:protocol"): ADMINISTER_SAVE,
    ("GET", "clinic:protocol_edit"): ADMINISTER,
    ("POST", "clinic:protocol_edit"): ADMINISTER_SAVE,
    ("GET", "clinic:texts"): OWN_CLINIC,
    ("GET", "clinic:text"): OWN_CLINIC,
    ("POST", "clinic:text"): at_desks("saved", "no", "no", "no", theirs="saved"),
    ("GET", "clinic:restricted"): BEGIN,
    ("GET", "clinic:emergency"): at_desks("led on", "led on", "led on", "no"),  # it is open to all of them
    ("POST", "clinic:emergency"): SAVE,
    ("GET", "clinic:care_team"): GIVE_OUT,
    ("POST", "clinic:care_team"): at_desks("saved", "saved", "no", "no"),
    ("GET", "clinic:looked"): at_desks("shown", "no", "no", "shown"),
    ("GET", "clinic:audit"): AUDIT,
    ("GET", "clinic:audit_seen"): at_desks("shown", "no", "no", "shown"),
    ("GET", "clinic:audit_week"): AUDIT,
    ("GET", "clinic:audit_event"): AUDIT,  # each clinic counts its own
    ("GET", "account_login"): everybody("shown", staff="led on"),
    ("POST", "account_login"): everybody("shown", staff="saved"),  # nothing was typed
    ("GET", "account_logout"): ACCOUNT,
    ("POST", "account_logout"): everybody("sign in"),  # out, and back at the door
    ("GET", "account_inactive"): everybody("shown"),
    ("GET", "account_welcome"): everybody("shown"),
    ("POST", "account_welcome"): everybody("saved"),  # whoever has a one-time link gets in
    ("GET", "mfa_login_webauthn"): ACCOUNT_LEADS_ON,  # back to the page with the button
    ("POST", "mfa_login_webauthn"): all_staff("saved"),
    ("GET", "mfa_authenticate"): ACCOUNT_LEADS_ON,  # to the first step, or where one is in already
    ("POST", "mfa_authenticate"): all_staff("saved"),
    ("GET", "account_reauthenticate"): ACCOUNT,
    ("POST", "account_reauthenticate"): ACCOUNT,  # an empty password, refused on the same page
    ("GET", "mfa_reauthenticate"): ACCOUNT,
    ("POST", "mfa_reauthenticate"): ACCOUNT,  # an empty code, as well
    ("GET", "mfa_reauthenticate_webauthn"): all_staff("again"),  # nobody here has a passkey
    ("POST", "mfa_reauthenticate_webauthn"): all_staff("again"),
    ("GET", "account"): ACCOUNT,
    ("GET", "account_enrol"): ACCOUNT_LEADS_ON,  # everybody here has a second factor
    ("GET", "account_app"): ACCOUNT,
    ("POST", "account_app"): all_staff("wrong"),
    ("GET", "account_passkey"): ACCOUNT,
    ("POST", "account_passkey"): all_staff("wrong"),
    ("GET", "account_factor_remove"): all_staff("none") | {"administrator": "shown"},  # whose it is
    ("POST", "account_factor_remove"): all_staff("none") | {"administrator": "wrong"},  # the last one stays
    ("GET", "account_codes"): ACCOUNT,
    ("POST", "account_codes"): ACCOUNT,
    ("GET", "account_password"): ACCOUNT,
    ("POST", "account_password"): all_staff("wrong"),
    ("POST", "account_end_others"): all_staff("saved"),
    ("GET", "session_left"): everybody("shown"),
    ("POST", "session_stay"): everybody("shown"),
    ("GET", "app_shell"): everybody("shown"),
    ("GET", "app_scripts"): everybody("shown"),
    ("GET", "offline"): everybody("shown"),
    ("GET", "worker"): everybody("shown"),
    ("GET", "api:session"): everybody("shown") | dict.fromkeys(["past caregiver", "ended phone"], "out"),
    ("GET", "api:mine"): on_phones("shown", **API),
    ("POST", "api:push"): on_phones("saved", caregiver="no", **API),
    ("DELETE", "api:push"): on_phones("saved", caregiver="no", **API),
    ("GET", "api:entries"): on_phones("shown", **API),
    ("POST", "api:entries"): on_phones("saved", **API),
    ("POST", "api:sync"): on_phones("shown", **API),
    ("GET", "api:patient_entries"): at_desks("shown", "shown", "shown", "shown", **API_STAFF),
    ("POST", "api:patient_entries"): at_desks("saved", "saved", "saved", "no", **API_STAFF),
    ("GET", "api:worklist"): at_desks("shown", "shown", "shown", "shown", theirs="shown", **API_STAFF),
    ("POST", "api:worklist"): at_desks("shown", "shown", "shown", "shown", theirs="shown", **API_STAFF),
    ("GET", "api:assessment"): at_desks("shown", "shown", "shown", "shown", **API_STAFF),
    ("GET", "api:chart_svg"): at_desks("shown", "shown", "shown", "shown", **API_STAFF)
    | {"patient": "shown", "caregiver": "shown", "neighbour": "none", "their phone": "none"},
    ("GET", "api:chart_png"): at_desks("shown", "shown", "shown", "shown", **API_STAFF),
    ("POST", "api:chart_png"): at_desks("saved", "saved", "saved", "saved", **API_STAFF),
    ("GET", "api:schema"): everybody("shown"),
    ("GET", "api:nowhere"): everybody("none"),
}

SAVES_NOTHING = {
    *("clinic:worklist", "clinic:phoneless", "api:worklist"),  # posted to keep names out of addresses
    *("patient:export", "clinic:export"),
    *(
        "patient:welcome",
        "patient:first_score",
        "clinic:emergency",
    ),  # nothing is asked here, and they lead on
    *("clinic:picture", "api:chart_png"),  # asked for already
    *("account_login", "account_reauthenticate", "mfa_reauthenticate"),  # nothing right was typed
    *("mfa_authenticate", "mfa_login_webauthn"),  # who is in already
    *("account_end_others", "session_stay"),  # sessions, which are no rows of the clinic's
}
"""Forms whose answer is "shown" or "saved" and that change no row."""

SHOWS_NOBODY = {
    *("start", "livez", "readyz", "manifest", "session_left", "patient:join", "patient:call"),
    *("patient:welcome_no", "patient:home_screen", "patient:leave", "patient:you"),
    *("patient:contact_change", "patient:caregiver_new", "patient:export", "patient:withdraw"),  # empty forms
    "patient:agreed",  # the text, which is the same for everybody
    *(
        "clinic:enrol",
        "clinic:code_state",
        "clinic:patient_new",
        "clinic:picture",
        "clinic:team",
        "clinic:team_invite",
    ),
    *("clinic:member", "clinic:settings", "api:schema"),
    *("clinic:protocols", "clinic:protocol", "clinic:protocol_edit", "clinic:texts", "clinic:text"),
    *("app_shell", "app_scripts", "offline", "worker", "api:session"),
    *("clinic:restricted", "clinic:erasures_due"),  # lists that are empty here
    *(name for _, name in TABLE if name.startswith(("account", "mfa"))),
}
"""GETs that show nobody's data: they are on no record. Every other page that is shown is one event."""

KEPT_BY_PHONES = {"app_scripts", "app_shell", "manifest", "offline", "worker"}
"""The product itself, which is nobody's: a browser may keep it, and asks each time whether it is true."""

EVENTS: dict[tuple[str, str], int | dict[str, int]] = {
    # In, and what the browser was before is ended.
    ("POST", "patient:join"): dict.fromkeys(("patient", "caregiver", "neighbour", "their phone"), 2),
    ("POST", "clinic:enrol"): 3,  # a patient, an injection, a way in
    ("POST", "account_welcome"): 2,  # in, and with a password
    ("POST", "account_logout"): dict.fromkeys(STAFF, 1),
    # What there is to ask on day 10 was looked up: nothing.
    **dict.fromkeys((("GET", "patient:now"), ("POST", "patient:now"), ("GET", "patient:first_score")), 1),
    # Nothing is asked, taken or shown.
    ("POST", "patient:welcome"): 0,
    ("POST", "clinic:emergency"): 0,
    ("POST", "clinic:member_restore"): 0,
    ("POST", "session_stay"): 0,
    **{
        ("POST", name): 0
        for name in (
            *("account_login", "account_reauthenticate", "mfa_authenticate", "mfa_login_webauthn"),
            *("account_app", "account_passkey", "account_factor_remove", "account_password"),
        )
    },
}
"""Where a request leaves another number of events than one, or than none where nothing was shown."""
