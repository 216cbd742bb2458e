"""What the audit trail's actions and pages are called, for staff and for the patient whom they are about.

The same words stand on both pages, so they name no "you" and no "patient". A test fails for an action that
is recorded without words, and for a page without them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

VIEW = "view"
"""The action of a page or an API answer that showed something; the event's subject names which."""


@dataclass(frozen=True, slots=True)
class AuditTexts:
    """`refused` has room for {what} somebody tried; `system` is who did what nobody signed in did.

    `own_phone` has room for its {name}; the last two stand where a phone or a person is not known any more.

    What is gone from the product keeps its words: the trail is kept for years.
    """

    actions: Mapping[str, str]
    pages: Mapping[str, str]
    refused: str
    system: str
    own_phone: str
    gone_phone: str
    gone_person: str

    def what(self, action: str, page: str = "", *, is_refused: bool = False) -> str:
        """An event in words: what was seen, where `page` is its subject, or what was done."""
        known = self.pages.get(page) if action == VIEW else self.actions.get(action)
        # An event of another release may have a name that this one does not know.
        said = known or action.replace(".", " ").replace("_", " ").capitalize()
        return self.refused.format(what=f"{said[0].lower()}{said[1:]}") if is_refused else said


ENGLISH = AuditTexts(
    refused="Tried, and was not let in: {what}",
    system="Nobody signed in",
    own_phone="Own phone ({name})",
    gone_phone="Own phone that is gone",
    gone_person="Somebody whose name is gone",
    actions={
        "access.review": "Made the weekly list of unusual access",
        "alert.handle": "Saw to signs of danger that were named",
        "audit.read": "Read who looked at what",
        "caregiver.add": "Named a helper",
        "caregiver.end": "Ended a helper's access",
        "care.write": "Wrote down how to prepare and what to do afterwards",
        "care_team.arrange": "Decided who may open the record",
        "clinic.add": "Set up the clinic",
        "clinic.change": "Changed the clinic's settings",
        "clinic.keep_to_periods": "Let go what need not be kept any longer",
        "clinic.reseal": "Sealed protected columns with a new key",
        "confirmation.ask": "Asked for a code by mail",
        "confirmation.confirm": "Typed a code",
        "confirmation.issue": "Read out a code",
        "confirmation.lock": "Typed a wrong code too often",
        "confirmation.wrong": "Typed a wrong code",
        "consent.give": "Agreed to keep the diary",
        "contact.enter": "Wrote down an e-mail address",
        "contact.propose": "Asked to change the e-mail address",
        "contact.remove": "Removed the e-mail address",
        "contact.send_code": "Asked for a code to the e-mail address",
        "contact.verify": "Confirmed the e-mail address",
        "device.end": "Signed a phone out",
        "device.rename": "Gave a phone another name",
        "diary.accept": "Accepted a diary day with an uncertain clock",
        "diary.record": "Entered diary days",
        "epoch.begin": "Restored a backup: phones send their last days again",
        "export.take": "Took a copy of the whole record",
        "factor.add": "Set up a second step for signing in",
        "factor.remove": "Removed a second step for signing in",
        "factor.renew_codes": "Made new recovery codes",
        "glass.break": "Opened the restricted record in an emergency",
        "injection.add": "Added an injection",
        "injection.change": "Changed an injection",
        "injection.history": "Wrote down what led to an injection",
        "injection.correct_baseline": "Corrected the score before an injection",
        "invitation.issue": "Made a code to join",
        "invitation.lock": "A code was locked after five wrong dates of birth",
        "invitation.move": "Made a code for another phone",
        "invitation.redeem": "Joined with a code",
        "invitation.wrong_birth_date": "A wrong date of birth was given with a code",
        "member.end": "Ended a member of staff's access",
        "member.invite": "Invited a member of staff",
        "member.renew": "Made a new link for a member of staff",
        "member.restore": "Let a member of staff back in",
        "member.role": "Changed a member of staff's role",
        "member.welcome": "Set a password with a one-time link",
        "password.change": "Changed the password",
        "patient.add": "Added the record",
        "patient.correct": "Corrected name, date of birth or number",
        "patient.erase": "Erased the record",
        "patient.keep_longer": "Kept the record a year longer",
        "patient.set_preferences": "Chose language, time of the reminder and how to save",
        "protocol.copy": "Copied a shipped protocol",
        "protocol.discard": "Threw a draft of a protocol away",
        "protocol.draft": "Changed the draft of a protocol",
        "protocol.publish": "Published a protocol",
        "protocol.restore": "Went back to an earlier protocol",
        "text.write": "Worded a text of the clinic",
        "patient.withdraw": "Stopped taking part",
        "picture.ask": "Asked for the chart as a picture",
        "push.subscribe": "Asked for reminders on a phone",
        "push.unsubscribe": "Ended the reminders on a phone",
        "response.record": "Answered a form",
        "reading.correct": "Corrected a score from the day of the injection",
        "reading.record": "Entered a score from the day of the injection",
        "sign_in.confirm": "Confirmed who is there",
        "sign_in.done": "Signed in",
        "sign_in.end": "Signed out",
        "sign_in.end_others": "Signed out everywhere else",
        "sign_in.time_out": "Was signed out after a time",
        "sign_in.wrong_factor": "Sign in with a wrong code or passkey",
        "sign_in.wrong_password": "Sign in with a wrong password",
    },
    pages={
        "api:assessment": "Saw how the recovery is judged",
        "api:chart_png": "Saw the chart",
        "api:chart_svg": "Saw the chart",
        "api:entries": "Saw diary days",
        "api:nowhere": "Opened a page that does not exist",
        "api:patient_entries": "Saw diary days",
        "api:mine": "Brought the phone's copy of the diary up to date",
        "api:push": "Decided about reminders on a phone",
        "api:sync": "Sent diary days",
        "api:worklist": "Saw a line of the worklist",
        "clinic:alerts_handled": "Said that signs of danger were seen to",
        "clinic:audit": "Read who looked at what",
        "clinic:audit_event": "Read who looked at what",
        "clinic:audit_seen": "Read who looked at what",
        "clinic:audit_week": "Read who looked at what",
        "clinic:care": "Opened the form for how to prepare and what to do afterwards",
        "clinic:care_team": "Opened the form for who may open the record",
        "clinic:emergency": "Opened the form to open the restricted record",
        "clinic:looked": "Read who looked at the record",
        "clinic:member": "Opened the page of a member of staff",
        "clinic:member_end": "Ended a member of staff's access",
        "clinic:member_link": "Made a new link for a member of staff",
        "clinic:member_restore": "Let a member of staff back in",
        "clinic:member_role": "Changed a member of staff's role",
        "clinic:restricted": "Saw a line of the list of restricted records",
        "clinic:settings": "Opened the clinic's settings",
        "clinic:series": "Saw the injections over one another",
        "clinic:series_chart": "Saw the chart",
        "clinic:team": "Saw the team",
        "clinic:team_invite": "Opened the form to invite a member of staff",
        "clinic:accept": "Accepted a diary day with an uncertain clock",
        "clinic:address": "Opened the form for the e-mail address",
        "clinic:baseline": "Opened the form for the score before an injection",
        "clinic:caregiver_end": "Opened the page to end a helper's access",
        "clinic:caregiver_invite": "Made a helper's code",
        "clinic:caregiver_new": "Opened the form for a helper",
        "clinic:caregivers": "Saw the list of helpers",
        "clinic:case": "Saw the figures behind the judgement",
        "clinic:chart": "Saw the chart",
        "clinic:code": "Opened the page for a code to read out",
        "clinic:code_state": "Saw whether a code was used",
        "clinic:consent": "Opened the page for a consent on paper",
        "clinic:diary_new": "Opened the form for a diary day",
        "clinic:diary_paper": "Opened the form for a diary on paper",
        "clinic:diary_print": "Opened a diary to print",
        "clinic:diary_telephone": "Opened the form for a diary by telephone",
        "clinic:erasures_due": "Saw which records are to be erased",
        "clinic:erase": "Opened the page to erase the record",
        "clinic:export": "Opened the page to take a copy",
        "clinic:history": "Opened the form for what led to an injection",
        "clinic:injection": "Saw the record",
        "clinic:injection_edit": "Opened the form for an injection",
        "clinic:injection_new": "Opened the form for an injection",
        "clinic:invite": "Made a code to join",
        "clinic:keep_longer": "Kept the record a year longer",
        "clinic:patient": "Saw the record",
        "clinic:patient_edit": "Opened the form for name and date of birth",
        "clinic:enrol": "Opened the form to enrol somebody",
        "clinic:patient_new": "Opened the form for a new record",
        "clinic:phone_end": "Opened the page to end a phone",
        "clinic:phoneless": "Saw a line of those without a phone",
        "clinic:picture": "Saw the page of the chart as a picture",
        "clinic:picture_png": "Saw the chart",
        "clinic:protocol": "Opened a protocol",
        "clinic:protocol_edit": "Opened the settings of a protocol",
        "clinic:protocols": "Saw the list of protocols",
        "clinic:text": "Opened a text of the clinic",
        "clinic:texts": "Saw the texts of the clinic",
        "clinic:reading_new": "Opened the form for a score of the day of the injection",
        "clinic:withdraw": "Opened the page to stop taking part",
        "clinic:worklist": "Saw a line of the worklist",
        "patient:answer": "Saw a form of one day",
        "patient:caregiver_code": "Opened the page for a helper's code",
        "patient:caregiver_end": "Opened the page to end a helper's access",
        "patient:caregiver_new": "Opened the form for a helper",
        "patient:caregivers": "Saw the list of helpers",
        "patient:agreed": "Read what was agreed to",
        "patient:chart": "Saw the chart",
        "patient:confirm": "Opened the page that asks for a code",
        "patient:contact": "Opened the page of the e-mail address",
        "patient:contact_change": "Opened the form for an e-mail address",
        "patient:contact_remove": "Opened the page to remove the e-mail address",
        "patient:course": "Saw the course",
        "patient:day": "Saw one diary day",
        "patient:earlier": "Saw diary days of earlier treatments",
        "patient:export": "Opened the page to take a copy",
        "patient:first_score": "Opened the form for the score before the injection",
        "patient:history": "Saw diary days",
        "patient:home_screen": "Opened the page about the home screen",
        "patient:leave": "Opened the page to sign out",
        "patient:lookers": "Saw who looked",
        "patient:now": "Saw the scores from the day of the injection",
        "patient:phone": "Opened the form for a phone's name",
        "patient:phone_code": "Made a code for another phone",
        "patient:phone_end": "Opened the page to sign a phone out",
        "patient:phones": "Saw the list of phones",
        "patient:plan": "Saw how to prepare, and the care afterwards",
        "patient:preferences": "Opened the choice of language, reminder and how to save",
        "patient:today": "Saw today's diary",
        "patient:withdraw": "Opened the page to stop taking part",
        "patient:welcome": "Opened the page to agree",
        "patient:welcome_no": "Did not agree yet",
        "patient:you": "Opened the page about phones and choices",
    },
)

AUDIT: Mapping[str, AuditTexts] = {"en": ENGLISH}
