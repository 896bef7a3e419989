"""The files of tests that take longest, longest first: those that the processes of a run begin with.

The order is a help, not a promise. `pytest -n 0 --durations=80` shows what has become slow.
"""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).parent
LONGEST = (
    "browser/test_browser_walk.py",
    "test_replan_against_bruteforce.py",
    "test_solver_against_bruteforce.py",
)
_RANK = {TESTS / name: number for number, name in enumerate(LONGEST)}


def rank(path: Path) -> int:
    """The place of a file in the order; all that are not named come together, after the last."""
    return _RANK.get(path, len(LONGEST))
