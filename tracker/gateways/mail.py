"""Mail over SMTP. Whoever calls this waits for the network: a worker does, a page never does."""

from __future__ import annotations

import hashlib
import smtplib
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one person. `key` names its cause: sent twice, it is still the same mail."""

    to: str
    subject: str
    body: str
    key: str


class NotSent(Exception):
    """The mail did not go out. Temporary: later it may. It names no address and quotes no server."""

    def __init__(self, why: str, *, temporary: bool) -> None:
        self.temporary = temporary
        super().__init__(f"{why} ({'later it may go out' if temporary else 'trying again will not help'})")


def send(mail: Mail) -> None:
    """Hand a mail to the mail server (ONSET_MAIL_URL). Raises NotSent.

    A mail that is sent twice has one Message-ID, by which mailboxes show it once.
    """
    if settings.MAIL_SERVER is None:
        raise NotSent("No mail server is set", temporary=True)
    message = EmailMessage(
        subject=mail.subject,
        body=mail.body,
        from_email=settings.MAIL_FROM,
        to=[mail.to],
        connection=get_connection(**settings.MAIL_SERVER),
        headers={"Message-ID": message_id(mail.key), "Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except smtplib.SMTPException as error:
        # Not chained: what a server says quotes the address.
        raise NotSent(_reason(error), temporary=not _is_final(error)) from None
    except ValueError as error:  # an address or a subject that no mail can have
        raise NotSent(type(error).__name__, temporary=False) from None
    except OSError as error:
        raise NotSent(type(error).__name__, temporary=True) from None


def message_id(key: str) -> str:
    """The same for the same key, and it gives the key away to nobody."""
    domain = parseaddr(settings.MAIL_FROM)[1].rpartition("@")[2]
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def _reason(error: smtplib.SMTPException) -> str:
    return " ".join([type(error).__name__, *map(str, _codes(error))])


def _is_final(error: smtplib.SMTPException) -> bool:
    """Whether the server refused this very mail for good, and not us or the moment."""
    about_this_mail = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)
    return isinstance(error, about_this_mail) and all(code >= 500 for code in _codes(error))


def _codes(error: smtplib.SMTPException) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _ in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []
