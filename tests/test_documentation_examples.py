"""Tests that every Python example of the pages runs as it is printed, one after another on each page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from cli.stub_planner import tiny_document
from medevac.cli import app
from tables.facilities.facility_lists import facilities, runways

ROOT = Path(__file__).parents[1]
EXAMPLE = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FENCED = re.compile(r"^```\n(.*?)^```$", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"^medevac (?P<words>[^#\n]*)", re.MULTILINE)
HOW_TO = ROOT / "docs" / "how-to" / "plan-from-python.md"


def examples(page: Path) -> list[str]:
    """The Python examples of a page."""
    return EXAMPLE.findall(page.read_text(encoding="utf-8"))


EVERY_PAGE = (ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md")))
PAGES = [page for page in EVERY_PAGE if examples(page)]


def run(command: str) -> None:
    """Run a command that succeeds."""
    result = CliRunner().invoke(app, command.split())
    assert result.exit_code == 0, result.output


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that examples read: a problem, a plan, hospitals of a published list."""
    monkeypatch.chdir(tmp_path)
    Path("week.json").write_text(json.dumps(tiny_document()), encoding="utf-8")
    Path("healthcare.csv").write_bytes(facilities())
    Path("airports.csv").write_bytes(runways())
    run("plan week.json --output . --quiet")
    run("plan week.json --output week --quiet")
    run("convert week.json week.xlsx")
    run("import-hospitals healthcare.csv --runways airports.csv --output hospitals.json --quiet")
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_examples_of_a_page_run(page: Path, folder: Path) -> None:
    """Tests that none raises; names of an earlier example are known to the later ones, as to a reader."""
    names: dict[str, object] = {"__name__": "__main__"}
    for example in examples(page):
        exec(compile(example, str(page), "exec"), names)


def test_ten_lines_make_a_plan(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Tests that the first example has ten lines, prints what came out, and writes a plan that holds."""
    first = examples(HOW_TO)[0]
    assert len([line for line in first.splitlines() if line.strip()]) == 10
    exec(compile(first, str(HOW_TO), "exec"), {})
    assert capsys.readouterr().out.startswith("optimal ")
    result = CliRunner().invoke(app, ["check", "week.json", "plan.json"])
    assert result.exit_code == 0, result.output


def test_the_commands_of_the_pages_exist() -> None:
    """Tests that each command line of a page names a command and options that there are."""
    known = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    told = [one for page in EVERY_PAGE for one in FENCED.findall(page.read_text(encoding="utf-8"))]
    lines = [found["words"].split() for one in told for found in COMMAND.finditer(one)]
    assert len(lines) > 20
    for name, *words in lines:
        if name.startswith("-"):
            continue
        assert name in known
        command = known[name]
        while words and words[0] in getattr(command, "commands", {}):  # such as `directory import`
            command = command.commands[words.pop(0)]
        options = {option for one in command.params for option in one.opts}
        assert [word for word in words if word.startswith("-") and word not in options] == [], (name, words)
