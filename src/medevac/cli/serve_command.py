"""`medevac serve`, `worker` and `migrate`: the web service, with a database of its own unless told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from medevac.cli.database_options import DataFolder, opened
from medevac.cli.screen import errors, fail, line

if TYPE_CHECKING:
    from medevac.cli.service.processes import Program

LARGEST_PORT = 65535


def serve(
    data: DataFolder = None,
    host: Annotated[str, typer.Option("--host", help="The address to answer on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=LARGEST_PORT, help="0 takes any free port.")
    ] = 8000,
    web: Annotated[int, typer.Option("--web", min=1, max=64, help="How many web processes.")] = 1,
    workers: Annotated[int, typer.Option("--workers", min=0, max=64, help="How many workers.")] = 1,
) -> None:
    """Run the web service and its worker until Ctrl-C; what dies is started again."""
    from medevac.cli.service import programs

    with opened(data) as addresses:
        variables = programs.environment(addresses)
        programs.provide_document_keys(addresses, variables)
        _refuse_unready(variables)
        try:
            taken = programs.listening(host, port)
        except OSError as error:
            fail(
                f"{host}, port {port}: cannot be listened on ({error.strerror}). Choose another with --port."
            )
        with taken, programs.counted_together(variables, web):
            line(errors(), f"The service answers at http://{_place(taken.getsockname())}/. Ctrl-C ends it.")
            _keep(
                [programs.web(number, variables, taken) for number in range(1, web + 1)]
                + [programs.worker(number, variables) for number in range(1, workers + 1)]
            )


def worker(
    data: DataFolder = None,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="How many workers.")] = 1,
) -> None:
    """Run workers alone until Ctrl-C, such as on a second machine."""
    from medevac.cli.service import programs

    with opened(data) as addresses:
        variables = programs.environment(addresses)
        programs.provide_document_keys(addresses, variables)
        _refuse_unready(variables)
        _keep([programs.worker(number, variables) for number in range(1, workers + 1)])


def migrate(data: DataFolder = None) -> None:
    """Bring the database up to this version, as the owner of its tables."""
    from medevac.cli.service import programs
    from medevac.database import connect
    from medevac.database.roles import prepare_database

    with opened(data) as addresses:
        with connect(addresses.for_owner("migrate")) as connection:
            prepare_database(connection, addresses.app_role)
        code = programs.run_django(
            ["migrate", "--no-input"], programs.owner_environment(addresses, "migrate")
        )
    raise typer.Exit(code)


def _refuse_unready(variables: dict[str, str]) -> None:
    """End before anything is started, where the settings have faults or migrations are missing."""
    from medevac.cli.service import programs

    if programs.run_django(["migrate", "--check"], variables):
        fail(
            "The service is not started. Mend what is said above; for missing migrations run `medevac "
            "migrate`."
        )


def _keep(kept: list[Program]) -> None:
    from medevac.cli.service.processes import Processes

    console = errors()
    Processes(kept, lambda sentence: line(console, sentence)).run()
    line(console, "Stopped.")


def _place(name: tuple[str, int]) -> str:
    host, port = name[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
