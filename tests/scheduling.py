"""Which tests go together when several processes share them: a module at a time, and the long ones first."""

from __future__ import annotations

import re
from typing import Any

from xdist.scheduler import LoadScopeScheduling

LONG = (
    "tests/browser/test_accessibility.py",
    "tests/processes/",
    "tests/browser/",
    "tests/migrations/",
    "tests/web/patient/test_phone.py",
)
"""Few tests that take long: what comes last has to be short, or one process waits for the other."""

SWEEP = "tests/contracts/test_access.py"


class ByModule(LoadScopeScheduling):
    """What a module makes once is made by one process, and its tests run one after another there."""

    def __init__(self, config: Any, log: Any = None) -> None:
        config.option.loadscopereorder = False  # by number of tests, which says nothing of their length
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        module, _, test = nodeid.partition("::")
        if module == SWEEP:  # which is long: an address at a time, whose answers are asked for once
            return f"{module} {re.split(r'[-[]', test.rstrip(']'))[-1]}"
        return module

    def _assign_work_unit(self, node: Any) -> None:
        first = min(self.workqueue, key=_turn)
        self.workqueue.move_to_end(first, last=False)
        super()._assign_work_unit(node)


def _turn(scope: str) -> int:
    return next((turn for turn, start in enumerate(LONG) if scope.startswith(start)), len(LONG))
