"""Tests of workbooks on the command line: `template`, `convert`, and every command that takes a problem."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from openpyxl import load_workbook

from medevac.cli import app
from medevac.planner import read_problem

Run = Callable[..., Any]


@pytest.fixture
def workbook(problem_file: Path, tmp_path: Path, medevac_command: Run) -> Path:
    """The tiny problem as a workbook."""
    path = tmp_path / "week.xlsx"
    assert medevac_command("convert", problem_file, path, "--language", "nb").exit_code == 0
    return path


@pytest.mark.parametrize("language", ["en", "nb", "uk"])
def test_template_writes_a_workbook(tmp_path: Path, medevac_command: Run, language: str) -> None:
    """Tests each language, and that the next step is told."""
    path = tmp_path / "new" / "week.xlsx"
    result = medevac_command("template", path, "--language", language)
    assert result.exit_code == 0
    assert path.read_bytes().startswith(b"PK")
    assert result.stdout == f"Written: {path}\n"
    assert f"medevac plan {path} --output DIR" in result.stderr


def test_the_example_can_be_converted_at_once(tmp_path: Path, medevac_command: Run) -> None:
    """Tests that a filled template is a sound problem."""
    book, document = tmp_path / "week.xlsx", tmp_path / "week.json"
    assert medevac_command("template", book, "--example", "-l", "uk").exit_code == 0
    assert medevac_command("convert", book, document).exit_code == 0
    assert read_problem(document).problem.patients


def test_nothing_is_overwritten_unless_asked(tmp_path: Path, medevac_command: Run) -> None:
    """Tests that a filled workbook is not lost to a second `template`."""
    path = tmp_path / "week.xlsx"
    path.write_bytes(b"hours of work")
    result = medevac_command("template", path)
    assert result.exit_code == 2
    assert "Add --overwrite to replace it." in result.stderr
    assert path.read_bytes() == b"hours of work"
    assert medevac_command("template", path, "--overwrite").exit_code == 0
    assert path.read_bytes().startswith(b"PK")


@pytest.mark.usefixtures("solver")
def test_plan_takes_a_workbook(workbook: Path, tmp_path: Path, medevac_command: Run) -> None:
    """Tests that problem.json holds the workbook's problem, and that the plan names its checksum."""
    out = tmp_path / "out"
    result = medevac_command("plan", workbook, "--output", out)
    assert result.exit_code == 0, result.output
    raw = (out / "problem.json").read_bytes()
    assert (
        json.loads((out / "plan.json").read_bytes())["problem"]["sha256"] == hashlib.sha256(raw).hexdigest()
    )
    assert json.loads(raw)["format"] == "medevac-problem/1"


OTHERS = {
    "check": (),
    "page": ("--output", "page.html"),
    "manifest": ("--output", "papers", "--with-proposals"),
    "replan": ("--without", "UA-26-0001", "--output", "changed"),
    "standby": ("--output", "listed"),
    "advise": ("--per-kind", 1, "--seconds", 1, "--output", "advised", "--language", "uk"),
    "compare": ("out/plan.json",),
}


@pytest.mark.parametrize("name", OTHERS)
def test_every_command_with_a_problem_takes_a_workbook(
    name: str, workbook: Path, tmp_path: Path, medevac_command: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tests that the same workbook is the same problem: no warning about another checksum."""
    monkeypatch.chdir(tmp_path)
    medevac_command("plan", workbook, "--output", "out")
    result = medevac_command(name, workbook, "out/plan.json", *OTHERS[name])
    assert result.exit_code == 0, result.output
    assert "sha256" not in result.stderr
    for folder in ("changed", "listed", "advised"):
        if folder in OTHERS[name]:
            assert sorted(one.name for one in Path(folder).iterdir()) == [
                "plan.html",
                "plan.json",
                "problem.json",
            ]


def test_every_command_is_told_above() -> None:
    """Tests that a new command with a problem cannot be forgotten here."""
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    takers = {name for name, one in commands.items() if any(it.name == "problem" for it in one.params)}
    assert takers == {"plan", *OTHERS}


def test_convert_goes_both_ways(
    problem_file: Path, workbook: Path, tmp_path: Path, medevac_command: Run
) -> None:
    """Tests JSON to workbook to another language to JSON."""
    other, back = tmp_path / "other.xlsx", tmp_path / "back.json"
    assert medevac_command("convert", workbook, other, "-l", "uk").exit_code == 0
    assert medevac_command("convert", other, back).exit_code == 0
    assert read_problem(back).problem == read_problem(problem_file).problem


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("week.json", "week.txt", "expected a name that ends in .xlsx or .json"),
        ("week.json", "other.json", "expected a workbook to convert to JSON, got another file"),
        ("missing.xlsx", "other.json", "got no such file"),
        ("bad.json", "other.xlsx", "bad.json: 1 fault. Nothing was written."),
        ("text.xlsx", "other.json", "expected an Excel workbook (.xlsx), got something else"),
    ],
)
def test_what_cannot_be_converted_is_exit_code_2(
    problem_file: Path, tmp_path: Path, medevac_command: Run, source: str, target: str, words: str
) -> None:
    """Tests that a sentence says why, and that nothing is written."""
    (tmp_path / "bad.json").write_text("{}{}", encoding="utf-8")
    (tmp_path / "text.xlsx").write_text("id;hub", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    result = medevac_command("convert", tmp_path / source, tmp_path / target)
    assert result.exit_code == 2
    assert words in result.stderr
    assert sorted(tmp_path.iterdir()) == before
    assert problem_file.exists()


def test_faults_of_a_workbook_are_printed_with_their_cells(
    workbook: Path, tmp_path: Path, medevac_command: Run
) -> None:
    """Tests file, count, sheet, row and column, and that nothing is written."""
    book = load_workbook(workbook)
    book["Pasienter"]["E2"] = "haster"
    book["Pasienter"]["F2"] = "1,234"
    book.save(workbook)
    result = medevac_command("plan", workbook, "--output", tmp_path / "out")
    assert result.exit_code == 2
    assert f"{workbook}: 2 faults. Nothing was written." in result.stderr
    assert (
        'sheet "Pasienter", row 2, column E "Prioritet *": expected a number, got "haster".' in result.stderr
    )
    assert not (tmp_path / "out").exists()


def test_template_wants_the_name_of_a_workbook(tmp_path: Path, medevac_command: Run) -> None:
    """Tests that another ending is refused."""
    result = medevac_command("template", tmp_path / "week.xls")
    assert result.exit_code == 2
    assert "expected a name that ends in .xlsx" in result.stderr


def test_a_target_that_cannot_be_written(tmp_path: Path, medevac_command: Run) -> None:
    """Tests a folder that is a file."""
    (tmp_path / "file").touch()
    result = medevac_command("template", tmp_path / "file" / "week.xlsx")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr
