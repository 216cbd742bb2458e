"""Tables and constraints. This package is their only import path."""

from .assessment import Assessment, ChartPicture, Track
from .audit import AuditEvent
from .clinic import Clinic
from .device import Device, Invitation
from .diary import DiaryDay, DiaryEntry, Reading
from .injection import Injection, InjectionAgent
from .patient import Patient
from .staff import Membership, User

__all__ = [
    "Assessment",
    "AuditEvent",
    "ChartPicture",
    "Clinic",
    "Device",
    "DiaryDay",
    "DiaryEntry",
    "Injection",
    "InjectionAgent",
    "Invitation",
    "Membership",
    "Patient",
    "Reading",
    "Track",
    "User",
]
