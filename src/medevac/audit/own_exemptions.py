"""Rows of this room and of the libraries below it that have no history, and why."""

from __future__ import annotations

from medevac.audit.history import exempt


def exempt_what_needs_no_history() -> None:
    """Write down the reasons."""
    exempt("audit.*", "The record itself: rows are added by functions of the database and never change.")
    exempt("contenttypes.*", "Django's list of models, written by migrations alone.")
    exempt("auth.*", "Django's groups and permissions, which nothing asks: roles are memberships.")
    exempt("sessions.*", "A session is a browser's; signing in is in the history of the user (last login).")
    exempt(
        "pghistory.*",
        "The library's own table of contexts, which stays empty: contexts are in each history row.",
    )
    exempt("procrastinate.*", "Jobs are worked off and swept; what a job changes has its own history.")
