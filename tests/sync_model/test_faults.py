"""The model finds each planted fault within the histories of one run."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sync_model import faults
from tests.sync_model.machine import Histories
from tests.sync_model.phone import Phone
from tests.sync_model.servers import Pure

SEARCH = settings(
    max_examples=600,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize(
    ("fault", "broken"),
    [
        (faults.StoresRepeats, "duplicated"),
        (faults.OneIdForAll, "lost|held back|not stored"),
        (faults.LastArrivalWins, "not the newest"),
        (faults.AnswersBeforeCommit, "lost"),
        (faults.IgnoresTheOwner, "lost|another's|held back|not stored"),
        (faults.ForgetsWhatItSent, "lost"),
        (faults.OneEpochForAll, "lost"),
        (faults.DropsWhatIsRefused, "lost"),
        (faults.BelievesLateAnswers, "lost"),
        (faults.ForgetsByTheClock, "lost"),
        (faults.ForgetsItsOwnersReturn, "unsettled"),
    ],
)
def test_a_planted_fault_is_found(fault, broken):
    class Faulty(Histories):
        server = fault if issubclass(fault, Pure) else Pure
        phone = fault if issubclass(fault, Phone) else Phone

    with pytest.raises(AssertionError, match=f"^({broken}): "):
        run_state_machine_as_test(Faulty, settings=SEARCH)
