"""Draws a plan as it looks on a terminal: docs/images/plan.svg, in the tutorial.

Run `medevac demo --week`, then `python benchmarks/terminal_picture.py medevac-demo`.
"""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path

from rich.console import Console
from rich.text import Text

from medevac.cli.tables import print_plan
from medevac.planner.reading import read_plan, read_problem

PICTURE = Path(__file__).parents[1] / "docs" / "images" / "plan.svg"
FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
ROWS = 42  # what a reader sees without scrolling


def draw(folder: Path) -> str:
    """The picture of the plan in a folder, cut below the first screen. It loads no fonts from elsewhere."""
    problem = read_problem(folder / "problem.json").problem
    plan = read_plan(folder / "plan.json", problem)
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        whole = Console(file=nowhere, record=True, width=80, highlight=False, force_terminal=True)
        print_plan(whole, problem, plan)
        first = Console(file=nowhere, record=True, width=80, highlight=False, force_terminal=True)
        for row in whole.export_text(styles=True).splitlines()[:ROWS]:
            first.print(Text.from_ansi(row))
    svg = first.export_svg(title="medevac demo --week", unique_id="plan")
    return FONTS.sub("", svg).replace("Fira Code, ", "")


def main() -> None:
    """Write the picture."""
    parser = argparse.ArgumentParser(description="Draw the README's picture.")
    parser.add_argument("folder", type=Path, help="the folder with problem.json and plan.json")
    PICTURE.write_text(draw(parser.parse_args().folder), encoding="utf-8")
    print(PICTURE)


if __name__ == "__main__":
    main()
