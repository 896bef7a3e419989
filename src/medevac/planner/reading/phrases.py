"""How places and values of a document are put into words in a fault."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from difflib import get_close_matches
from typing import Any

_PLAIN_KEY = re.compile(r"[\w-]+")
_LONGEST_QUOTE = 60  # characters
_MOST_CANDIDATES = 500  # difflib compares one by one; beyond this only the case is looked at

MISSING = object()
"""Stands for a key that is not there."""


def child(path: str, key: str) -> str:
    """The path of a key of an object: `airports.EDDF`, or `airports["a b"]` where it must be quoted."""
    if not _PLAIN_KEY.fullmatch(key):
        return f"{path}[{_quote(key)}]"
    return f"{path}.{key}" if path else key


def item(path: str, index: int) -> str:
    """The path of an entry of a list, counted from 0: `patients[3]`."""
    return f"{path}[{index}]"


def show(value: Any) -> str:
    """A value in a few words, whatever it is."""
    if value is MISSING:
        return "nothing"
    if isinstance(value, dict):
        return "an object" if value else "an empty object"
    if isinstance(value, list):
        return f"a list of {len(value)}" if value else "an empty list"
    if isinstance(value, str):
        return _quote(value)
    return _shorten(json.dumps(value))


def nearest(word: str, words: Collection[str]) -> str:
    """A question that names the most similar known word, or nothing."""
    alike = [known for known in words if known.casefold() == word.strip().casefold()]
    if not alike and len(words) <= _MOST_CANDIDATES and len(word) <= _LONGEST_QUOTE:
        alike = get_close_matches(word, words, n=1)
    return f"Did you mean {_quote(alike[0])}? " if alike else ""


def listed(words: Collection[str]) -> str:
    """Words in a row, the first twenty of them."""
    shown = ", ".join(_quote(word) for word in list(words)[:20])
    return f"{shown}, …" if len(words) > 20 else shown


def _quote(text: str) -> str:
    """Quoted as in JSON, shortened, and safe to print even where the text is no valid Unicode."""
    quoted = json.dumps(_shorten(text), ensure_ascii=False)
    return quoted.encode("utf-8", "backslashreplace").decode("utf-8")


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
