"""Proof that a test of the failure list can fail: the code is broken in one place, and it has to see that."""
