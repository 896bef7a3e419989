"""Tests that the benchmark of the planner measures what it says and writes it down. No figure is judged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from small_instance import small

import planner
from measure import measure
from record import Baseline, Point, Run, Session, here, read, write
from table import page, summary
from targets import TARGETS, verdict

RUN = Run(
    size="M", seed=1, cache="warm", limit=120.0, sha256="ab" * 32, patients=150, hospitals=120,
    flights_offered=8, import_seconds=0.2, call_seconds=120.5, compile_seconds=1.0, memory_mb=300.0,
    status="feasible", score=1000.0, bound=1050.0, placed=100, flights=8, method="any", faults=(),
    trail=(Point(1.0, None, 1200.0, "bounding"), Point(2.0, 1000.0, 1100.0, "improving"),
           Point(50.0, 1000.0, 1050.0, "tightening")),
    stages={"bounding": 1.0, "improving": 49.0},
    flight_by_flight=Baseline(800.0, 5.0, 0.001, ()), match_then_route=Baseline(500.0, 1.0, 0.01, ()),
)  # fmt: skip
SESSION = Session("the command", "2026-01-12", "abc1234", "2 cores", (RUN,))


def row(text: str, title: str, size: str) -> list[str]:
    """The cells of the first line of this size in the table with this title."""
    lines = text.split(f"## {title}\n")[1].split("\n## ")[0].splitlines()
    line = next(one for one in lines if one.startswith(f"| {size} |"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_a_small_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that a run holds score, bound, times, memory, both baselines and no broken rule."""
    small(monkeypatch, "W", 1)
    told: list[Point] = []
    run = measure(
        "W", 1, seconds=600, cache="warm", seconds_per_flight=None, baselines=True, tell=told.append
    )
    assert run.status == "optimal"
    assert run.faults == ()
    assert run.bound is not None
    assert run.score <= run.bound + 1e-6
    assert run.trail[:-1] == tuple(told)
    assert sum(run.stages.values()) == pytest.approx(run.call_seconds, abs=0.01)
    assert 0 <= run.compile_seconds <= run.call_seconds
    assert run.memory_mb > 0
    assert run.evaluate_ms is not None
    for one in (run.flight_by_flight, run.match_then_route):
        assert one is not None
        assert one.faults == ()
        assert one.score <= run.bound + 1e-6


def test_gaps_and_gains() -> None:
    """Tests gap (1050 - 1000) / 1000, when it was reached, and the gain 1000 / 800 - 1."""
    assert RUN.gap == pytest.approx(0.05)
    assert RUN.seconds_to_gap(0.06) == 50.0
    assert RUN.seconds_to_gap(0.02) is None
    assert RUN.gain(RUN.flight_by_flight) == pytest.approx(0.25)


def test_the_page_tells_what_was_measured() -> None:
    """Tests the cells of every table by hand."""
    text = page([SESSION])
    assert "2026-01-12, commit `abc1234`, 2 cores:\n  `the command`" in text
    assert row(text, "Plans", "M")[2:6] == ["1,000.00", "1,050.00", "5.000 %", "120.50"]
    assert row(text, "Plans", "M")[-1] == f"`{'ab' * 6}`"
    assert row(text, "Against the baselines", "M")[3:] == [
        "800.00", "5.0", "+25.00 %", "500.00 \\*", "1.0", "+100.00 %"
    ]  # fmt: skip
    assert "ended the search for at least one flight" in text
    assert row(text, "Start-up and first compilation", "M")[-2:] == ["119.50", "120.70"]
    assert row(text, "How time grows", "M")[4:8] == ["2.00", "1.00", "50.00", "–"]
    assert "No rule is broken." in text
    assert f"- M seed 1: `{'ab' * 32}`" in text
    assert "gain +25.00 %" in summary(RUN)


def test_broken_rules_are_not_hidden() -> None:
    """Tests that a fault of a plan or of a baseline stands on the page."""
    bad = replace(
        RUN, faults=("rule 5: too many",), match_then_route=Baseline(1.0, 1.0, 0.0, ("rule 8: torn",))
    )
    text = page([replace(SESSION, runs=(bad,))])
    assert "- M seed 1: rule 5: too many" in text
    assert "- M seed 1, match-then-route: rule 8: torn" in text
    assert "No rule is broken" not in text


@pytest.mark.parametrize(
    ("changes", "met"),
    [
        ({}, [True, True, False]),
        ({"bound": 1070.0}, [False, True, False]),
        ({"bound": None}, [False, True, False]),
        ({"bound": 1010.0}, [True, True, True]),
        ({"call_seconds": 130.0}, [False, True, False]),
        ({"score": 790.0, "bound": 800.0}, [True, False, True]),
        ({"flight_by_flight": None}, [True, False, False]),
    ],
)
def test_targets_of_m(changes: dict[str, Any], met: list[bool]) -> None:
    """Tests M's three targets: gap 6 % in 120 s, below no baseline, gap 2 %."""
    found = [verdict(target, [replace(RUN, **changes)]) for target in TARGETS]
    assert [one.met for one in found if one is not None] == met


def test_a_target_is_missed_when_one_seed_misses_it() -> None:
    """Tests that the verdict names the seed."""
    text = page([replace(SESSION, runs=(RUN, replace(RUN, seed=2, bound=1070.0)))])
    assert row(text, "Targets", "M")[3:] == ["**missed**", "widest gap 7.00 %, 2 seeds; missed on seed 2"]


def test_records_come_back(tmp_path: Path) -> None:
    """Tests that a session reads as it was written."""
    write(tmp_path / "records.json", SESSION)
    assert read(tmp_path / "records.json") == SESSION


def test_the_command_on_the_page_has_no_paths() -> None:
    """Tests that where somebody keeps files is not published."""
    shown = planner.shown_command(
        ["--sizes", "W", "--output", "/home/a", "--records=/home/b", "--seeds", "1"]
    )
    assert shown == "python3 -m uv run python benchmarks/planner.py --sizes W --seeds 1"


def test_w_runs_with_and_without_what_was_compiled() -> None:
    """Tests which runs are made, and that large sizes have seeds of their own."""
    made = planner.orders(planner.options_from(["--sizes", "W", "L", "--seeds", "1", "2"]))
    assert made == [
        ("W", 1, "warm"),
        ("W", 1, "empty"),
        ("W", 2, "warm"),
        ("W", 2, "empty"),
        ("L", 1, "warm"),
    ]


def test_the_page_is_written_and_rendered_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Tests the command with runs that cost nothing: runs and records give the same page."""
    monkeypatch.setattr(planner, "run", lambda order, *_: replace(RUN, seed=order.seed))
    records, written = tmp_path / "records.json", tmp_path / "page.md"
    arguments = ["--sizes", "M", "--seeds", "1", "2", "--records", str(records), "--output", str(written)]
    assert planner.main(arguments) == 0
    assert planner.main(["--render", str(records)]) == 0
    assert capsys.readouterr().out == written.read_text(encoding="utf-8") + "\n"
    assert "2 seeds" in written.read_text(encoding="utf-8")
    assert here()[0] in written.read_text(encoding="utf-8")


def test_a_failed_run_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Tests that a run without a record is an error and does not stop the others."""

    def fail(order: planner.Order, *_: object) -> Run:
        if order.seed == 1:
            raise planner.FailedError("M seed 1 failed:\nsome traceback")
        return replace(RUN, seed=order.seed)

    monkeypatch.setattr(planner, "run", fail)
    assert planner.main(["--sizes", "M", "--seeds", "1", "2"]) == 1
    assert "some traceback" in capsys.readouterr().err
