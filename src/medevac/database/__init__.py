"""The database: an embedded PostgreSQL that starts and stops by itself, roles, addresses, backups.

The lowest room of the service. It knows nothing of Django and imports no other room of medevac::

    from pathlib import Path
    from medevac.database import APP, running

    with running(Path("/srv/medevac/data")) as server:
        print(server.url(APP))  # postgresql://medevac_app@/medevac?host=/srv/medevac/data/run

What is kept in the tables is not decided here; that is the work of the rooms above.
"""

from medevac.database.address import Addresses, connect, using_database
from medevac.database.errors import DatabaseError
from medevac.database.roles import APP, DATABASE, EXTENSIONS, OWNER, SUPERUSER
from medevac.database.server import Server, running

__all__ = [
    "APP",
    "DATABASE",
    "EXTENSIONS",
    "OWNER",
    "SUPERUSER",
    "Addresses",
    "DatabaseError",
    "Server",
    "connect",
    "running",
    "using_database",
]
