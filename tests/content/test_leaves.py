from tracker.content.calling import CALLING
from tracker.content.course import COURSE
from tracker.content.leaves import leaves, reworded
from tracker.domain.timeline import PhaseKey


def test_a_sentence_is_named_by_the_way_to_it():
    found = leaves(CALLING["en"])
    assert found["emergency.title"] == "Call {emergency} now"
    assert found["today.signs.0"].startswith("Fever")
    assert leaves(COURSE["en"])["phases.onset.days"] == "days {first}–{last}"


def test_rewording_keeps_the_shape_and_leaves_the_source_alone():
    shouted = reworded(COURSE["en"], lambda name, text: text.upper())
    assert shouted.phases[PhaseKey.ONSET].days == "DAYS {FIRST}–{LAST}"
    assert COURSE["en"].phases[PhaseKey.ONSET].days == "days {first}–{last}"
    assert leaves(shouted).keys() == leaves(COURSE["en"]).keys()


def test_what_is_no_sentence_stays_as_it_is():
    assert reworded({"years": 3, "of": None}, lambda name, text: "") == {"years": 3, "of": None}
