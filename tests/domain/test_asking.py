import pytest

from tracker.domain.asking import Asked, asked_forms, asks_rescue
from tracker.domain.forms import Form


@pytest.mark.parametrize(
    ("day", "forms"),
    [
        (None, []),
        (-8, []),
        (-7, ["peg"]),
        (-1, ["peg"]),
        (0, ["check"]),
        (13, ["check"]),
        (14, ["check", "pgic", "peg"]),
        (20, ["check", "pgic", "peg"]),
        (21, ["check", "peg"]),
        (28, ["check", "pgic", "peg"]),
        (29, ["pgic", "peg"]),
        (35, []),
        (60, ["peg"]),
        (90, ["pgic", "peg"]),
        (96, ["pgic", "peg"]),
        (97, []),
    ],
)
def test_a_day_asks_what_the_schedule_says(day, forms):
    assert [asked.form.value for asked in asked_forms(day)] == forms


def test_a_form_is_wanted_once_in_its_week_and_a_check_each_day():
    assert asked_forms(30) == (Asked(Form.PGIC, 28, 34), Asked(Form.PEG, 28, 34))
    assert asked_forms(5) == (Asked(Form.CHECK, 5, 5),)


@pytest.mark.parametrize(("day", "asks"), [(None, False), (0, False), (1, True), (14, True), (15, False)])
def test_rescue_medicine_is_asked_for_two_weeks(day, asks):
    assert asks_rescue(day) is asks
