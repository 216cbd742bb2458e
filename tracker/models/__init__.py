"""Tables and constraints. This package is their only import path."""

from .assessment import Assessment, ChartPicture, Track
from .audit import AuditEvent, AuditHead
from .care_plan import CarePlan
from .care_team import BreakGlass, CareTeamMember
from .clinic import Clinic
from .clinic_text import ClinicText
from .device import Caregiver, Confirmation, Consent, Device, Invitation
from .diary import DiaryDay, DiaryEntry, Reading
from .epoch import Epoch
from .history import ConservativeCare, InjectionHistory
from .injection import Injection, InjectionAgent
from .outgoing_mail import OutgoingMail
from .patient import Patient
from .protocol import ClinicProtocol, ProtocolVersion
from .reminder import PushSubscription, Reminder
from .response import Alert, Response
from .staff import Membership, StaffInvitation, User

__all__ = [
    "Alert",
    "Assessment",
    "AuditEvent",
    "AuditHead",
    "BreakGlass",
    "CarePlan",
    "CareTeamMember",
    "Caregiver",
    "ChartPicture",
    "Clinic",
    "ClinicProtocol",
    "ClinicText",
    "Confirmation",
    "Consent",
    "ConservativeCare",
    "Device",
    "DiaryDay",
    "DiaryEntry",
    "Epoch",
    "Injection",
    "InjectionAgent",
    "InjectionHistory",
    "Invitation",
    "Membership",
    "OutgoingMail",
    "Patient",
    "ProtocolVersion",
    "PushSubscription",
    "Reading",
    "Reminder",
    "Response",
    "StaffInvitation",
    "Track",
    "User",
]
