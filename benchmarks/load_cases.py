"""Loads many invented cases with their history into an empty database, by COPY.

With triggers the history would say that everything happened at the moment of loading. So they are switched
off in the transaction of the loading, which only the owner of the tables can do, and the history is written
as the triggers would have written it over the years: one row for each state that a case has had, and one
each for its person, clinical picture, steps, items and companions. All constraints hold meanwhile.

Into a database that has been migrated and has no organisations yet::

    DATABASE_URL=… python3 -m uv run python benchmarks/load_cases.py --cases 100000 --seed 1
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from case_rows import Rows, invent
from case_world import CaseWorld, build_world

CHUNK = 5_000  # cases whose rows are held in memory at once


def load(world: CaseWorld, count: int, *, seed: int = 1, now: datetime | None = None) -> dict[str, int]:
    """Load so many cases.

    Parameters
    ----------
    world
        Whose they are, as `build_world` has made it.
    count
        How many cases.
    seed, now
        As in `case_rows.invent`.

    Returns
    -------
    How many rows were written, by the name of the table.
    """
    from django.db import transaction
    from django.utils import timezone

    from medevac.cases.models import Case, CaseItem, CaseStep, Clinical, Companion, Person

    models = (Person, Case, Clinical, CaseStep, CaseItem, Companion)
    written: dict[str, int] = {}
    first_step = 1
    with transaction.atomic(), _without_triggers(models):
        for some in _chunks(invent(world, count, seed=seed, now=now or timezone.now())):
            first_step = _number_steps(some, first_step)
            _copy(written, Person, [one.person for one in some if one.person], _when_made)
            _copy_cases(written, some)
            filed = {one.case["id"]: one.case["created_at"] for one in some}
            _copy(written, Clinical, [one.clinical for one in some], _when_filed(filed))
            _copy(written, CaseStep, [row for one in some for row in one.steps], _when_taken)
            _copy(written, CaseItem, [row for one in some for row in one.items], _when_filed(filed))
            _copy(written, Companion, [row for one in some for row in one.companions], _when_filed(filed))
        _go_on_counting(CaseStep, first_step)
    _analyse(models)
    return written


@contextmanager
def _without_triggers(models: Iterable[type[Any]]) -> Iterator[None]:
    from django.db import connection

    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the tables cannot be altered again
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


def _chunks(rows: Iterator[Rows]) -> Iterator[list[Rows]]:
    some: list[Rows] = []
    for one in rows:
        some.append(one)
        if len(some) == CHUNK:
            yield some
            some = []
    if some:
        yield some


def _number_steps(some: list[Rows], first: int) -> int:
    for one in some:
        for step in one.steps:
            step["id"] = first
            first += 1
    return first


def _when_made(row: dict[str, Any]) -> datetime:
    moment: datetime = row["created_at"]
    return moment


def _when_taken(row: dict[str, Any]) -> datetime:
    moment: datetime = row["at"]
    return moment


def _when_filed(filed: dict[Any, datetime]) -> Any:
    return lambda row: filed[row["case_id"]]


def _copy(written: dict[str, int], model: type[Any], rows: list[dict[str, Any]], when: Any) -> None:
    """Rows, and one event of each."""
    _into(written, model, rows)
    _events(written, model, [("insert", when(row), row) for row in rows])


def _copy_cases(written: dict[str, int], some: list[Rows]) -> None:
    """Cases, and an event for each state that they have had."""
    from medevac.cases.models import Case

    _into(written, Case, [one.case for one in some])
    events = []
    for one in some:
        draft = one.case | {
            "state": "draft", "state_since": one.case["created_at"], "end_reason": "", "version": 1,
            "verified_at": None, "published_at": None, "ewrs_number": "", "priority_since": None,
            "due_at": None, "changed_at": one.case["created_at"],
        }  # fmt: skip
        events.append(("insert", one.case["created_at"], draft))
        for place, step in enumerate(one.steps, 2):
            moved = {"state": step["target"], "state_since": step["at"], "version": place}
            draft = draft | moved | {"end_reason": step["reason"], "changed_at": step["at"]}
            for action, name in (("verify", "verified_at"), ("publish", "published_at")):
                if step["action"] == action:
                    draft[name] = step["at"]
            if step["action"] == "verify":
                draft |= {name: one.case[name] for name in ("priority_since", "due_at")}
            if step["action"] == "publish":
                draft["ewrs_number"] = one.case["ewrs_number"]
            events.append(("update", step["at"], draft))
    _events(written, Case, events)


def _events(
    written: dict[str, int], model: type[Any], events: list[tuple[str, datetime, dict[str, Any]]]
) -> None:
    from medevac.audit.history import recordings

    recording = recordings()[model._meta.label_lower]
    key = model._meta.pk.attname
    rows = [
        row
        | {"pgh_created_at": at, "pgh_label": label, "pgh_obj_id": row[key]}
        | {"pgh_context": {"kind": "service"}}
        for label, at, row in events
    ]
    _into(written, recording.events, rows, leave_out=("pgh_id",))


def _into(
    written: dict[str, int], model: type[Any], rows: list[dict[str, Any]], *, leave_out: tuple[str, ...] = ()
) -> None:
    """COPY into the table of a model; a field that no row names has the model's default."""
    from django.db import connection

    if not rows:
        return
    fields = [field for field in model._meta.concrete_fields if field.attname not in leave_out]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    table = model._meta.db_table
    named = set().union(*rows)
    makers = [_maker(field, field.attname in named) for field in fields]
    connection.ensure_connection()
    with (
        connection.connection.cursor() as cursor,
        cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row([make(row) for make in makers])
    written[table] = written.get(table, 0) + len(rows)


def _maker(field: Any, named: bool) -> Callable[[dict[str, Any]], Any]:
    """What gives the value of one field of a row in the database's form."""
    from django.db import connection

    name, default = field.attname, field.get_db_prep_save(field.get_default(), connection)
    if not named:
        return lambda row: default
    if type(field).__name__ in ("JSONField", "EncryptedText"):  # the others' values are the database's own
        return lambda row: field.get_db_prep_save(row[name], connection)
    return lambda row: row.get(name, default)


def _go_on_counting(model: type[Any], number: int) -> None:
    """Let the next row that the application writes have the next number."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, false)", [model._meta.db_table, number]
        )


def _analyse(models: Iterable[type[Any]]) -> None:
    from django.db import connection

    from medevac.audit.history import recordings

    word = "ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE"
    tables = [model._meta.db_table for model in models]
    tables += [recordings()[model._meta.label_lower].events._meta.db_table for model in models]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'{word} "{table}"')


def main() -> None:
    """Read the options, load, and print what was written."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medevac.site.settings")
    import django

    django.setup()
    begin = time.perf_counter()
    written = load(build_world(), asked.cases, seed=asked.seed)
    for table, number in written.items():
        print(f"{number:>10,} {table}")
    history = sum(number for table, number in written.items() if table.endswith("event"))
    print(f"{history:>10,} rows of history in all; {time.perf_counter() - begin:.1f} s")


if __name__ == "__main__":
    main()
