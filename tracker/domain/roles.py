"""Who may do what: one table of role and permission, readable by anybody. docs/roles.md is made from it."""

from enum import StrEnum


class Permission(StrEnum):
    """What may be done, each with a sentence for people."""

    _words: str

    def __new__(cls, value: str, words: str) -> "Permission":
        permission = str.__new__(cls, value)
        permission._value_ = value
        permission._words = words
        return permission

    SEE_PATIENTS = "see_patients", "See the clinic's patients, their charts and diaries"
    EDIT_PATIENTS = "edit_patients", "Add patients, correct their data, enter diary days for them"
    EDIT_INJECTIONS = "edit_injections", "Add and change injections and readings of day 0"
    CORRECT_BASELINE = "correct_baseline", "Correct a frozen baseline, with a reason"
    ACCEPT_ENTRIES = "accept_entries", "Believe an entry whose clock was uncertain"
    INVITE_PATIENTS = "invite_patients", "Give a patient a way in, and end a patient's phones"
    MANAGE_CAREGIVERS = "manage_caregivers", "Name and end caregivers on a patient's behalf"
    EXPORT_PATIENTS = "export_patients", "Take a patient's whole record out as a file"
    RESTRICT_PATIENTS = "restrict_patients", "Close a record to all but its care team"
    BREAK_GLASS = "break_glass", "Open a restricted record in an emergency, with a reason"
    ERASE_PATIENTS = "erase_patients", "Erase a patient's record when the rules allow it"
    MANAGE_STAFF = "manage_staff", "Invite staff, change their roles, end their access"
    EDIT_CLINIC = "edit_clinic", "Change the clinic's telephone and how long records are kept"
    EDIT_PROTOCOLS = "edit_protocols", "Change the clinic's protocols and the texts that patients read"
    SEE_AUDIT = "see_audit", "See who looked at what, and the list of unusual access"
    LOG_OWN_DIARY = "log_own_diary", "Log pain and soreness in the own diary"
    SEE_OWN_DIARY = "see_own_diary", "See the own diary, course and chart"
    MANAGE_OWN_ACCESS = "manage_own_access", "Decide about phones, caregivers, contact, export and consent"

    @property
    def words(self) -> str:
        return self._words


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    CLINICIAN = "clinician"
    NURSE = "nurse"
    AUDITOR = "auditor"
    PATIENT = "patient"
    PROXY = "proxy"

    @property
    def label(self) -> str:
        return "Caregiver" if self is Role.PROXY else self.value.capitalize()


STAFF_ROLES = (Role.ADMINISTRATOR, Role.CLINICIAN, Role.NURSE, Role.AUDITOR)
"""Those that a member of staff may have; the others go with a device."""

P = Permission

NURSE = {
    P.SEE_PATIENTS,
    P.EDIT_PATIENTS,
    P.EDIT_INJECTIONS,
    P.INVITE_PATIENTS,
    P.MANAGE_CAREGIVERS,
    P.BREAK_GLASS,
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(
        NURSE
        | {P.EXPORT_PATIENTS, P.RESTRICT_PATIENTS, P.ERASE_PATIENTS}
        | {P.MANAGE_STAFF, P.EDIT_CLINIC, P.EDIT_PROTOCOLS, P.SEE_AUDIT}
    ),
    Role.CLINICIAN: frozenset(
        NURSE | {P.CORRECT_BASELINE, P.ACCEPT_ENTRIES, P.EXPORT_PATIENTS, P.RESTRICT_PATIENTS}
    ),
    Role.NURSE: frozenset(NURSE),
    Role.AUDITOR: frozenset({P.SEE_PATIENTS, P.SEE_AUDIT}),
    Role.PATIENT: frozenset({P.LOG_OWN_DIARY, P.SEE_OWN_DIARY, P.MANAGE_OWN_ACCESS}),
    Role.PROXY: frozenset({P.LOG_OWN_DIARY, P.SEE_OWN_DIARY}),  # each within the caregiver's own scope
}
