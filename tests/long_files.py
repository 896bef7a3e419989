"""The files of tests that take longest, longest first: those that the processes of a run begin with.

The order is a help, not a promise. `pytest -n 0 --durations=80` shows what has become slow.
"""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).parent
LONGEST = (
    "browser/test_browser_walk.py",
    "people/test_people_truth_table.py",
    "api/test_api_document.py",
    "load/test_load_kills.py",
    "test_replan_against_bruteforce.py",
    "test_solver_against_bruteforce.py",
    "cli/test_cli_service.py",
    "cli/test_cli_demo_service.py",
    "cli/test_cli_doctor.py",
    "operations/test_operations_forgetting.py",
    "database/test_database_server.py",
    "database/test_database_backup.py",
    "browser/test_browser_journey.py",
    "browser/test_browser_shell.py",
    "browser/test_browser_after_forms.py",
    "planner/test_advice.py",
    "planner/test_columns.py",
    "planner/test_solve.py",
    "planner/test_determinism.py",
    "planner/test_replan.py",
    "planner/test_standby.py",
    "papers/test_papers_browser.py",
    "messages/test_messages_browser.py",
    "test_documentation_examples.py",
)
_RANK = {TESTS / name: number for number, name in enumerate(LONGEST)}


def rank(path: Path) -> int:
    """The place of a file in the order; all that are not named come together, after the last."""
    return _RANK.get(path, len(LONGEST))
