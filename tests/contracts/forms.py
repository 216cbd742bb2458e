"""What every form sends: all of it right, so that only the reader's rights decide."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.api.bodies import entry
from tests.cast import NOW, PASSWORD, TODAY, ClinicCast
from tests.gateways.push_host import Phone
from tracker.actions import confirmations, invitations, staff
from tracker.domain.protocol import SHIPPED, Protocol
from tracker.domain.roles import Role
from tracker.models import Caregiver
from tracker.web.clinic.protocol_forms import ProtocolForm

PERSON = {
    "family_name": "Lind",
    "given_name": "Mara",
    "born_on": "1961-02-28",
    "language": "en",
    "time_zone": "UTC",
}
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

CARE = {
    "arrive_at": "08:30",
    "fasting_hours": "6",
    "clear_fluids_hours": "2",
    "observation_minutes": "30",
    "company_hours": "4",
    "no_driving_hours": "24",
    "ice_minutes": "15",
    "ice_days": "3",
    "no_bath_hours": "48",
    "no_lifting_days": "1",
    "sugar_days": "14",
    "pain_relievers": "what we agreed on",
    "needs_driver": "on",
}
CAREGIVER = {"name": "Bea", "relation": "aunt", "may_log": "on", "from_on": str(TODAY)}

_TYPED = f"on-{TODAY - timedelta(days=1)}"
TYPED = {f"{_TYPED}-{name}": text for name, text in ENTRY.items()}

POSTED: dict[str, dict[str, str]] = {
    "patient:now": {"client_id": "88888888-2222-4333-8444-555555555556", "moment": "30", "pain": "3"},
    "patient:day": ENTRY,
    "patient:answer": {"client_id": "88888888-2222-4333-8444-555555555555", "button": "none"},
    "patient:plan": {"client_id": "66666666-2222-4333-8444-555555555555", "step": "medicines", "done": "1"},
    "patient:contact": {"code": "123456"},
    "patient:contact_change": {"email": "new@example.org"},
    "patient:caregiver_new": CAREGIVER,
    "patient:phone": {"name": "Old phone"},
    "patient:preferences": {"reminder_at": "20:00:00"},
    "clinic:alerts_handled": {"up_to": "1000000000"},
    "clinic:worklist": {"q": "a"},
    "api:worklist": {"search": "a"},
    "clinic:phoneless": {"q": "a"},
    "clinic:enrol": PERSON | INJECTION | {"enrolment": "77777777-2222-4333-8444-555555555555"},
    "clinic:patient_new": PERSON,
    "clinic:patient_edit": PERSON,
    "clinic:injection_new": INJECTION,
    "clinic:injection_edit": INJECTION,
    "clinic:care": CARE,
    "clinic:history": {"care-TOTAL_FORMS": "5", "care-INITIAL_FORMS": "0", "pain_weeks": "12"},
    "clinic:baseline": {"baseline": "6", "reason": "misread scale"},
    "clinic:reading_new": {"minutes": "30", "pain": "3"},
    "clinic:caregiver_new": CAREGIVER | {"consent_reason": "asked for it by phone"},
    "clinic:address": {"email": "new@example.org"},
    "clinic:consent": {"agreed": "on"},
    "clinic:team_invite": {"name": "Newer", "email": "newer@example.org", "role": "nurse"},
    "clinic:member_role": {"role": "auditor"},
    "clinic:text": {"text": "New weakness", "do": "save"},
    "clinic:protocols": {"key": "lumbar-interlaminar"},
    "clinic:protocol": {"do": "publish", "note": "as agreed"},
    "clinic:settings": {"phone": "555 0199", "emergency_number": "911", "keep_years": "12"},
    "clinic:emergency": {"reason": "allergic reaction"},
    "clinic:diary_paper": TYPED,
    "clinic:diary_telephone": TYPED | {"opened_on": str(TODAY)},
    "clinic:diary_new": ENTRY | {"day": str(TODAY - timedelta(days=1)), "source": "2"},
}
"""Forms that hold anything, and are the same for everybody."""


def protocol_form(protocol: Protocol, **changed: Any) -> dict[str, Any]:
    """A protocol's settings as its form sends them."""
    known = ProtocolForm(None, protocol=protocol)
    sent = {name: known[name].value() for name in known.fields} | changed
    return {name: value for name, value in sent.items() if value is not None and value is not False}


SENT = {
    "patient:join": lambda cast: {
        "code": invitations.issue(by=cast.clinician, patient=cast.patient, now=NOW).code,
        "born_on": str(cast.patient.born_on),
    },
    "patient:confirm": lambda cast: {
        "code": confirmations.issue_by_clinic(by=cast.clinician, device=cast.device, now=NOW)
    },
    "patient:caregiver_code": lambda cast: {
        "caregiver": str(Caregiver.objects.filter(patient=cast.patient).earliest("id").pk)
    },
    "account_welcome": lambda cast: {
        "token": staff.invite(
            by=cast.staff[Role.ADMINISTRATOR], email="new@example.org", name="New", role=Role.NURSE, now=NOW
        ).token,
        "name": "New",
        "password": PASSWORD,
    },
    "clinic:code": lambda cast: {"phone": str(cast.device.pk)},
    "clinic:erase": lambda cast: {
        "reason": "entered_in_error",
        "family_name": cast.patient.family_name,
    },
    "clinic:protocol_edit": lambda cast: protocol_form(SHIPPED["lumbar-interlaminar"]),
    "clinic:care_team": lambda cast: {"is_restricted": "1", "team": [str(cast.clinician.pk)]},
    "api:entries": lambda cast: entry(),
    "api:patient_entries": lambda cast: entry(),
    "api:push": lambda cast: {"endpoint": "https://push.example.org/a", "keys": Phone().keys},
    "api:sync": lambda cast: {"changes": [entry()]},
}
"""Forms with a code made for them, or about somebody."""


def sent(name: str, cast: ClinicCast) -> dict[str, Any]:
    """What the page's form sends; of the API, its body."""
    return SENT[name](cast) if name in SENT else POSTED.get(name, {})


QUERIES = {"clinic:audit_seen": "?who=staff:{member}", "clinic:audit_week": "?of=2026-05-11"}
"""What a page has to be asked, with the ids of whom it is about."""
