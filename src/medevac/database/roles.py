"""The roles of the database and what each may do; and the extensions that every room may rely on.

`medevac_owner` owns the tables and runs migrations. Web and worker sign in as `medevac_app`, which owns
nothing: it reads and writes rows, and cannot change a table, switch off a trigger or become somebody else.
"""

from __future__ import annotations

from psycopg import Connection, sql

SUPERUSER = "postgres"
OWNER = "medevac_owner"
APP = "medevac_app"
DATABASE = "medevac"
EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent", "citext")

_PREPARING = 7_238_511  # an advisory lock, so that two who start at once do not make the same role


def make_roles(connection: Connection) -> None:
    """Make the two roles where they are missing; the connection is a superuser's, in autocommit."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [_PREPARING])
        known = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        for role in (OWNER, APP):
            if role not in known:
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE").format(
                        sql.Identifier(role)
                    )
                )


def make_database(connection: Connection, name: str) -> bool:
    """Make a database that the owner role owns, if it is missing; returns whether it was made."""
    connection.execute("SELECT pg_advisory_lock(%s)", [_PREPARING])  # a database is not made in a transaction
    try:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return False
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(
                sql.Identifier(name), sql.Identifier(OWNER)
            )
        )
    finally:
        connection.execute("SELECT pg_advisory_unlock(%s)", [_PREPARING])
    return True


def prepare_database(connection: Connection, app: str = APP) -> None:
    """Set up extensions and rights in one database, as its owner or a superuser; safe to repeat.

    Parameters
    ----------
    connection
        To the database itself, in autocommit.
    app
        The role that web and worker sign in as.
    """
    owner = _owner_of(connection)
    names = {
        "app": sql.Identifier(app),
        "owner": sql.Identifier(owner),
        "database": sql.Identifier(connection.info.dbname),
    }
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [_PREPARING])
        for extension in EXTENSIONS:
            connection.execute(
                sql.SQL("CREATE EXTENSION IF NOT EXISTS {} SCHEMA public").format(sql.Identifier(extension))
            )
        for statement in _RIGHTS:
            connection.execute(sql.SQL(statement).format(**names))


def rights_withdrawn(connection: Connection, app: str = APP) -> str:
    """The statements after which new tables come without any right for the application's role."""
    names = {"app": sql.Identifier(app), "owner": sql.Identifier(_owner_of(connection))}
    return "\n".join(sql.SQL(statement).format(**names).as_string(connection) for statement in _WITHDRAWN)


def _owner_of(connection: Connection) -> str:
    row = connection.execute(
        "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    assert row is not None
    return str(row[0])


# Nobody gets a right by being nobody in particular; the application's role gets rows, and what runs on them.
_RIGHTS = (
    "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
    "GRANT CONNECT ON DATABASE {database} TO {app}",
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    "GRANT ALL ON SCHEMA public TO {owner}",
    "GRANT USAGE ON SCHEMA public TO {app}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
    " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}",
)
_WITHDRAWN = (
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public REVOKE ALL ON TABLES FROM {app};",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public REVOKE ALL ON SEQUENCES FROM {app};",
)
