"""Settings, URLs and the servers' entry points."""

import contextlib
import sys

# Older SQLite libraries (3.7.0 to 3.51.2, so most that distributions ship) can corrupt a database in
# WAL mode. pysqlite3 brings its own; the swap has to come before Django's backend imports sqlite3.
with contextlib.suppress(ImportError):
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
