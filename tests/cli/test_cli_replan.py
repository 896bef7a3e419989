"""Tests of `medevac replan`, `standby`, `advise` and `compare`, with the real planner on a tiny problem."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from oracle.checker import check

Run = Callable[..., Any]


@pytest.fixture
def planned(problem_file: Path, tmp_path: Path, medevac_command: Run) -> Path:
    """A folder with the tiny problem and its best plan: two of three patients fly."""
    result = medevac_command("plan", problem_file, "--output", tmp_path / "old", "--quiet")
    assert result.exit_code == 0, result.output
    return tmp_path / "old"


def pair(folder: Path) -> tuple[Path, Path]:
    """The files of a folder."""
    return folder / "problem.json", folder / "plan.json"


def read(folder: Path) -> tuple[Any, Any]:
    """Their documents; the checker of the tests finds nothing wrong."""
    problem, plan = (path.read_bytes() for path in pair(folder))
    assert check(json.loads(problem), json.loads(plan), problem_bytes=problem) == []
    return json.loads(problem), json.loads(plan)


def placed(folder: Path) -> list[str]:
    """Who is placed."""
    return [one["patient"] for one in read(folder)[1]["placements"]]


def test_replan_writes_a_pair_that_holds(planned: Path, tmp_path: Path, medevac_command: Run) -> None:
    """Tests a withdrawal: the waiting patient joins, nobody else is touched, and this is said."""
    gone, stays = placed(planned)
    out = tmp_path / "new"
    result = medevac_command("replan", *pair(planned), "--without", gone, "--output", out)
    assert result.exit_code == 0, result.output
    assert stays in placed(out)
    assert len(placed(out)) == 2
    assert "0 other patients touched (proven the fewest)." in result.stdout
    assert "Who takes what is free (1)" in result.stdout
    assert medevac_command("check", *pair(out)).exit_code == 0
    assert max(len(row.rstrip()) for row in result.stdout.split("Written:")[0].splitlines()) <= 80


def test_replan_says_who_is_touched_and_why(planned: Path, tmp_path: Path, medevac_command: Run) -> None:
    """Tests a closed airport: the number, the patient, and the reason."""
    result = medevac_command(
        "replan",
        *pair(planned),
        "--close",
        "EDDH",
        "--hold",
        placed(planned)[0],
        "--output",
        tmp_path / "new",
    )
    assert result.exit_code == 0, result.output
    assert "touched" in result.stdout
    assert "keeps the place" in result.stdout


def test_replan_with_a_clock_an_addition_and_a_layout(
    planned: Path, tmp_path: Path, medevac_command: Run
) -> None:
    """Tests the other options together, before the flight leaves."""
    addition = tmp_path / "more.json"
    patient = {
        "id": "UA-26-0009",
        "hub": "EPRZ",
        "ready": "2026-01-12",
        "priority": 1,
        "position": "seat",
        "needs": ["burns"],
        "max_transit_minutes": 840,
        "x-name": "Марія",
    }
    addition.write_text(json.dumps({"format": "medevac-problem/1", "patients": [patient]}), encoding="utf-8")
    layout = read(planned)[1]["flights"][0]["layout"]
    result = medevac_command(
        *("replan", *pair(planned), "--add", addition, "--layout", f"F1={layout}"),
        *("--now", "2026-01-13T00:00Z", "--output", tmp_path / "new", "--quiet"),
    )
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    problem, _ = read(tmp_path / "new")
    assert problem["patients"][-1]["x-name"] == "Марія"
    assert len(problem["fixed_flights"]) == 1


def test_replan_in_mid_air_names_landings_and_asks(
    planned: Path, tmp_path: Path, medevac_command: Run
) -> None:
    """Tests that who is bound for a closed airport is on board without a landing, and who could be asked."""
    flight = read(planned)[1]["flights"][0]
    first = flight["legs"][1]
    result = medevac_command(
        *("replan", *pair(planned), "--close", first["to"], "--now", first["departs"]),
        *("--output", tmp_path / "new"),
    )
    assert result.exit_code == 0, result.output
    told = " ".join(result.stdout.split())
    assert "is on board without a landing" in told
    assert (
        "Where those on board can leave instead" in told or "no other hospital of this problem fits" in told
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--without", "UA-26-0099"), 'without[0]: expected a patient of the problem, got "UA-26-0099"'),
        (("--close", "XXXX"), "close[0]: expected an airport of the problem"),
        (("--layout", "F9=standard"), "layouts.F9: expected a flight of the plan"),
        (("--layout", "F1"), "expected FLIGHT=LAYOUT"),
        (("--now", "noon"), "expected an instant YYYY-MM-DDTHH:MMZ"),
        (("--add", "missing.json"), "no such file"),
    ],
)
def test_bad_changes_are_exit_code_2_and_write_nothing(
    words: tuple[str, str], told: str, planned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    medevac_command: Run,
) -> None:  # fmt: skip
    """Tests names that are unknown, and options that cannot be read."""
    monkeypatch.setenv("COLUMNS", "200")
    result = medevac_command("replan", *pair(planned), *words, "--output", tmp_path / "new")
    assert result.exit_code == 2, result.output
    assert told in result.stderr
    assert not (tmp_path / "new").exists()


def test_a_bad_addition_is_told_with_its_file(planned: Path, tmp_path: Path, medevac_command: Run) -> None:
    """Tests that faults of the added file name it and its own paths."""
    addition = tmp_path / "more.json"
    addition.write_text('{"format": "medevac-problem/1", "patients": [{"id": "UA-26-0001"}]}', "utf-8")
    result = medevac_command("replan", *pair(planned), "--add", addition, "--output", tmp_path / "new")
    assert result.exit_code == 2
    assert "more.json: 1 fault" in result.stderr
    assert "patients[0]: expected a new entry" in result.stderr


def test_an_infeasible_change_is_exit_code_3(
    problem_file: Path, tmp_path: Path, medevac_command: Run
) -> None:
    """Tests that who is fixed to a hospital that cannot be reached makes it infeasible, which is written."""
    document = json.loads(problem_file.read_bytes())
    document["fixed"] = [{"patient": "UA-26-0001", "hospital": "NO-OUS"}]
    problem_file.write_text(json.dumps(document), encoding="utf-8")
    medevac_command("plan", problem_file, "--output", tmp_path / "old", "--quiet")
    result = medevac_command(
        "replan", *pair(tmp_path / "old"), "--close", "ENGM", "--output", tmp_path / "new"
    )
    assert result.exit_code == 3, result.output
    assert read(tmp_path / "new")[1]["status"] == "infeasible"


def test_standby_lists_and_writes(planned: Path, tmp_path: Path, medevac_command: Run) -> None:
    """Tests the lists, what blocks, and the plan with `standby`."""
    result = medevac_command("standby", *pair(planned), "--blocked", "--output", tmp_path / "s")
    assert result.exit_code == 0, result.output
    assert "F1 · a freed seat" in result.stdout
    assert "lacks burns places (0 left, 1 needed)" in " ".join(result.stdout.split())
    assert "Once one of these has" in result.stdout
    assert "F1" in read(tmp_path / "s")[1]["standby"]
    assert medevac_command("check", *pair(tmp_path / "s")).exit_code == 0


def test_standby_after_the_hub(planned: Path, medevac_command: Run) -> None:
    """Tests that --now is heard, and that a wrong one is refused."""
    result = medevac_command("standby", *pair(planned), "--now", "2026-01-15T00:00Z", "--blocked")
    assert "was not on board when" in result.stdout
    assert medevac_command("standby", *pair(planned), "--now", "soon").exit_code == 2


def test_advise_names_the_most_helpful_change(planned: Path, medevac_command: Run) -> None:
    """Tests that a place is what the third patient lacks, with its figure."""
    result = medevac_command("advise", *pair(planned), "--per-kind", "2")
    assert result.exit_code == 0, result.output
    assert "Most helpful: One more burns place at" in result.stdout
    assert "s of 120 · solving 1 of 7, One more burns place" in result.stderr


def test_pins_are_written(problem_file: Path, tmp_path: Path, medevac_command: Run) -> None:
    """Tests that the plan says what the fixed patient costs."""
    document = json.loads(problem_file.read_bytes())
    document["fixed"] = [{"patient": "UA-26-0001", "hospital": "NO-OUS"}]
    problem_file.write_text(json.dumps(document), encoding="utf-8")
    medevac_command("plan", problem_file, "--output", tmp_path / "old", "--quiet")
    result = medevac_command("advise", *pair(tmp_path / "old"), "--pins", "--output", tmp_path / "p")
    assert result.exit_code == 0, result.output
    assert [one["patient"] for one in read(tmp_path / "p")[1]["pins"]] == ["UA-26-0001"]
    assert "What fixed patients cost" in result.stdout


def test_advice_on_nothing_is_refused(planned: Path, tmp_path: Path, medevac_command: Run) -> None:
    """Tests that an infeasible plan is exit code 2."""
    plan = json.loads((planned / "plan.json").read_bytes())
    plan |= {"status": "infeasible", "flights": [], "placements": [], "score": None, "terms": None}
    plan |= {"bound": None, "unplaced": []}
    (tmp_path / "none.json").write_text(json.dumps(plan), encoding="utf-8")
    result = medevac_command("advise", planned / "problem.json", tmp_path / "none.json")
    assert result.exit_code == 2
    assert "infeasible" in result.stderr


def test_compare_uses_the_problem_beside_each_plan(
    planned: Path, tmp_path: Path, medevac_command: Run
) -> None:
    """Tests that a changed plan, whose problem lists other patients, stands beside the old one."""
    gone = placed(planned)[0]
    medevac_command("replan", *pair(planned), "--without", gone, "--output", tmp_path / "new", "--quiet")
    result = medevac_command("compare", *pair(planned), tmp_path / "new" / "plan.json")
    assert result.exit_code == 0, result.output
    assert "not listed" in result.stdout
    assert "old" in result.stdout.splitlines()[0]
    assert "new" in result.stdout.splitlines()[0]
    for words in ("score", "placed, priority 1", "drops", "aboard, mean", "Who differs"):
        assert words in result.stdout
    again = medevac_command("compare", *pair(planned), planned / "plan.json")
    assert "The plans agree on every patient." in again.stdout


def test_compare_wants_two_to_five_plans(planned: Path, medevac_command: Run) -> None:
    """Tests one plan, and a file that is none."""
    assert medevac_command("compare", *pair(planned)).exit_code == 2
    problem, plan = pair(planned)
    assert medevac_command("compare", problem, plan, problem).exit_code == 2


def test_every_command_has_help() -> None:
    """Tests that each says what it does."""
    from medevac.cli import app

    for name in ("replan", "standby", "advise", "compare"):
        result = CliRunner().invoke(app, [name, "--help"])
        assert result.exit_code == 0
        assert "Exit codes" in result.output
