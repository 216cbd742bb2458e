"""Who may do what: one table of role and permission, readable by anybody."""

from enum import StrEnum


class Permission(StrEnum):
    SEE_PATIENTS = "see_patients"
    EDIT_PATIENTS = "edit_patients"
    EDIT_INJECTIONS = "edit_injections"
    CORRECT_BASELINE = "correct_baseline"
    ACCEPT_ENTRIES = "accept_entries"
    INVITE_PATIENTS = "invite_patients"
    LOG_OWN_DIARY = "log_own_diary"


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    CLINICIAN = "clinician"
    NURSE = "nurse"
    AUDITOR = "auditor"
    PATIENT = "patient"

    @property
    def label(self) -> str:
        return self.value.capitalize()


STAFF_ROLES = (Role.ADMINISTRATOR, Role.CLINICIAN, Role.NURSE, Role.AUDITOR)
"""Those that a member of staff may have; a patient's role goes with a device."""

P = Permission

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(P) - {P.LOG_OWN_DIARY, P.CORRECT_BASELINE, P.ACCEPT_ENTRIES},
    Role.CLINICIAN: frozenset(P) - {P.LOG_OWN_DIARY},
    Role.NURSE: frozenset({P.SEE_PATIENTS, P.EDIT_PATIENTS, P.EDIT_INJECTIONS, P.INVITE_PATIENTS}),
    Role.AUDITOR: frozenset({P.SEE_PATIENTS}),
    Role.PATIENT: frozenset({P.LOG_OWN_DIARY}),
}
