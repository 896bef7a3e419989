"""`medevac demo`: the service with invented people, on this machine; `--week` plans the example week."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from medevac.cli.database_options import DataFolder
from medevac.cli.plan_folder import PlanFolder

LARGEST_PORT = 65535


def demo(
    week: Annotated[
        bool, typer.Option("--week", help="Plan the planner's example week instead, and show the plan.")
    ] = False,
    output_folder: PlanFolder = Path("medevac-demo"),
    data: DataFolder = None,
    port: Annotated[
        int | None,
        typer.Option("--port", min=1, max=LARGEST_PORT, help="8000, or any free one.", show_default=False),
    ] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Open no browser.")] = False,
) -> None:
    """Show the whole service with invented people, at an address of this machine alone; Ctrl-C ends it."""
    if week:
        from medevac.cli.demo_week import plan_example_week

        plan_example_week(output_folder, open_it=not no_open)
        return
    from medevac.cli.demo_service import run_demonstration

    run_demonstration(data, port, open_it=not no_open)
