"""What the file of a record says about itself, in plain words."""

from __future__ import annotations

from collections.abc import Mapping

ENGLISH = """\
This is a copy of everything that {clinic} keeps about one person in Onset.
It was made on {on}. It holds health data: keep it where only you can open it.

record.json   All of it in one file, for another program.
*.csv         The same as tables. Any spreadsheet opens them.

patient.csv             Name, date of birth, contact and settings
injections.csv          Each injection; agents.csv has what was given, with lot numbers
care_plans.csv          How to prepare for an injection, and the care after it
histories.csv           What led to each injection; conservative_care.csv has what was tried before
readings.csv            Pain on the day of an injection, minutes after it
diary_entries.csv       Every score as it came in, with all corrections, who gave it and when
diary_days.csv          Which of these entries stands for a day
answers.csv             Forms as they were answered; alerts.csv has the signs of danger among them
assessments.csv         What the rules make of the diary
consents.csv            What was agreed to, and when
phones.csv              Phones that may, or might once, open the diary
caregivers.csv          Helpers, and what they may do
invitations.csv         Codes to join that were made; the codes themselves are kept nowhere
confirmations.csv       Codes that were asked for before a change
notifications.csv       Phones that show reminders; reminders.csv has which came when
mails.csv               Mails with a code that were sent
care_team.csv           Who may open the record while it is restricted
emergency_openings.csv  When a restricted record was opened all the same, and why
access.csv              Who looked, who changed something, and when

Times are in UTC. An apostrophe before a sign such as = or + was put there so that
a spreadsheet shows the text; record.json has it as it was typed.
"""

READ_ME: Mapping[str, str] = {"en": ENGLISH}
"""By language."""
