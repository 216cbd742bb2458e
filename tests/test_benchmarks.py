"""The benchmark's harness: what it counts, what it compares, when it fails. Nothing here is timed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from benchmarks import report
from benchmarks.measure import Contender, Figure, Pace, Spread, counted, faster, race, short, slower
from benchmarks.targets import Target, Verdict, failures, read_targets, verdict

AT_MOST = Target(goal=2, fail=4, is_least=False)
AT_LEAST = Target(goal=10, fail=5, is_least=True)


class FakeClock:
    """A clock that only work moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.done: list[str] = []

    def __call__(self) -> float:
        return self.now

    def work(self, name: str, seconds: Callable[[], float]) -> Callable[[], None]:
        def work() -> None:
            self.done.append(name)
            self.now += seconds()

        return work


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def ratio(figure_id: str, subject: list[float], floor: list[float]) -> Figure:
    return slower(figure_id, "work", subject, "floor", floor)


def test_a_spread_is_the_median_with_the_fastest_and_the_slowest_round() -> None:
    assert Spread.of([3, 1, 2]) == Spread(2, 1, 3)
    assert Spread.of([4, 1, 2, 3]).median == 2.5
    assert str(Spread.of([1.23456, 0.5, 1500])) == "1.23 (0.5–1500)"
    assert str(Spread.of([7])) == "7"


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0"), (0.05123, "0.0512"), (3.94, "3.94"), (99.96, "100"), (1234.5, "1234")]
)
def test_three_figures_are_shown(number: float, text: str) -> None:
    assert short(number) == text


def test_ratios_are_taken_round_by_round() -> None:
    """A machine that was four times as busy in the second round changes no ratio."""
    assert ratio("P", [2, 8, 2], [1, 4, 1]).result == Spread(2, 2, 2)
    assert faster("P", "work", [1, 4], "naive", [10, 40]).result == Spread(10, 10, 10)


def test_rounds_that_were_lost_are_an_error() -> None:
    with pytest.raises(ValueError):
        ratio("P", [1, 2], [1])


def test_a_contender_is_timed_by_the_call(clock: FakeClock) -> None:
    took = race(
        {
            "slow": Contender(clock.work("slow", lambda: 0.02)),
            "quick": Contender(clock.work("quick", lambda: 0.001)),
        },
        pace=Pace(rounds=3, seconds=0.01),
        clock=clock,
    )
    assert took["slow"] == pytest.approx([20, 20, 20])
    assert took["quick"] == pytest.approx([1, 1, 1])


def test_a_quick_contender_fills_its_time_and_one_that_can_run_out_keeps_its_number(clock: FakeClock) -> None:
    race(
        {
            "quick": Contender(clock.work("quick", lambda: 0.001)),
            "scarce": Contender(clock.work("scarce", lambda: 0.001), calls=3),
        },
        pace=Pace(rounds=2, seconds=0.01),
        clock=clock,
    )
    assert clock.done.count("quick") == 2 + 2 * 10  # one to warm up, one to see how long it takes
    assert clock.done.count("scarce") == 1 + 2 * 3


def test_by_turns_every_call_of_one_is_followed_by_one_of_the_others(clock: FakeClock) -> None:
    took = race(
        {
            "dear": Contender(clock.work("d", lambda: 0.02), calls=2),
            "cheap": Contender(clock.work("c", lambda: 0.001), calls=50),
        },
        pace=Pace(rounds=2),
        clock=clock,
        by_turns=True,
    )
    assert "".join(clock.done) == "dc" + "dcdc" + "cdcd"
    assert took["dear"] == pytest.approx([20, 20]) and took["cheap"] == pytest.approx([1, 1])


def test_the_first_call_is_not_measured(clock: FakeClock) -> None:
    costs: Iterator[float] = iter([9.0])
    took = race(
        {"work": Contender(clock.work("work", lambda: next(costs, 0.01)))},
        pace=Pace(rounds=2, seconds=0.01),
        clock=clock,
    )
    assert took["work"] == pytest.approx([10, 10])


def test_contenders_take_turns_and_each_round_begins_with_another(clock: FakeClock) -> None:
    contenders = {name: Contender(clock.work(name, lambda: 1), calls=1) for name in "abc"}
    race(contenders, pace=Pace(rounds=3), clock=clock)
    assert "".join(clock.done) == "abc" + "abc" + "bca" + "cab"


