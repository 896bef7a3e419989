"""The command line: `medevac template`, `plan`, `page`, `replan` and others. It decides nothing itself.

Exit codes: 0 a plan (or a plan that holds), 1 a checked plan breaks rules, 2 bad input or usage,
3 infeasible, 4 time ended without a plan or a proof, 130 aborted.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from medevac import __version__
from medevac.cli.advise_command import advise
from medevac.cli.backup_command import backup, restore
from medevac.cli.cases_command import cases
from medevac.cli.check_command import check
from medevac.cli.compare_command import compare
from medevac.cli.convert_command import convert
from medevac.cli.demo_command import demo
from medevac.cli.directory_command import directory
from medevac.cli.doctor_command import doctor
from medevac.cli.document_keys_command import document_keys
from medevac.cli.forget_command import forget, retention
from medevac.cli.found_command import found
from medevac.cli.identifier_keys_command import identifier_keys
from medevac.cli.import_command import import_hospitals
from medevac.cli.manifest_command import manifest
from medevac.cli.page_command import page
from medevac.cli.plan_command import plan
from medevac.cli.replan_command import replan
from medevac.cli.schema_command import schema
from medevac.cli.serve_command import migrate, serve, worker
from medevac.cli.standby_command import standby
from medevac.cli.template_command import template

app = typer.Typer(
    name="medevac",
    help="Plans cross-border medical evacuation: who flies when, with which aircraft, to which hospital.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(demo)
app.command()(template)
app.command()(convert)
app.command()(import_hospitals)
app.command()(plan)
app.command()(check)
app.command()(page)
app.command()(manifest)
app.command()(replan)
app.command()(standby)
app.command()(advise)
app.command()(compare)
app.command()(schema)
app.command()(migrate)
app.command()(found)
app.command()(serve)
app.command()(worker)
app.command()(doctor)
app.command()(backup)
app.command()(restore)
app.command()(document_keys)
app.command()(identifier_keys)
app.command()(retention)
app.command()(forget)
app.add_typer(directory)
app.add_typer(cases, name="cases")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"medevac {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Options that stand before a command."""


def main() -> None:
    """Start the command line. What a terminal's encoding cannot show is replaced, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app()
