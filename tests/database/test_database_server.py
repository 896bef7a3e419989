"""Tests of the embedded server: it starts, is shared, comes back, and stops with its last holder."""

from __future__ import annotations

import psycopg

from medevac.database import APP, EXTENSIONS, OWNER, Server


def test_both_roles_can_sign_in(embedded_server: Server) -> None:
    """Tests that each is who it says, in the database of the service."""
    for role in (APP, OWNER):
        with psycopg.connect(embedded_server.url(role)) as connection:
            assert connection.execute("SELECT current_user, current_database()").fetchone() == (
                role,
                "medevac",
            )


def test_cyrillic_is_understood(embedded_server: Server) -> None:
    """Tests lower case and trigrams, which fail silently elsewhere, and that extensions are there."""
    with psycopg.connect(embedded_server.url(APP)) as connection:
        lower, trigrams = connection.execute("SELECT lower('ХАРКІВ'), show_trgm('Харків')").fetchone() or (
            "",
            [],
        )
        known = {name for (name,) in connection.execute("SELECT extname FROM pg_extension")}
    assert lower == "харків"
    assert len(trigrams) == 7  # two before, one after: "  х", " ха", "хар", "арк", "ркі", "ків", "ів "
    assert set(EXTENSIONS) <= known
