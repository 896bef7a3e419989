"""Forgets a person: personal values go from rows, history and texts, keys are destroyed, a tombstone stays.

One transaction, as the owner of the tables. The dry run is the same deed, rolled back, so that its figures
are those of the deed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import JSONField, Q
from pghistory.models import Event

from medevac.audit.context import Acting, acting, because
from medevac.audit.history import recordings
from medevac.operations.forgetting import (
    FORGOTTEN,
    Destroyed,
    Emptied,
    Kind,
    Person,
    Removed,
    person_kinds,
    texts,
    traces_of,
)
from medevac.operations.models import Tombstone
from medevac.operations.policy import FORGET
from medevac.operations.rules import SHORTEST_REASON
from medevac.operations.services.legal_holds import thing_must_stay
from medevac.people.models import User
from medevac.people.policy import may

SHORTEST_VALUE = 4  # shorter ones stand in words that have nothing to do with the person


class CannotForgetError(Exception):
    """Nothing was forgotten; the sentence says what was expected and what to do."""


def forget(person: Person, *, asked_by: User, agreed_by: User, reason: str, do: bool) -> Tombstone:
    """Forget a person, or try it and take it all back.

    Parameters
    ----------
    person
        Whom.
    asked_by, agreed_by
        Two people, each with the right to have this person forgotten.
    reason
        Why, without naming the person.
    do
        False for the dry run.

    Returns
    -------
    The tombstone, whose counts say what went; after a dry run it is not kept.

    Raises
    ------
    CannotForgetError
        Where something is in the way.
    """
    with transaction.atomic(), acting(Acting(kind="service", page="command:forget")):
        _refuse_without_owner()
        kind = _kind(person)
        _refuse_wrong_people(person, kind, asked_by, agreed_by)
        values = kind.values(person.pk)
        why = _reason(reason, values)
        _refuse_unready(person, kind)
        with because(f"{why} (asked by {asked_by.pk}, agreed by {agreed_by.pk})"):
            counts = _remove(person)
            counts.update(_empty_texts(values))
        tombstone: Tombstone = Tombstone.unscoped.create(
            kind=person.kind,
            thing=person.pk,
            asked_by=asked_by.pk,
            agreed_by=agreed_by.pk,
            reason=why,
            counts=dict(sorted((name, count) for name, count in counts.items() if count)),
        )
        if not do:
            transaction.set_rollback(True)
    return tombstone


def _refuse_without_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('audit_look', 'UPDATE'), session_user")
        may_change, role = cursor.fetchone()
    if not may_change:
        raise CannotForgetError(
            f"Expected the owner of the tables, got {role}, who cannot change history. "
            "Set DATABASE_OWNER_URL."
        )


def _kind(person: Person) -> Kind:
    kind = person_kinds().get(person.kind)
    if kind is None:
        known = ", ".join(sorted(person_kinds()))
        raise CannotForgetError(f'Expected a kind of person ({known}), got "{person.kind}".')
    return kind


def _refuse_wrong_people(person: Person, kind: Kind, asked_by: User, agreed_by: User) -> None:
    if asked_by.pk == agreed_by.pk:
        raise CannotForgetError("Expected two different people, got the same one twice.")
    row = kind.model._base_manager.filter(pk=person.pk).select_for_update().first()
    if row is None:
        raise CannotForgetError(f"Expected somebody with the number {person.pk}, got nobody.")
    for which, user in (("--asked-by", asked_by), ("--agreed-by", agreed_by)):
        if user.pk == person.pk:
            raise CannotForgetError(f"{which}: expected somebody else than the person to be forgotten.")
        if not may(user, FORGET, row):
            raise CannotForgetError(
                f'{which}: expected somebody with the right "{FORGET}" over this person, which none of the '
                "roles of the one named includes. Administrators and auditors of the person's mission "
                "have it."
            )


def _reason(reason: str, values: Iterable[str]) -> str:
    text = reason.strip()
    if len(text) < SHORTEST_REASON:
        raise CannotForgetError(
            f"--reason: expected at least {SHORTEST_REASON} letters in words, got {len(text)}."
        )
    if any(value.lower() in text.lower() for value in values if len(value) >= SHORTEST_VALUE):
        raise CannotForgetError(
            "--reason: expected words that do not name the person, since the reason is kept. "
            "Say why, not whom."
        )
    return text


def _refuse_unready(person: Person, kind: Kind) -> None:
    if sentence := kind.refusal(person.pk):
        raise CannotForgetError(sentence)
    if thing_must_stay(person.kind, person.pk):
        raise CannotForgetError("A legal hold keeps this person's data. Lift it first, with a reason.")


def _remove(person: Person) -> Counter[str]:
    counts: Counter[str] = Counter()
    # All rooms first: what the person is known by goes with the first deed.
    for trace in list(traces_of(person)):
        if isinstance(trace, Destroyed):
            counts[trace.what] += trace.count
            continue
        history, keys = _keys_of(trace)
        rows = trace.model._base_manager.filter(Q(pk__in=keys) if _whole(trace) else trace.rows)
        name = trace.model._meta.db_table
        if isinstance(trace, Removed):
            counts[name] += rows._raw_delete(rows.db) or 0  # None where no key is left to ask for
        else:
            counts[name] += rows.update(**trace.values)
        if history is not None:
            # After the row: what the triggers have just written is history as well.
            counts[history._meta.db_table] += _rewrite_history(history, keys, trace)
    return counts


def _keys_of(trace: Emptied | Removed) -> tuple[type[Any] | None, list[Any]]:
    """The history table, and the keys of rows that meet the condition or once did."""
    keys = set(trace.model._base_manager.filter(trace.rows).values_list("pk", flat=True))
    recording = recordings().get(trace.model._meta.label_lower)
    if recording is None:
        return None, list(keys)
    keys |= set(recording.events.objects.filter(trace.rows).values_list("pgh_obj_id", flat=True))
    return recording.events, list(keys)


def _whole(trace: Emptied | Removed) -> bool:
    return isinstance(trace, Removed) or not trace.lines_alone


def _rewrite_history(history: type[Any], keys: list[Any], trace: Emptied | Removed) -> int:
    lines = history.objects.filter(Q(pgh_obj_id__in=keys) if _whole(trace) else trace.rows)
    if isinstance(trace, Removed):
        return int(lines._raw_delete(lines.db) or 0)
    kept = {field.name for field in history._meta.fields}
    return int(lines.update(**{name: value for name, value in trace.values.items() if name in kept}))


def _empty_texts(values: Iterable[str]) -> Counter[str]:
    """Replace what the person is known by wherever others have written freely, in rows and in history."""
    counts: Counter[str] = Counter()
    known = sorted((value for value in values if len(value) >= SHORTEST_VALUE), key=len, reverse=True)
    fields = list(texts())
    for model, field in texts():
        recording = recordings().get(model._meta.label_lower)
        if recording is not None and field not in recording.secret:
            fields.append((recording.events, field))
    contexts = [(model, "pgh_context") for model in apps.get_models() if issubclass(model, Event)]
    for value in known:
        for model, field in fields:
            counts[model._meta.db_table] += _replace(model, field, value)
        for model, field in contexts:
            counts[model._meta.db_table] += _replace(model, field, value)
    return counts


def _replace(model: type[Any], name: str, value: str) -> int:
    field = model._meta.get_field(name)
    quote = connection.ops.quote_name
    table, column = quote(model._meta.db_table), quote(field.column)
    changed = f"replace({column}::text, %s, %s)"
    if isinstance(field, JSONField):
        changed = f"{changed}::jsonb"
    elif field.max_length:
        changed = f"left({changed}, {int(field.max_length)})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {column} = {changed} WHERE position(%s IN {column}::text) > 0",
            [value, FORGOTTEN, value],
        )
        return int(cursor.rowcount)
