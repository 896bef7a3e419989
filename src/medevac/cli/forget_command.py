"""`medevac forget` and `medevac retention`: what only the owner of the tables may do."""

from __future__ import annotations

from typing import Annotated

import typer

from medevac.cli.database_options import DataFolder, opened

Do = Annotated[bool, typer.Option("--do", help="Do it; without this, it is only shown what would be done.")]


def forget(
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="The number of the person, a UUID.")],
    asked_by: Annotated[str, typer.Option("--asked-by", metavar="EMAIL", help="Who asks for it.")],
    agreed_by: Annotated[
        str, typer.Option("--agreed-by", metavar="EMAIL", help="Who agrees: somebody else.")
    ],
    reason: Annotated[str, typer.Option("--reason", help="Why, without naming the person.")],
    kind: Annotated[str, typer.Option("--kind", help="The kind of person.")] = "people.user",
    do: Do = False,
    data: DataFolder = None,
) -> None:
    """Forget a person: values go from rows, history and search, keys are destroyed, a tombstone stays."""
    words = [kind, number, f"--asked-by={asked_by}", f"--agreed-by={agreed_by}", f"--reason={reason}"]
    _run_as_owner("forget", ["forget_person", *words, *(["--do"] if do else [])], data)


def retention(do: Do = False, data: DataFolder = None) -> None:
    """Remove what somebody has decided to let go, in batches."""
    _run_as_owner("remove what was decided", ["carry_out_retention", *(["--do"] if do else [])], data)


def _run_as_owner(deed: str, words: list[str], data: DataFolder) -> None:
    from medevac.cli.service import programs

    with opened(data) as addresses:
        code = programs.run_django(words, programs.owner_environment(addresses, deed))
    raise typer.Exit(code)
