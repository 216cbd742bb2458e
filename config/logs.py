"""How a line of the log is written: without the rows that a database quotes in its errors."""

import logging
import re

QUOTED_ROW = re.compile(r"\s*\bDETAIL:.*?(?=\n\s*\n|\nTraceback|\nThe above exception|\Z)", re.DOTALL)
"""PostgreSQL says which values broke a constraint, and so do the tracebacks that end in its words."""


class Line(logging.Formatter):
    """A formatter that keeps health data out, whatever an exception carries."""

    def format(self, record: logging.LogRecord) -> str:
        return QUOTED_ROW.sub("", super().format(record))
