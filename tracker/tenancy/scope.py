"""Which clinic this piece of work is for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

_current: ContextVar[int | None] = ContextVar("clinic", default=None)


class NoClinic(RuntimeError):
    """Somebody asked for clinical rows without saying of which clinic. A fault of ours, never of a user."""

    def __init__(self) -> None:
        super().__init__("No clinic is in scope: open one with `tenancy.clinic(id)`.")


class OtherClinic(RuntimeError):
    """A row, or a second scope, of another clinic than the one in scope."""

    def __init__(self) -> None:
        super().__init__("This belongs to another clinic than the one in scope.")


def current() -> int:
    """The clinic in scope. Raises NoClinic."""
    found = _current.get()
    if found is None:
        raise NoClinic
    return found


@contextmanager
def clinic(clinic_id: int) -> Iterator[None]:
    """Work for one clinic. Inside another clinic's scope that is an error; inside its own it changes nothing.

    On PostgreSQL a scope is a transaction too: row-level security reads a setting that lives as long. An
    exception that leaves the scope takes back there what was written in it.
    """
    if type(clinic_id) is not int or clinic_id < 1:
        raise NoClinic
    around = _current.get()
    if around is not None:
        if around != clinic_id:
            raise OtherClinic
        yield
        return
    token = _current.set(clinic_id)
    try:
        with _database_scope(clinic_id):
            yield
    finally:
        _current.reset(token)


@contextmanager
def _database_scope(clinic_id: int) -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        tell_database(clinic_id)
        yield
        if not is_outermost:  # the setting would outlive the scope until the transaction around it ends
            tell_database(None)


def tell_database(clinic_id: int | None) -> None:
    """Say to row-level security whose rows this transaction may see; to nobody's without a clinic."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.clinic', %s, true)", ["" if clinic_id is None else str(clinic_id)]
        )
