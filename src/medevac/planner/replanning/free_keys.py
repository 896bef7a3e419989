"""Keeps the free keys (`x-…`) of a document in another that was written from its meaning.

Names, oxygen and crews live in free keys: a problem that is written anew must not lose them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

IDENTITIES = (("id",), ("patient",), ("aircraft", "date"), ("airport",), ("report_from",))


def with_free_keys(written: Any, original: Any) -> Any:
    """The written value with every free key that the original has at the same place.

    Entries of lists are the same where their id, patient, aircraft and date, or airport is.
    """
    if isinstance(written, dict) and isinstance(original, Mapping):
        kept = {key: with_free_keys(value, original.get(key)) for key, value in written.items()}
        free = {key: value for key, value in original.items() if key.startswith("x-")}
        return {**kept, **{key: value for key, value in free.items() if key not in kept}}
    if isinstance(written, list) and isinstance(original, list):
        known = {_identity(one): one for one in original if _identity(one) is not None}
        return [with_free_keys(one, known.get(_identity(one))) for one in written]
    return written


def _identity(one: Any) -> tuple[str, ...] | None:
    if not isinstance(one, Mapping):
        return None
    for keys in IDENTITIES:
        if all(isinstance(one.get(key), str) for key in keys):
            return (*keys, *(one[key] for key in keys))
    return None
