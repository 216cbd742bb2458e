"""What there is to translate is found in content, templates and Python."""

from __future__ import annotations

from tracker.management.extraction import Message, of_content, of_python, of_template


def test_sentences_of_the_content_are_named():
    found = {one.place: one.text for one in of_content()}
    assert found["calling.emergency.title"] == "Call {emergency} now"
    assert "calling.version" not in found  # no words
    assert found["app.waiting"].startswith("1 entry is")


def test_a_template_gives_what_it_translates():
    found = {one.text: one for one in of_template("patient/course.html")}
    assert found["My course"].place == "templates/patient/course.html"
    assert found["%(days)s day to go"].plural == "%(days)s days to go"
    assert "Your injection is on %(date)s" in found


def test_python_gives_what_it_hands_over_in_words():
    source = """
gettext("One")
_("Two " "lines")
ngettext("{count} day", "{count} days", count)
pgettext("format of a date", "l j F")
say("{count} try", "{count} tries", count)
gettext(name)
other("No")
"""
    assert list(of_python(source, "some.py")) == [
        Message("One", "some.py"),
        Message("Two lines", "some.py"),
        Message("{count} day", "some.py", plural="{count} days"),
        Message("l j F", "some.py", context="format of a date"),
        Message("{count} try", "some.py", plural="{count} tries"),
    ]
