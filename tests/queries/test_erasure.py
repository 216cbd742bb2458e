"""What is counted before a record goes has words."""

from tracker.content.erasure import ROWS
from tracker.models import Patient
from tracker.queries.export_tables import PARTS


def test_every_table_of_a_record_has_words():
    assert list(ROWS["en"]) == [part.name for part in PARTS if part.model is not Patient]
