"""What a database quotes of a row never reaches the log."""

import logging

import pytest

from config.logs import Line

QUOTED = "duplicate key value\nDETAIL:  Key (family_name)=(Quill\nof two lines) already exists."


@pytest.mark.parametrize("follows", ["", "\n\nThe above exception was the direct cause"])
def test_the_values_of_a_broken_constraint_are_left_out(follows):
    record = logging.LogRecord("tracker", logging.ERROR, "", 0, QUOTED + follows, None, None)
    line = Line("%(name)s %(message)s").format(record)
    assert line == "tracker duplicate key value" + follows


def test_a_traceback_keeps_where_and_loses_whose(caplog):
    try:
        raise ValueError(QUOTED)
    except ValueError as error:
        info = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("tracker", logging.ERROR, "", 0, "Saving failed", None, info)
    line = Line("%(message)s").format(record)
    assert "test_logs.py" in line and "ValueError: duplicate key value" in line
    assert "Quill" not in line and "two lines" not in line
