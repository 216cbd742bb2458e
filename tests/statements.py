"""What keeping clinics apart and writing down who looked costs a request in SQL statements."""

from django.db import connection

AUDITED = 3
"""The event of what was seen: the chain's end is read, the event is added, the new end is written."""

SEALED = AUDITED - 1
"""What an action pays for sealing its own event, besides the event."""

SCOPED = 5 if connection.vendor == "postgresql" else 0
"""A clinic's scope is a transaction on PostgreSQL: begun, told the clinic, told no clinic any more, ended;
and a test that goes on in its own scope tells its clinic again."""

EVERY_REQUEST = AUDITED + SCOPED
