"""Tests of `medevac check`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def planned(problem_file: Path, tmp_path: Path, medevac_command: Run, solver: object) -> Path:
    """A folder with the tiny problem and its plan."""
    medevac_command("plan", problem_file, "--output", tmp_path / "o")
    return tmp_path / "o"


def changed(path: Path, change: Callable[[Any], None]) -> None:
    """Change a JSON file in place."""
    document = json.loads(path.read_bytes())
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")


def test_a_plan_that_holds(planned: Path, medevac_command: Run) -> None:
    """Tests that score and terms are shown and the exit code is 0."""
    result = medevac_command("check", planned / "problem.json", planned / "plan.json")
    assert result.exit_code == 0, result.output
    assert "The plan holds" in result.stdout
    stated = json.loads((planned / "plan.json").read_bytes())["score"]
    assert f"{stated:,.2f}" in result.stdout


def test_a_plan_that_breaks_rules(planned: Path, medevac_command: Run) -> None:
    """Tests that every broken rule is a line, and the exit code is 1."""

    def put_both_in_oslo(plan: Any) -> None:
        plan["placements"][1] |= {"hospital": "NO-OUS", "leaves_at": "ENGM"}

    changed(planned / "plan.json", put_both_in_oslo)
    result = medevac_command("check", planned / "problem.json", planned / "plan.json")
    assert result.exit_code == 1
    assert "Rule 7 hospital:" in result.stdout
    assert "The plan breaks rules" in result.stdout


def test_a_plan_of_another_problem_is_a_warning(planned: Path, medevac_command: Run) -> None:
    """Tests that a plan can be judged against a changed problem, and that this is said."""
    changed(planned / "problem.json", lambda problem: problem.update(name="another week"))
    result = medevac_command("check", planned / "problem.json", planned / "plan.json")
    assert "problem.sha256: expected" in result.stderr


def test_bad_files_are_exit_code_2(planned: Path, tmp_path: Path, medevac_command: Run) -> None:
    """Tests a missing file, a plan in the problem's stead and an unknown name."""
    problem, plan = planned / "problem.json", planned / "plan.json"
    assert medevac_command("check", tmp_path / "none.json", plan).exit_code == 2
    assert medevac_command("check", plan, plan).exit_code == 2
    changed(plan, lambda document: document["placements"][0].update(hospital="NO-WHERE"))
    result = medevac_command("check", problem, plan)
    assert result.exit_code == 2
    assert "NO-WHERE" in result.stderr
