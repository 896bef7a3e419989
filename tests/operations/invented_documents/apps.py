"""The invented room as an application. Its table is made by the test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from django.apps import AppConfig
from django.db import connection, transaction

FOLDER_VARIABLE = "INVENTED_KEYS"


class InventedDocumentsConfig(AppConfig):
    """Wrapped keys in a table, and a copy of each in a folder outside the database."""

    name = "invented_documents"
    default = True

    def ready(self) -> None:
        """Destroy a person's keys when the person is forgotten."""
        from medevac.operations.forgetting import Destroyed, Person, register_traces

        @register_traces("people.user")
        def keys(person: Person) -> Iterator[Destroyed]:
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM invented_key WHERE person = %s RETURNING number", [person.pk])
                numbers = [number for (number,) in cursor.fetchall()]
            # What cannot be taken back waits for the commit, which a dry run never has.
            transaction.on_commit(lambda: _delete_files(numbers))
            yield Destroyed("keys of documents", len(numbers))


def _delete_files(numbers: list[int]) -> None:
    for number in numbers:
        (Path(os.environ[FOLDER_VARIABLE]) / f"{number}.key").unlink()
