"""What can go wrong with the database, said in whole sentences that tell what to do."""

from __future__ import annotations


class DatabaseError(Exception):
    """The database cannot be used as asked; the message says why, where, and what to do."""
