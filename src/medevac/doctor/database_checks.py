"""Checks of the database: locale, trigrams, extensions, and the rights of the roles."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
from psycopg import sql

from medevac.database import EXTENSIONS, Addresses, connect
from medevac.doctor.finding import Finding
from medevac.doctor.registry import Check, Installation

_AppCheck = Callable[[psycopg.Connection, Addresses], Iterator[Finding]]


def _with_connection(check: _AppCheck) -> Check:
    """A check that asks the database as web and worker do; without a database there is nothing to ask."""

    def run(installation: Installation) -> Iterator[Finding]:
        if installation.addresses is None:
            return
        with connect(installation.addresses.app) as connection:
            yield from check(connection, installation.addresses)

    return run


def _server(connection: psycopg.Connection, addresses: Addresses) -> Iterator[Finding]:
    version = connection.info.server_version
    kind = f"the embedded server in {addresses.home}" if addresses.home else "a server of your own"
    yield Finding.well(f"PostgreSQL {version // 10_000}.{version % 10_000} answers: {kind}.")
    encoding = _one(connection, "SHOW server_encoding")
    if encoding != "UTF8":
        yield Finding.fault(
            f"The database's encoding is {encoding}, which cannot hold every name.",
            "Make a new database with ENCODING 'UTF8', and restore a backup into it.",
        )


def _locale(connection: psycopg.Connection, _: Addresses) -> Iterator[Finding]:
    row = connection.execute(
        "SELECT datcollate, datctype, datlocprovider, lower('ХАРКІВ') = 'харків'"
        " FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    assert row is not None
    collate, ctype, provider, lowers = row
    if lowers:
        yield Finding.well(f"The locale {ctype} knows Cyrillic letters.")
        return
    yield Finding.fault(
        f"The database's locale ({collate}, {ctype}, provider {provider}) does not know Cyrillic: "
        f"lower('ХАРКІВ') stays as it is, so names are not found.",
        "Make a new database with LOCALE 'C.UTF-8' LOCALE_PROVIDER libc TEMPLATE template0, and restore a "
        "backup into it.",
    )


def _trigrams(connection: psycopg.Connection, _: Addresses) -> Iterator[Finding]:
    known = {name for (name,) in connection.execute("SELECT extname FROM pg_extension")}
    missing = [name for name in EXTENSIONS if name not in known]
    if missing:
        yield Finding.fault(
            f"The database lacks the extensions {', '.join(missing)}.",
            "Run `medevac migrate`. If it may not make them, have an administrator run CREATE EXTENSION for "
            "each.",
        )
    if "pg_trgm" in missing:
        return
    if _one(connection, "SELECT cardinality(show_trgm('Харків'))"):
        yield Finding.well("Search by parts of a name (trigrams) works for Cyrillic.")
        return
    yield Finding.fault(
        "show_trgm('Харків') is empty: a search by parts of a name finds nothing that is written in "
        "Cyrillic.",
        "Make a new database with LOCALE 'C.UTF-8' LOCALE_PROVIDER libc TEMPLATE template0, and restore a "
        "backup into it.",
    )


def _roles(connection: psycopg.Connection, addresses: Addresses) -> Iterator[Finding]:
    role = addresses.app_role
    found = [*_powers(connection, role), *_possessions(connection, role), *_rights(connection, role)]
    yield from found or [Finding.well(f"The role {role} owns nothing and has no right beyond rows.")]


def _powers(connection: psycopg.Connection, role: str) -> Iterator[Finding]:
    row = connection.execute(
        "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication FROM pg_roles"
        " WHERE rolname = current_user"
    ).fetchone()
    assert row is not None
    names = ("SUPERUSER", "CREATEROLE", "CREATEDB", "BYPASSRLS", "REPLICATION")
    held = [name for name, has in zip(names, row, strict=True) if has]
    if held:
        taken = " ".join(f"NO{name}" for name in held)
        yield Finding.fault(
            f"The role {role} of web and worker has {', '.join(held)}, so it could change the record.",
            f"As an administrator, run ALTER ROLE {_name(connection, role)} {taken}.",
        )
    query = (
        "SELECT r.rolname FROM pg_roles r WHERE r.rolname <> current_user AND NOT r.rolsuper"
        " AND pg_has_role(current_user, r.oid, 'MEMBER')"
    )
    if "SUPERUSER" in held:
        return  # is a member of everything
    for (other,) in connection.execute(query).fetchall():
        yield Finding.fault(
            f"The role {role} of web and worker can become {other}.",
            f"As an administrator, run REVOKE {_name(connection, other)} FROM {_name(connection, role)}.",
        )


def _possessions(connection: psycopg.Connection, role: str) -> Iterator[Finding]:
    query = (
        "SELECT count(*) FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid"
        " JOIN pg_database b ON d.dbid IN (b.oid, 0) AND b.datname = current_database()"
        " WHERE d.refclassid = 'pg_authid'::regclass AND d.deptype = 'o' AND r.rolname = current_user"
    )
    owned = _one(connection, query)
    if owned:
        yield Finding.fault(
            f"The role {role} of web and worker owns {owned} objects of the database, which it could change "
            f"at will.",
            f"As an administrator, run REASSIGN OWNED BY {_name(connection, role)} TO the owner's role.",
        )


def _rights(connection: psycopg.Connection, role: str) -> Iterator[Finding]:
    asked = {
        "make tables": "SELECT bool_or(has_schema_privilege(oid, 'CREATE')) FROM pg_namespace",
        "make schemas": "SELECT has_database_privilege(current_database(), 'CREATE')",
        "empty tables or add triggers": (
            "SELECT bool_or(has_table_privilege(c.oid, 'TRUNCATE') OR has_table_privilege(c.oid, 'TRIGGER'))"
            " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
        ),
    }
    may = [deed for deed, query in asked.items() if _one(connection, query)]
    if may:
        yield Finding.fault(
            f"The role {role} of web and worker may {', and '.join(may)}.",
            "Run `medevac migrate`, which sets its rights. If this stays, the rights came from an "
            "administrator, who must revoke them.",
        )


def _owner(installation: Installation) -> Iterator[Finding]:
    addresses = installation.addresses
    if addresses is None or addresses.owner is None:
        return
    with connect(addresses.owner) as connection:
        owner = str(_one(connection, "SELECT current_user"))
        owns = _one(
            connection,
            "SELECT pg_has_role(current_user, datdba, 'USAGE') FROM pg_database WHERE datname = "
            "current_database()",
        )
    if owner == addresses.app_role:
        yield Finding.fault(
            f"Migrations and the service sign in as the same role {owner}.",
            "Make a second role that owns nothing for web and worker, and name it in DATABASE_URL.",
        )
    elif owns:
        yield Finding.well(f"Migrations run as {owner}, which owns the database.")
    else:
        yield Finding.fault(
            f"Migrations run as {owner}, which does not own the database.",
            "As an administrator, run ALTER DATABASE … OWNER TO that role, or name the owner in "
            "DATABASE_OWNER_URL.",
        )


def _one(connection: psycopg.Connection, query: str) -> object:
    row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def _name(connection: psycopg.Connection, role: str) -> str:
    return sql.Identifier(role).as_string(connection)


CHECKS: dict[str, Check] = {
    "database": _with_connection(_server),
    "locale": _with_connection(_locale),
    "trigrams": _with_connection(_trigrams),
    "roles": _with_connection(_roles),
    "owner": _owner,
}
