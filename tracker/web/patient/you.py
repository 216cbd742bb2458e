"""The reader's own area: one list of what they decide themselves."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tracker.access import Device, can
from tracker.domain.roles import Permission
from tracker.web.actors import for_phone

from .pages import page


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the area. Without a permission it is for every phone, a caregiver's too."""

    address: str
    title: Promise
    hint: Promise | str = ""
    permission: Permission | None = None
    is_for_own_phone: bool = False

    def is_for(self, actor: Device) -> bool:
        if self.is_for_own_phone and actor.is_borrowed:
            return False
        return self.permission is None or can(actor, self.permission)


OWN = Permission.MANAGE_OWN_ACCESS

LINKS = (
    Link("patient:phones", _("Your phones"), _("See them, sign one out, move to another")),
    Link("patient:caregivers", _("Helpers"), _("Who may log or read for you"), OWN),
    Link("patient:lookers", _("Who looked"), _("At your record, and when"), OWN),
    Link("patient:contact", _("Your e-mail"), _("For codes that show it is you"), OWN),
    Link("patient:export", _("A copy of your record"), _("All of it, as a file"), OWN),
    Link("patient:preferences", _("Language, reminder, saving"), permission=OWN),
    Link("patient:home_screen", _("Put the diary on the home screen"), is_for_own_phone=True),
    Link("patient:agreed", _("What you agreed to"), permission=OWN),
    Link("patient:withdraw", _("Stop taking part"), permission=OWN),
)


@for_phone(None)
@require_safe
def you(request: HttpRequest, actor: Device) -> HttpResponse:
    """What its reader may decide."""
    links = [link for link in LINKS if link.is_for(actor)]
    return page(request, "you", actor=actor, tab="you", links=links)
