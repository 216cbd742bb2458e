"""The command that replays a decision."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from tests.domain.cases import FILES, VECTORS

GOOD = {"id": "good", "as_of_day": 0, "daily_average": {"-1": 7}}


def run(name: str) -> tuple[str, str, int]:
    """What the command wrote to both streams, and its exit code."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("assess", name, stdout=out, stderr=err)
    except SystemExit as leaving:
        return out.getvalue(), err.getvalue(), int(leaving.code)
    return out.getvalue(), err.getvalue(), 0


@pytest.mark.parametrize("name", FILES)
def test_every_worked_case_is_replayed_word_for_word(name):
    out, err, code = run(str(VECTORS / name))
    cases = json.loads((VECTORS / name).read_text())
    expected = [{"id": case["id"], "assessment": case["expected"]} for case in cases]
    assert json.dumps(json.loads(out)) == json.dumps(expected)
    assert (err, code) == ("", 0)


def test_a_malformed_case_goes_to_stderr_and_the_others_are_printed(tmp_path):
    file = tmp_path / "cases.json"
    file.write_text(json.dumps([{**GOOD, "id": "bad", "as_of_day": -1}, GOOD]))
    out, err, code = run(str(file))
    assert [one["id"] for one in json.loads(out)] == ["good"]
    assert err == "bad: as_of_day is -1; give a whole number from 0.\n"
    assert code == 1


def test_a_case_is_assessed_by_the_rules_that_it_brings_along(tmp_path):
    diary = {str(day): 8 for day in range(-7, 0)} | {str(day): 2 for day in range(1, 17)}
    case = {"id": "a", "as_of_day": 16, "daily_average": diary}
    later = {"version": "later", "readout_first_day": 19, "readout_day": 21, "readout_last_day": 23}
    file = tmp_path / "cases.json"
    file.write_text(json.dumps([case, {**case, "id": "b", "rules": later}]))
    out, _, _ = run(str(file))
    assert [one["assessment"]["label"] for one in json.loads(out)] == ["responder", "on_track"]


def test_a_truncated_file_prints_an_empty_list_and_one_sentence(tmp_path):
    file = tmp_path / "cases.json"
    file.write_text(json.dumps([GOOD])[:-5])
    out, err, code = run(str(file))
    assert (json.loads(out), code) == ([], 1)
    assert err.startswith("file: this is not complete JSON")
    assert err.count("\n") == 1


def test_a_dash_reads_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps([GOOD])))
    out, _, code = run("-")
    assert [one["id"] for one in json.loads(out)] == ["good"]
    assert code == 0


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match=r"cannot be read: No such file or directory\. Check the path\.$"):
        run(str(tmp_path / "absent.json"))


def test_a_folder_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match=r"cannot be read: Is a directory\. Check the path\.$"):
        run(str(tmp_path))


def test_a_file_that_is_no_text_is_one_sentence(tmp_path):
    file = tmp_path / "cases.json"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match=r"it is not UTF-8 text\. Export it again\.$"):
        run(str(file))


def test_a_byte_order_mark_is_no_error(tmp_path):
    file = tmp_path / "cases.json"
    file.write_text(json.dumps([GOOD]), encoding="utf-8-sig")
    assert run(str(file))[2] == 0