@pytest.mark.parametrize(
    ("target", "result", "expected"),
    [
        (AT_MOST, 2.0, Verdict.MET),
        (AT_MOST, 2.1, Verdict.MISSED),
        (AT_MOST, 4.0, Verdict.MISSED),
        (AT_MOST, 4.1, Verdict.FAILED),
        (AT_LEAST, 10.0, Verdict.MET),
        (AT_LEAST, 9.9, Verdict.MISSED),
        (AT_LEAST, 5.0, Verdict.MISSED),
        (AT_LEAST, 4.9, Verdict.FAILED),
    ],
)
def test_a_figure_stands_by_its_two_lines(target: Target, result: float, expected: Verdict) -> None:
    assert verdict(counted("P", "work", result, "things"), {"P": target}) == expected


def test_a_failure_beside_a_floor_that_moved_is_no_proof() -> None:
    targets = {"P": AT_MOST}
    assert verdict(ratio("P", [5, 10, 5], [1, 2, 1]), targets) == Verdict.FAILED
    assert verdict(ratio("P", [5, 10.5, 5], [1, 2.1, 1]), targets) == Verdict.NOISY
    assert verdict(ratio("P", [1, 2.1, 1], [1, 2.1, 1]), targets) == Verdict.MET


def test_a_figure_without_a_target_never_fails() -> None:
    assert verdict(counted("P", "work", 1e9, "bytes"), {}) == Verdict.OPEN
    assert failures([counted("P", "work", 1e9, "bytes")], {}) == []


def test_only_what_is_beyond_its_line_fails() -> None:
    figures = [counted(f"P{number}", "work", number, "things") for number in (1, 3, 5)]
    targets = {figure.id: AT_MOST for figure in figures}
    assert [figure.id for figure in failures(figures, targets)] == ["P5"]


def test_every_target_leaves_room_between_its_goal_and_its_line() -> None:
    for name, target in read_targets().items():
        assert target.holds(target.goal, target.fail), name


def test_a_target_is_read_in_both_directions() -> None:
    assert Target.read({"at_most": 2, "fail_above": 4}) == AT_MOST
    assert Target.read({"at_least": 10, "fail_below": 5}) == AT_LEAST
    assert (str(AT_MOST), str(AT_LEAST)) == ("≤ 2 (fails > 4)", "≥ 10 (fails < 5)")


@pytest.fixture
def stored(tmp_path, monkeypatch) -> Callable[[list[Figure]], None]:
    """Stores figures as a run does, in a folder of its own."""
    monkeypatch.setattr(report, "RESULTS", tmp_path / "results.json")
    monkeypatch.setattr(report, "PAGE", tmp_path / "RESULTS.md")
    return lambda figures: report.save(figures, {"date": "today"}, {"P": AT_MOST})


def test_what_was_stored_is_read_back(stored) -> None:
    figures = [
        ratio("P", [2, 3], [1, 1]),
        counted("Q", "size", 7, "bytes"),
        counted("R", "size", 7, "bytes", "it", 8),
    ]
    stored(figures)
    assert report.stored_figures() == figures


def test_the_page_shows_each_figure_with_its_target_and_how_it_stands(stored) -> None:
    stored([ratio("P", [3, 3], [1, 1])])
    page = report.PAGE.read_text()
    assert "| P | work | 3 ms CPU | floor | 1 | 3× | ≤ 2 (fails > 4) | missed |" in page
    assert "| date | today |" in page


@pytest.mark.parametrize(("result", "code"), [(1, 0), (3, 0), (5, 1)])
def test_the_check_fails_only_beyond_a_line(stored, monkeypatch, capsys, result: float, code: int) -> None:
    from benchmarks import __main__ as command

    monkeypatch.setattr(command, "read_targets", lambda: {"P": AT_MOST})
    stored([counted("P", "work", result, "things")])
    assert command.check() == code
    assert "| P | work |" in capsys.readouterr().out


def test_a_check_before_any_run_says_what_to_do(tmp_path, monkeypatch, capsys) -> None:
    from benchmarks import __main__ as command

    monkeypatch.setattr(report, "RESULTS", tmp_path / "none.json")
    assert command.check() == 1
    assert "python -m benchmarks" in capsys.readouterr().out


def test_the_machine_is_described(monkeypatch) -> None:
    loads = count()
    monkeypatch.setattr(report, "load_now", lambda: f"load {next(loads)}")
    about = report.environment(pace=Pace(rounds=9), load_before="0.1 0.2 0.3")
    assert {"date", "commit", "cores", "Python", "SQLite", "Django"} <= about.keys()
    assert (about["load before"], about["load after"], about["rounds"]) == ("0.1 0.2 0.3", "load 0", "9")
