"""Tests of Ctrl-C in a process of its own: once ends with the best plan, twice aborts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are sent as POSIX knows them")

# The planner answers when it is asked to stop, or never.
PROGRAM = """
import sys, time
import medevac.planner
from medevac.cli import main
from stub_planner import Told, tiny_plan

def solve(problem, *, sha256, progress, stop, **_):
    progress(Told(None, None, None, 0.0, "searching"))
    while not stop.wait(0.02):
        pass
    if {stubborn}:
        time.sleep(60)
    return tiny_plan(problem, sha256) if {has_plan} else None

medevac.planner.solve = solve
main()
"""


def start(folder: Path, problem: Path, *, stubborn: bool, has_plan: bool) -> subprocess.Popen[str]:
    """Start `medevac plan` and wait until it searches."""
    program = PROGRAM.format(stubborn=stubborn, has_plan=has_plan)
    process = subprocess.Popen(
        [sys.executable, "-c", program, "plan", str(problem), "--output", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent), "PYTHONUNBUFFERED": "1"},
    )
    read_until(process, "searching")
    return process


def read_until(process: subprocess.Popen[str], words: str) -> None:
    """Read what the process says on stderr until these words come."""
    assert process.stderr is not None
    for said in process.stderr:
        if words in said:
            return
    pytest.fail(f"{words!r} was never said")


def test_one_ctrl_c_ends_with_the_best_plan_so_far(problem_file: Path, tmp_path: Path) -> None:
    """Tests that the plan is written and the exit code is that of a plan."""
    process = start(tmp_path / "o", problem_file, stubborn=False, has_plan=True)
    process.send_signal(signal.SIGINT)
    out, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    assert "Ctrl-C again to abort" in said
    assert "Written:" in out
    assert (tmp_path / "o" / "plan.json").exists()


def test_ctrl_c_before_the_first_plan_is_exit_code_4(problem_file: Path, tmp_path: Path) -> None:
    """Tests that nothing is written when there is no plan yet."""
    process = start(tmp_path / "o", problem_file, stubborn=False, has_plan=False)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 4
    assert "The search was stopped before there was a plan" in said
    assert not (tmp_path / "o").exists()


def test_a_second_ctrl_c_aborts_at_once(problem_file: Path, tmp_path: Path) -> None:
    """Tests that a planner deep in its work cannot hold the user, who sees no traceback."""
    process = start(tmp_path / "o", problem_file, stubborn=True, has_plan=True)
    process.send_signal(signal.SIGINT)
    read_until(process, "Ctrl-C again")
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "Aborted. Nothing was written." in said
    assert "Traceback" not in said
    assert not (tmp_path / "o").exists()
