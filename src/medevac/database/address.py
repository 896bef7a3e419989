"""Addresses of databases, as `DATABASE_URL` writes them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote


def make_url(role: str, database: str, socket_folder: Path) -> str:
    """The address of a database over a socket."""
    return f"postgresql://{quote(role)}@/{quote(database)}?host={quote(str(socket_folder))}"
