"""The mark of a database that `medevac demo` made: a comment on it, which no backup carries elsewhere."""

from __future__ import annotations

from typing import Any, Protocol

MARK = "medevac demonstration: everything in it is invented"


class Answers(Protocol):
    """A cursor or a connection that runs statements."""

    def execute(self, query: Any, params: Any = None) -> Any:
        """Run a statement."""


READ = (
    "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database"
    " WHERE datname = current_database()"
)
TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"


def is_demonstration(database: Answers) -> bool:
    """Whether the database bears the mark."""
    return bool(_first(database, READ) == MARK)


def is_empty(database: Answers) -> bool:
    """Whether the database has no table yet."""
    return bool(_first(database, TABLES) == 0)


def mark(database: Answers, name: str) -> None:
    """Mark an empty database as a demonstration; as the owner of the database."""
    quoted = name.replace('"', '""')
    database.execute(f"COMMENT ON DATABASE \"{quoted}\" IS '{MARK}'")


def _first(database: Answers, query: str) -> Any:
    answered = database.execute(query)
    return (answered or database).fetchone()[0]  # type: ignore[union-attr]
