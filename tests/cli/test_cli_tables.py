"""Tests of how a plan is printed where many patients stay for the same cause."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console
from stub_planner import tiny_document, tiny_plan

from medevac.cli.tables import print_plan
from medevac.planner.plan import Unplaced
from medevac.planner.reading import read_problem


def printed(names: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> str:
    """A plan in which these stay, as it is printed, in one line."""
    document: dict[str, Any] = tiny_document()
    document["patients"] = [{**document["patients"][0], "id": name} for name in names]
    problem = read_problem(document).problem
    stays = tuple(Unplaced(name, "worse-score", f"No flight brings {name} in time.") for name in names)
    plan = replace(
        tiny_plan(read_problem(tiny_document()).problem, ""), flights=(), placements=(), unplaced=stays
    )
    print_plan(Console(width=80), problem, plan)
    return " ".join(capsys.readouterr().out.split())


def test_the_same_explanation_is_printed_once(capsys: pytest.CaptureFixture[str]) -> None:
    """Tests that three who stay for the same cause have one sentence, and that all are named."""
    text = printed(("A1", "A2", "A3"), capsys)
    assert text.count("No flight brings") == 1
    assert "The same is true of 2 others: A2 P1, A3 P1." in text
    assert "worse-score · 3 patients" in text


def test_two_have_a_sentence_each(capsys: pytest.CaptureFixture[str]) -> None:
    """Tests that what is told once saves reading."""
    assert printed(("A1", "A2"), capsys).count("No flight brings") == 2
