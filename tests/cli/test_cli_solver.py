"""Tests of the command line with the real planner: nothing is put in its place."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest

from oracle.checker import check

Run = Callable[..., Any]


def faults_of(folder: Path) -> list[str]:
    """What the second checker finds in the files of a folder."""
    raw = (folder / "problem.json").read_bytes()
    return check(json.loads(raw), json.loads((folder / "plan.json").read_bytes()), problem_bytes=raw)


def start(*words: object) -> subprocess.Popen[str]:
    """Start a command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", "from medevac.cli import main; main()", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )


def test_the_demo_s_plan_holds(tmp_path: Path, medevac_command: Run) -> None:
    """Tests the README's first command: files, tables, progress, and a plan that both checkers accept.

    Two aircraft fly, and the bound is at most 6 % above. The plan rests on all three kinds of word, and
    whoever is fixed to the jet is on board of it.
    """
    result = medevac_command("demo", "--week", "--output", tmp_path / "o")
    assert result.exit_code == 0, result.stderr
    for words in ("best score", "bound", "gap", " s · "):
        assert words in result.stderr
    for words in ("Plan for example week 3, 2026", "F1 · ", "leave", "Who stays, and why", "The plan: "):
        assert words in result.stdout
    for words in ("SAS-737", "JET", "seats 3 of 3", "chosen", "accepted", "proposal"):
        assert words in result.stdout
    plan = json.loads((tmp_path / "o" / "plan.json").read_bytes())
    assert plan["bound"] - plan["score"] <= 0.06 * plan["score"]
    jet = next(one["id"] for one in plan["flights"] if one["aircraft"] == "JET")
    assert [one["flight"] for one in plan["placements"] if one["patient"] == "UA-26-0001"] == [jet]
    assert faults_of(tmp_path / "o") == []
    judged = medevac_command("check", tmp_path / "o" / "problem.json", tmp_path / "o" / "plan.json")
    assert (judged.exit_code, judged.stderr) == (0, "")


def test_a_small_problem_is_proven(problem_file: Path, tmp_path: Path, medevac_command: Run) -> None:
    """Tests that the plan is optimal, and that the same seed gives the same flights and placements."""
    plans = []
    for name in ("one", "two"):
        result = medevac_command("plan", problem_file, "--output", tmp_path / name, "--seed", "3")
        assert result.exit_code == 0, result.stderr
        assert faults_of(tmp_path / name) == []
        plans.append(json.loads((tmp_path / name / "plan.json").read_bytes()))
    assert "proven optimal" in result.stdout
    assert plans[0]["status"] == "optimal"
    assert (plans[0]["flights"], plans[0]["placements"]) == (plans[1]["flights"], plans[1]["placements"])


def test_what_cannot_be_is_exit_code_3(problem_file: Path, tmp_path: Path, medevac_command: Run) -> None:
    """Tests that two patients fixed to one place are both named, with the rule and the numbers."""
    document = json.loads(problem_file.read_bytes())
    document["fixed"] = [{"patient": f"UA-26-000{n}", "hospital": "NO-OUS"} for n in (1, 2)]
    problem_file.write_text(json.dumps(document), encoding="utf-8")
    result = medevac_command("plan", problem_file, "--output", tmp_path / "o")
    assert result.exit_code == 3
    assert "Rule 7 hospital (UA-26-0001, UA-26-0002): NO-OUS has too few places of burns: 1" in result.stderr
    assert json.loads((tmp_path / "o" / "plan.json").read_bytes())["status"] == "infeasible"
    assert faults_of(tmp_path / "o") == []


@pytest.mark.parametrize(("words", "codes"), [("no plan yet", (0, 4)), ("best score", (0,))])
def test_ctrl_c_ends_the_search_with_the_best_plan_so_far(
    words: str, codes: tuple[int, ...], tmp_path: Path
) -> None:
    """Tests one Ctrl-C before and after the planner has its first plan for the example week."""
    with as_file(files("medevac.planner") / "example" / "week.json") as week:
        process = start("plan", week, "--output", tmp_path / "o")
        assert process.stderr is not None
        assert any(words in said for said in process.stderr)
        process.send_signal(signal.SIGINT)
        out, said = process.communicate(timeout=60)
    assert process.returncode in codes, said
    assert "Traceback" not in said
    if process.returncode == 4:
        assert not (tmp_path / "o").exists()
        return
    assert "Written:" in out
    assert faults_of(tmp_path / "o") == []
