"""Tests of `medevac demo --week`, `schema`, `--version` and `--help`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from stub_planner import Solve, solve_nothing

import example_week
from instances import canonical_bytes
from medevac import __version__
from medevac.cli.demo_week import WEEK
from medevac.planner.reading import read_problem

Run = Callable[..., Any]


def example_bytes() -> bytes:
    """The example week as shipped."""
    return (files("medevac.planner") / "example" / "week.json").read_bytes()


def test_the_example_week_is_what_its_script_makes() -> None:
    """Tests that the committed file was not changed by hand."""
    assert example_bytes() == canonical_bytes(example_week.make_week())


def test_the_example_week_has_no_oddities() -> None:
    """Tests that a newcomer's first plan begins without a warning."""
    document = read_problem(example_bytes())
    assert document.warnings == ()
    assert len(document.problem.patients) == 72
    assert len(document.problem.hospitals) == 61
    assert len(document.problem.countries) == 20


def test_the_demo_says_how_large_the_week_is() -> None:
    """Tests that the sentence on the screen is true of the file."""
    problem = read_problem(example_bytes()).problem
    patients, hospitals, countries = (
        len(it) for it in (problem.patients, problem.hospitals, problem.countries)
    )
    assert f"{patients} invented patients" in WEEK
    assert f"{hospitals} hospitals in {countries} countries" in WEEK


def test_the_demo_plans_the_example_week(
    tmp_path: Path, medevac_command: Run, solver: Callable[[Solve], None]
) -> None:
    """Tests that the demo hands the shipped bytes to the planner, and its exit code on."""
    solver(solve_nothing)
    result = medevac_command("demo", "--week", "--output", tmp_path / "o")
    assert result.exit_code == 4
    assert "72 invented patients" in result.stderr


@pytest.mark.parametrize("document", ["problem", "plan"])
def test_schema_prints_json(document: str, medevac_command: Run) -> None:
    """Tests that the schema can be piped into a file."""
    result = medevac_command("schema", document)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["$schema"].startswith("https://json-schema.org/")


def test_schema_of_something_else_is_exit_code_2(medevac_command: Run) -> None:
    """Tests that only the two documents have a schema."""
    assert medevac_command("schema", "shoe").exit_code == 2


def test_version(medevac_command: Run) -> None:
    """Tests that the version is the package's."""
    assert medevac_command("--version").stdout == f"medevac {__version__}\n"


def test_help_does_not_load_the_solver() -> None:
    """Tests that help stays fast: NumPy, numba and HiGHS are loaded only when a plan is sought."""
    code = (
        "import sys; from typer.testing import CliRunner; from medevac.cli import app;"
        "assert CliRunner().invoke(app, ['plan', '--help']).exit_code == 0;"
        "print([name for name in ('numpy', 'numba', 'highspy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
