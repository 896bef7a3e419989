"""The files of tests that take longest, longest first: those that the processes of a run begin with.

The order is a help, not a promise. `pytest -n 0 --durations=80` shows what has become slow.
"""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).parent
# Files that look at the demonstration: one process runs them all, so that it is made once.
WITH_THE_DEMONSTRATION = (
    "browser/",
    "cases/test_cases_pages_case.py",
    "offers/test_offers_asks_pages.py",
    "offers/test_offers_demonstration.py",
    "people/test_people_demonstration.py",
    "site/test_site_foreign_ids.py",
)
# Files that copy one home whose database is migrated.
WITH_A_HOME = ("cli/test_cli_doctor.py", "cli/test_cli_service.py")
# Files that walk once more, and from outside, through lines that the tests of each room measure. They take
# half the time of a run, and longer while they are measured: what is reported without them is what the other
# tests reach at least.
UNMEASURED = (
    "api/test_api_document.py",
    "benchmarks/",
    "browser/",
    "cases/test_cases_api_parts.py::test_each_role_writes_what_the_table_says",
    "cases/test_cases_kept_answers.py",
    "cases/test_cases_visible.py",
    "cli/test_cli_demo_service.py",
    "cli/test_cli_solver.py",
    "documents/test_documents_api.py::test_the_document_of_the_interface_is_kept",
    "load/",
    "messages/test_messages_browser.py",
    "offers/test_offers_attacked.py",
    "offers/test_offers_property.py",
    "offers/test_offers_races.py",
    "offers/test_offers_truth_table.py",
    "papers/test_papers_browser.py",
    "people/test_people_truth_table.py",
    "planner/test_bounds_process.py",
    "site/test_site_foreign_ids.py",
    "tables/test_tables_hostile.py::test_a_file_that_cannot_be_used_is_refused[blank cells]",
    "tables/test_tables_hostile.py::test_a_file_that_cannot_be_used_is_refused[empty rows]",
    "tables/test_tables_hostile.py::test_a_huge_sheet_costs_little_memory",
    "tables/test_tables_round_trip.py",
    "test_oracle_bruteforce.py",
    "test_replan_against_bruteforce.py",
    "test_solver_against_bruteforce.py",
)
LONGEST = (
    "browser/test_browser_walk.py",
    "browser/test_browser_offers.py",
    "browser/test_browser_journey.py",
    "browser/test_browser_shell.py",
    "browser/test_browser_after_forms.py",
    "api/test_api_document.py",
    "people/test_people_truth_table.py",
    "cases/test_cases_kept_answers.py",
    "load/test_load_kills.py",
    "test_solver_against_bruteforce.py",
    "test_replan_against_bruteforce.py",
    "cli/test_cli_service.py",
    "cli/test_cli_demo_service.py",
    "cli/test_cli_doctor.py",
    "tables/test_tables_hostile.py",
    "tables/test_tables_round_trip.py",
    "operations/test_operations_commands.py",
    "operations/test_operations_forgetting.py",
    "database/test_database_server.py",
    "database/test_database_backup.py",
    "cli/test_cli_solver.py",
    "planner/test_bounds_process.py",
    "planner/test_advice.py",
    "planner/test_columns.py",
    "planner/test_solve.py",
    "planner/test_determinism.py",
    "planner/test_replan.py",
    "planner/test_standby.py",
    "papers/test_papers_browser.py",
    "messages/test_messages_browser.py",
    "messages/test_messages_stream.py",
    "test_documentation_examples.py",
)
_RANK = {TESTS / name: number for number, name in enumerate(LONGEST)}


def rank(path: Path) -> int:
    """The place of a file in the order; all that are not named come together, after the last."""
    return _RANK.get(path, len(LONGEST))


def is_unmeasured(path: Path, name: str) -> bool:
    """Whether coverage stands still in a test."""
    if not path.is_relative_to(TESTS):
        return False
    return f"{path.relative_to(TESTS).as_posix()}::{name}".startswith(UNMEASURED)
