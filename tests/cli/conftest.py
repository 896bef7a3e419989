"""What the tests of the command line have in common."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from homes import new_home, stopped, until
from stub_planner import Solve, solve_tiny, tiny_document
from typer.testing import CliRunner

import medevac.planner
from medevac.cli import app


@pytest.fixture(scope="session")
def home_at_rest() -> Iterator[Path]:
    """A home whose database `medevac migrate` has made, for tests to copy."""
    from test_cli_service import command

    with new_home("at-rest") as home:
        done = command("migrate", "--data", home)
        assert done.returncode == 0, done.stderr
        until(lambda: stopped(home), "the database stops")
        yield home


@pytest.fixture
def problem_file(tmp_path: Path) -> Path:
    """The tiny problem in a file."""
    path = tmp_path / "week.json"
    path.write_text(json.dumps(tiny_document()), encoding="utf-8")
    return path


@pytest.fixture
def solver(monkeypatch: pytest.MonkeyPatch) -> Callable[[Solve], None]:
    """Puts another planner in place of the real one; the tiny one unless told otherwise."""

    def use(solve: Solve) -> None:
        monkeypatch.setattr(medevac.planner, "solve", solve, raising=False)

    use(solve_tiny)
    return use


@pytest.fixture
def medevac_command() -> Callable[..., Any]:
    """Runs a command as a user would, in this process; exceptions are not hidden."""

    def run(*words: object) -> Any:
        return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)

    return run
