"""Tests of `medevac page` and `medevac manifest`, and of the page that `medevac plan` writes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from stub_planner import Solve, solve_infeasible

Run = Callable[..., Any]


@pytest.fixture
def planned(problem_file: Path, tmp_path: Path, medevac_command: Run, solver: object) -> Path:
    """A folder with the tiny problem, its plan and its page; P1 has a name and has chosen Oslo."""
    document = json.loads(problem_file.read_bytes())
    document["patients"][0] |= {"chosen": "NO-OUS", "x-name": "Іван 😀"}
    problem_file.write_text(json.dumps(document), encoding="utf-8")
    medevac_command("plan", problem_file, "--output", tmp_path / "o")
    return tmp_path / "o"


def both(folder: Path) -> tuple[Path, Path]:
    """The problem and the plan in a folder."""
    return folder / "problem.json", folder / "plan.json"


@pytest.mark.usefixtures("solver")
@pytest.mark.parametrize(("language", "word"), [("en", "Flights"), ("nb", "Flyginger"), ("uk", "Рейси")])
def test_plan_writes_its_page(
    problem_file: Path, tmp_path: Path, medevac_command: Run, language: str, word: str
) -> None:
    """Tests that plan.html stands beside plan.json, in the language that was asked for."""
    result = medevac_command("plan", problem_file, "--output", tmp_path / "o", "--language", language)
    assert result.exit_code == 0, result.output
    assert f"To look at: {tmp_path / 'o' / 'plan.html'}" in result.stdout.replace("\n", "")
    assert f">{word}</h2>" in (tmp_path / "o" / "plan.html").read_text(encoding="utf-8")


def test_an_infeasible_plan_has_a_page_too(
    problem_file: Path, tmp_path: Path, medevac_command: Run, solver: Callable[[Solve], None]
) -> None:
    """Tests that conflicts can be looked at; the exit code stays 3."""
    solver(solve_infeasible)
    assert medevac_command("plan", problem_file, "--output", tmp_path / "o").exit_code == 3
    assert "NO-OUS has no place for trauma." in (tmp_path / "o" / "plan.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("solver")
def test_a_page_that_cannot_be_written_leaves_the_plan(
    problem_file: Path, tmp_path: Path, medevac_command: Run
) -> None:
    """Tests that a folder in the way of plan.html costs the page only, and that this is said."""
    (tmp_path / "o" / "plan.html").mkdir(parents=True)
    result = medevac_command("plan", problem_file, "--output", tmp_path / "o")
    assert result.exit_code == 2
    assert "problem.json and plan.json were written" in result.stderr
    assert (tmp_path / "o" / "plan.json").is_file()


def test_page_writes_one_file(planned: Path, tmp_path: Path, medevac_command: Run) -> None:
    """Tests that the same bytes come out as beside the plan, in a folder that is made."""
    out = tmp_path / "deep" / "page.html"
    result = medevac_command("page", *both(planned), "--output", out)
    assert result.exit_code == 0, result.output
    assert out.read_bytes() == (planned / "plan.html").read_bytes()
    assert [path.name for path in out.parent.iterdir()] == ["page.html"]


def test_manifest_writes_a_pdf_for_each_flight(planned: Path, tmp_path: Path, medevac_command: Run) -> None:
    """Tests the file's name, that lost glyphs are told, and that two runs give the same bytes."""
    runs = []
    for name in ("a", "b"):
        result = medevac_command("manifest", *both(planned), "--output", tmp_path / name, "--language", "pl")
        assert result.exit_code == 0, result.output
        assert "no font has U+1F600" in result.stderr
        runs.append((tmp_path / name / "manifest-F1.pdf").read_bytes())
    assert runs[0].startswith(b"%PDF")
    assert runs[0] == runs[1]


def test_the_printed_instant_is_the_plan_s_own_or_as_given(
    planned: Path, tmp_path: Path, medevac_command: Run
) -> None:
    """Tests that a plan written at 18:20 gives the paper that --printed 18:20 gives, and 18:21 another."""
    os.utime(planned / "plan.json", (1768328400, 1768328400))  # 2026-01-13T18:20Z
    found = {}
    for name, words in {
        "file": [],
        "same": ["--printed", "2026-01-13T18:20Z"],
        "other": ["--printed", "2026-01-13T18:21Z"],
    }.items():
        result = medevac_command("manifest", *both(planned), "--output", tmp_path / name, *words)
        assert result.exit_code == 0, result.output
        found[name] = (tmp_path / name / "manifest-F1.pdf").read_bytes()
    assert found["file"] == found["same"] != found["other"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--flight", "F9"], "expected a flight of the plan (F1), got F9"),
        (["--printed", "yesterday"], "expected an instant YYYY-MM-DDTHH:MMZ"),
        (["--language", "fr"], "'fr' is not one of"),
    ],
)
def test_wrong_options_write_nothing(
    planned: Path, tmp_path: Path, medevac_command: Run, words: list[str], told: str
) -> None:
    """Tests that each says what was expected, and that no folder is made."""
    result = medevac_command("manifest", *both(planned), "--output", tmp_path / "m", *words)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.replace("│", " ").split())
    assert not (tmp_path / "m").exists()


def test_a_plan_without_flights_has_no_manifest(
    problem_file: Path, tmp_path: Path, medevac_command: Run, solver: Callable[[Solve], None]
) -> None:
    """Tests an infeasible plan."""
    solver(solve_infeasible)
    medevac_command("plan", problem_file, "--output", tmp_path / "o")
    result = medevac_command("manifest", *both(tmp_path / "o"), "--output", tmp_path / "m")
    assert result.exit_code == 2
    assert "expected a plan with flights" in result.stderr


def test_a_manifest_of_a_plan_that_breaks_rules_warns(
    planned: Path, tmp_path: Path, medevac_command: Run
) -> None:
    """Tests that the paper is made, and that somebody is told not to fly it."""
    plan = json.loads((planned / "plan.json").read_bytes())
    plan["placements"][1] |= {"hospital": "NO-OUS", "leaves_at": "ENGM"}
    (planned / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    result = medevac_command("manifest", *both(planned), "--output", tmp_path / "m", "--with-proposals")
    assert result.exit_code == 0
    assert "do not fly it" in result.stderr


@pytest.mark.parametrize("command", ["page", "manifest"])
def test_help_does_not_load_the_papers(command: str) -> None:
    """Tests that help stays fast: typst, Jinja and Babel are loaded only when a paper is made."""
    code = (
        "import sys; from typer.testing import CliRunner; from medevac.cli import app;"
        f"assert CliRunner().invoke(app, ['{command}', '--help']).exit_code == 0;"
        "print([name for name in ('typst', 'jinja2', 'babel', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
