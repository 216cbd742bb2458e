from pathlib import Path
from types import SimpleNamespace

import pytest

pytest.importorskip("xdist")
from tests.scheduling import LONG, SWEEP, ByModule

ROOT = Path(__file__).resolve().parents[1]


class Node:
    shutting_down = False
    gateway = SimpleNamespace(id="")

    def __init__(self) -> None:
        self.sent: list[int] = []

    def send_runtest_some(self, indices: list[int]) -> None:
        self.sent += indices

    def shutdown(self) -> None:
        self.shutting_down = True


def sent_to_two(tests: list[str]) -> list[list[str]]:
    """What each of two processes is given at the start."""
    options = {"loadscopereorder": True, "tx": ["2*popen"], "maxprocesses": None}
    config = SimpleNamespace(option=SimpleNamespace(**options), getvalue=options.get)
    scheduler, nodes = ByModule(config), [Node(), Node()]
    for node in nodes:
        scheduler.add_node(node)
    for node in nodes:
        scheduler.add_node_collection(node, tests)
    scheduler.schedule()
    return [[tests[index] for index in node.sent] for node in nodes]


def test_a_module_stays_together_and_the_long_ones_come_first():
    short = [f"tests/actions/test_diary.py::test_{number}" for number in range(4)]
    long = [f"{LONG[0]}::test_a", f"{LONG[0]}::test_b", f"{LONG[0]}::test_c"]
    assert sent_to_two([*short, *long]) == [long, short]


def test_the_sweep_is_shared_out_by_address():
    one = [f"{SWEEP}::test_a[GET-clinic:team]", f"{SWEEP}::test_b[their-POST-clinic:team]"]
    other = [f"{SWEEP}::test_a[GET-livez]", f"{SWEEP}::test_b[their-PUT-livez]", f"{SWEEP}::test_c[livez]"]
    assert sent_to_two([one[0], *other, one[1]]) == [one, other]


@pytest.mark.parametrize("place", [SWEEP, *LONG])
def test_what_is_said_to_be_long_is_there(place):
    assert (ROOT / place).exists()
