"""Rule 16: the payer's three-month test, 50 % for 90 days documented on the same scale."""

from __future__ import annotations

from tracker.domain.durability import Durability
from tracker.domain.labels import BaselineQuality, DurabilityState, PayerTest
from tracker.domain.ruleset import ESI_RULES, RuleSet


def payer_test(
    relief: Durability | None,
    *,
    quality: BaselineQuality,
    to_day: int,
    has_ended: bool,
    rules: RuleSet = ESI_RULES,
) -> PayerTest:
    """The first answer that applies, for a baseline that can be classed.

    Relief is counted to the last entry before a gap, so 90 counted days hold no gap: one that comes later
    takes nothing back, as nothing but a monthly entry is asked for by then.
    """
    if relief is not None and relief.relief_days >= rules.payer_relief_days:
        return PayerTest.MET if quality == BaselineQuality.GOOD else PayerTest.MET_BASELINE_LIMITED
    if has_ended or _is_lost(relief) or _started_too_late(relief, to_day, rules):
        return PayerTest.NOT_MET
    if relief is not None and _is_undocumented(relief, to_day, rules):
        return PayerTest.NOT_DOCUMENTED
    return PayerTest.NOT_YET


def _is_lost(relief: Durability | None) -> bool:
    return relief is not None and relief.state == DurabilityState.LOST


def _started_too_late(relief: Durability | None, to_day: int, rules: RuleSet) -> bool:
    if relief is not None:
        return relief.first_day > rules.payer_start_day
    # A first day of 50 % on day 30 is confirmed some days later: an answer to a payer never turns back.
    return to_day >= rules.payer_start_day + rules.confirm_extended_days - 1


def _is_undocumented(relief: Durability, to_day: int, rules: RuleSet) -> bool:
    if relief.state == DurabilityState.LOSS_UNCONFIRMED and relief.broken_on is not None:
        return to_day - relief.broken_on > rules.longest_gap_days
    return relief.state == DurabilityState.DOCUMENTATION_GAP
