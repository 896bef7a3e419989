"""Tests of `medevac plan`: what it writes, prints and returns."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from stub_planner import Solve, solve_infeasible, solve_nobody, solve_nothing

Run = Callable[..., Any]
Use = Callable[[Solve], None]


@pytest.mark.usefixtures("solver")
def test_plan_writes_the_problem_s_bytes_and_the_plan(
    problem_file: Path, tmp_path: Path, medevac_command: Run
) -> None:
    """Tests that both files stand in the folder and that the plan names the problem's checksum."""
    out = tmp_path / "deep" / "out"
    result = medevac_command("plan", problem_file, "--output", out)
    assert result.exit_code == 0, result.output
    assert (out / "problem.json").read_bytes() == problem_file.read_bytes()
    plan = json.loads((out / "plan.json").read_bytes())
    assert plan["problem"]["sha256"] == hashlib.sha256(problem_file.read_bytes()).hexdigest()
    assert sorted(path.name for path in out.iterdir()) == ["plan.html", "plan.json", "problem.json"]


@pytest.mark.usefixtures("solver")
def test_the_plan_is_printed_within_80_columns(
    problem_file: Path, tmp_path: Path, medevac_command: Run
) -> None:
    """Tests that flights, stops, placements and whoever stays are readable where the width is unknown."""
    out = tmp_path / "o"
    text = medevac_command("plan", problem_file, "--output", out).stdout
    tables = text[: text.index("Written:")]
    assert max(len(row.rstrip()) for row in tables.splitlines()) <= 80
    for words in (
        "Placed: 2 of 3 patients on 1 flight. Staying for now: 1.",
        "SAS-737 · Wed 14 Jan 2026",
        "EDDH",
        "1 patient with 1 companion leaves",
        "litters 1 of 18, intensive 0 of 3, seats 2 of 39, care 0 of 20",
        "UA-26-0002",
        "DE-UKE",
        "no-capacity · 1 patient",
        "DE 1, NO 1",
    ):
        assert words in text


@pytest.mark.usefixtures("solver")
def test_progress_goes_to_stderr_as_plain_lines(
    problem_file: Path, tmp_path: Path, medevac_command: Run
) -> None:
    """Tests that score, bound, gap and time are told, and nothing of it on stdout."""
    result = medevac_command("plan", problem_file, "--output", tmp_path / "o")
    assert "0.2 s · best score 199.50 · bound 250.00 · gap 25.31 % · search" in result.stderr
    assert "no plan yet · no bound yet · routes" in result.stderr
    assert "no bound yet" not in result.stdout


@pytest.mark.usefixtures("solver")
def test_quiet_says_nothing(problem_file: Path, tmp_path: Path, medevac_command: Run) -> None:
    """Tests that --quiet leaves both streams empty when all is well."""
    result = medevac_command("plan", problem_file, "--output", tmp_path / "o", "--quiet")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_infeasible_is_exit_code_3_with_the_conflicts(
    problem_file: Path, tmp_path: Path, medevac_command: Run, solver: Use
) -> None:
    """Tests that conflicts are printed, and written as a plan."""
    solver(solve_infeasible)
    result = medevac_command("plan", problem_file, "--output", tmp_path / "o")
    assert result.exit_code == 3
    assert "Rule 7 hospital (UA-26-0001): NO-OUS has no place for trauma." in result.stderr
    assert json.loads((tmp_path / "o" / "plan.json").read_bytes())["status"] == "infeasible"


def test_no_plan_and_no_proof_is_exit_code_4_and_nothing_written(
    problem_file: Path, tmp_path: Path, medevac_command: Run, solver: Use
) -> None:
    """Tests that the folder made for the answer is gone again."""
    solver(solve_nothing)
    result = medevac_command("plan", problem_file, "--output", tmp_path / "new" / "o", "--seconds", "1")
    assert result.exit_code == 4
    assert "Nothing was written" in result.stderr
    assert not (tmp_path / "new").exists()


def test_a_plan_that_places_nobody_asks_for_more_time(
    problem_file: Path, tmp_path: Path, medevac_command: Run, solver: Use
) -> None:
    """Tests that a plan without flights, which is valid, is not taken for an answer; told on stderr."""
    solver(solve_nobody)
    result = medevac_command("plan", problem_file, "--output", tmp_path / "o", "--seconds", "1")
    assert result.exit_code == 0
    assert "before it placed anybody. Give it more time" in result.stderr


