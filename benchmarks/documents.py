"""Measures one large document on its way in and out: how long it takes, and how much memory.

Starts a database of its own, migrates it, uploads and opens one file of random bytes, and prints a table for
docs/explanation/documents.md::

    python3 -m uv run python benchmarks/documents.py --mib 200
"""

from __future__ import annotations

import argparse
import os
import resource
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from medevac.database import OWNER, running

MEBIBYTE = 1024 * 1024


def peak_mib() -> float:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(what: str, deed: Callable[[], Any], size: int) -> Any:
    """Do it and print a row: seconds, speed, and how the peak of memory grew."""
    before, begin = peak_mib(), time.perf_counter()
    result = deed()
    seconds = time.perf_counter() - begin
    print(f"| {what} | {seconds:.2f} s | {size / seconds:.0f} MiB/s | {peak_mib() - before:.1f} MiB |")
    return result


def measure(mib: int) -> None:
    """In and out, once."""
    from django.utils import timezone

    from medevac.audit.context import Acting, acting
    from medevac.documents import services
    from medevac.people.models import Membership, Organisation, User
    from medevac.people.organisation_kinds import Kind
    from medevac.people.roles import Role

    owner = Organisation.unscoped.create(name="H", latin_name="H", kind=Kind.SENDING_HOSPITAL, country="UA")
    user = User.objects.create_user("h@example.org", secrets.token_urlsafe(20), name="H", latin_name="H")
    began = timezone.now() - timedelta(minutes=1)
    Membership.unscoped.create(
        user=user,
        organisation=owner,
        role=Role.HOSPITAL_COORDINATOR,
        starts=began,
        review_due=began + timedelta(days=180),
    )
    description = services.Description("imaging", "Large", "uk")
    with tempfile.TemporaryFile() as file:
        file.write(b"%PDF-1.7\n")
        for _ in range(mib):
            file.write(os.urandom(MEBIBYTE))
        print(f"| {mib} MiB | time | speed | more memory at its peak |\n|---|---|---|---|")
        with acting(Acting(actor=user.pk)):
            document = timed("upload", lambda: services.upload(user, owner, file, description), mib)
            opened = services.open_document(user, document)
            timed("open", lambda: sum(map(len, opened.parts)), mib)


def main() -> None:
    """Start everything, measure, and take it away again."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mib", type=int, default=200)
    mib = parser.parse_args().mib
    home = Path(tempfile.mkdtemp(prefix="medevac-benchmark-", dir="/tmp"))
    home.rmdir()
    try:
        with running(home) as server:
            from medevac.documents.keyring import make_ring

            make_ring(home / "document-keys.json")
            server.make_database("measured")
            os.environ |= {
                "DJANGO_SETTINGS_MODULE": "medevac.site.settings",
                "DATABASE_URL": server.url(OWNER, "measured"),
                "MEDEVAC_SECRET_KEY": secrets.token_urlsafe(50),
                "MEDEVAC_IDENTIFIER_KEY": secrets.token_urlsafe(50),
                "MEDEVAC_DOCUMENT_KEYS_FILE": str(home / "document-keys.json"),
                "MEDEVAC_DOCUMENT_LARGEST_MIB": "1024",
            }
            import django
            from django.core.management import call_command

            django.setup()
            call_command("migrate", verbosity=0)
            measure(mib)
            from django.db import connections

            connections.close_all()
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
