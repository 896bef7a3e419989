"""`medevac found`: the first organisation of an installation, and the invitation of its administrator."""

from __future__ import annotations

from typing import Annotated

import typer

from medevac.cli.database_options import DataFolder, opened


def found(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The first organisation, in its own language and script.")
    ],
    country: Annotated[str, typer.Option("--country", help="Its country, two letters such as NO.")],
    email: Annotated[str, typer.Option("--email", metavar="EMAIL", help="The first administrator.")],
    latin_name: Annotated[
        str, typer.Option("--latin-name", help="The name in Latin letters; made from the name if not given.")
    ] = "",
    language: Annotated[
        str, typer.Option("--language", help="The language of the invitation: en, nb or uk.")
    ] = "en",
    data: DataFolder = None,
) -> None:
    """Found the installation, once: make its first organisation and print the link for its administrator."""
    from medevac.cli.service import programs

    words = [f"--country={country}", f"--email={email}", f"--latin-name={latin_name}"]
    with opened(data) as addresses:
        code = programs.run_django(
            ["found_installation", *words, f"--language={language}", "--", name],
            programs.owner_environment(addresses, "found"),
        )
    raise typer.Exit(code)