def test_bad_input_is_exit_code_2_with_every_fault(tmp_path: Path, medevac_command: Run) -> None:
    """Tests that faults are listed and that no folder is made."""
    bad = tmp_path / "bad.json"
    bad.write_text('{"format": "medevac-problem/1", "days": 0, "shoe": 1}', encoding="utf-8")
    result = medevac_command("plan", bad, "--output", tmp_path / "o")
    assert result.exit_code == 2
    assert "days: expected" in result.stderr
    assert "shoe" in result.stderr
    assert not (tmp_path / "o").exists()


@pytest.mark.usefixtures("solver")
def test_warnings_do_not_stop_a_plan(problem_file: Path, tmp_path: Path, medevac_command: Run) -> None:
    """Tests that a patient whom no hospital fits is told in the form of a fault, on stderr."""
    document = json.loads(problem_file.read_bytes())
    document["patients"][2]["needs"] = ["oncology"]
    problem_file.write_text(json.dumps(document), encoding="utf-8")
    result = medevac_command("plan", problem_file, "--output", tmp_path / "o")
    assert result.exit_code == 0
    assert "1 warning." in result.stderr
    assert "patients[2]" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("--seconds", "0"),
        ("--seconds", "nan"),
        ("--seconds", "inf"),
        ("--seconds", "soon"),
        ("--gap", "-1"),
        ("--gap", "nan"),
        ("--seed", "-1"),
        ("--sed", "1"),
    ],
)
def test_wrong_options_are_exit_code_2(
    words: tuple[str, str], problem_file: Path, tmp_path: Path, medevac_command: Run
) -> None:
    """Tests that a wrong option is refused before anything is read or written."""
    result = medevac_command("plan", problem_file, "--output", tmp_path / "o", *words)
    assert result.exit_code == 2
    assert not (tmp_path / "o").exists()


@pytest.mark.usefixtures("solver")
def test_an_output_that_is_a_file_is_exit_code_2(
    problem_file: Path, tmp_path: Path, medevac_command: Run
) -> None:
    """Tests the message when the folder's name, or one above it, belongs to a file."""
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    for out in (tmp_path / "file", tmp_path / "file" / "deeper"):
        result = medevac_command("plan", problem_file, "--output", out)
        assert result.exit_code == 2
        assert "cannot be written" in result.stderr
    assert (tmp_path / "file").read_text(encoding="utf-8") == "kept"


@pytest.mark.usefixtures("solver")
def test_a_folder_in_the_way_of_plan_json_leaves_the_old_problem(
    problem_file: Path, tmp_path: Path, medevac_command: Run
) -> None:
    """Tests that both files are written or neither."""
    (tmp_path / "o" / "plan.json").mkdir(parents=True)
    (tmp_path / "o" / "problem.json").write_text("old", encoding="utf-8")
    result = medevac_command("plan", problem_file, "--output", tmp_path / "o")
    assert result.exit_code == 2
    assert "plan.json: cannot be written" in result.stderr
    assert (tmp_path / "o" / "problem.json").read_text(encoding="utf-8") == "old"


@pytest.mark.usefixtures("solver")
def test_ids_are_no_markup(problem_file: Path, tmp_path: Path, medevac_command: Run) -> None:
    """Tests that brackets in ids and names are printed and not read as styles."""
    text = problem_file.read_text(encoding="utf-8").replace("UA-26-0003", "[bold]x[/nothing]")
    problem_file.write_text(text.replace("tiny week", "week [/red] \\u001b[31m"), encoding="utf-8")
    result = medevac_command("plan", problem_file, "--output", tmp_path / "o")
    assert result.exit_code == 0, result.stderr
    assert "[bold]x[/nothing]" in result.stdout
    assert "\x1b[31m" not in result.stdout


@pytest.mark.usefixtures("solver")
def test_planning_in_place_is_allowed(problem_file: Path, medevac_command: Run) -> None:
    """Tests that the input may be the problem.json of the folder itself."""
    source = problem_file.rename(problem_file.parent / "problem.json")
    before = source.read_bytes()
    assert medevac_command("plan", source, "--output", source.parent).exit_code == 0
    assert source.read_bytes() == before
