"""`medevac schema`: the JSON Schema of a document, for editors and other programs."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer


class DocumentKind(StrEnum):
    """The documents that have a schema."""

    PROBLEM = "problem"
    PLAN = "plan"


def schema(document: Annotated[DocumentKind, typer.Argument(help="Which document's schema.")]) -> None:
    """Print the JSON Schema of a problem or a plan."""
    from medevac.planner.schemas import schema as schema_of

    typer.echo(json.dumps(schema_of("problem" if document is DocumentKind.PROBLEM else "plan"), indent=2))
