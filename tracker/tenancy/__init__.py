"""The walls between clinics: a scope that every clinical row is read and written in, and what holds it up.

`clinic(id)` opens a scope. Outside one, no clinical table can be read or written: that is an error and never
"all rows". The database holds the same walls once more (tracker.tenancy.walls).
"""

from .models import TenantModel, TenantQuerySet
from .scope import NoClinic, OtherClinic, clinic, current

__all__ = ["NoClinic", "OtherClinic", "TenantModel", "TenantQuerySet", "clinic", "current"]
