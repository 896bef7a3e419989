"""Tests that no text of the service is left in English, in any room, in any language."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract
from catalogues import (
    KEYWORDS,
    LANGUAGES,
    LIBRARY_FOLDERS,
    catalogue,
    compiled,
    filled,
    read,
    rooms,
    texts_of,
)
from django.utils import translation

ROOMS = [(folder, language) for folder in rooms() if len(texts_of(folder)) for language in LANGUAGES]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    """A text in all its forms of the plural."""
    return [text] if isinstance(text, str) else list(text)


@pytest.mark.parametrize(("folder", "language"), ROOMS, ids=[f"{f.name}-{language}" for f, language in ROOMS])
def test_every_text_is_translated(folder: Path, language: str) -> None:
    """Tests that each text has a translation with the same placeholders, and no translation is left over."""
    kept = read(catalogue(folder, language), language)
    wanted = {(message.id, message.context) for message in texts_of(folder) if message.id}
    missing = []
    for text, context in wanted:
        message = kept.get(text, context=context)
        if message is None or not filled(message.string) or message.fuzzy:
            missing.append(text)
            continue
        expected = set(PLACEHOLDER.findall(forms(text)[-1]))
        for form in forms(message.string):
            found = set(PLACEHOLDER.findall(form))
            assert found == expected or (isinstance(text, tuple) and found <= expected), (text, form)
    assert missing == [], "Fill them in, then run tools/catalogues.py."
    extra = {(m.id, m.context) for m in kept if m.id and "library" not in m.user_comments} - wanted
    assert extra == set(), "Run tools/catalogues.py."


@pytest.mark.parametrize(("folder", "language"), ROOMS, ids=[f"{f.name}-{language}" for f, language in ROOMS])
def test_compiled_catalogues_are_fresh(folder: Path, language: str) -> None:
    """Tests that the compiled catalogue, which the service reads, is made of the one that people read."""
    path = catalogue(folder, language)
    assert path.with_suffix(".mo").read_bytes() == compiled(read(path, language)), "Run tools/catalogues.py."


def library_texts() -> set[str]:
    """What the sign-in library says in forms and refusals; its templates are replaced by ours."""
    import allauth

    texts = set()
    for folder in LIBRARY_FOLDERS:
        for path in (Path(allauth.__file__).parent / folder).rglob("*.py"):
            if path.name in ("forms.py", "adapter.py", "fields.py"):
                for _, text, _, _ in extract("python", io.BytesIO(path.read_bytes()), KEYWORDS):
                    texts |= {text} if isinstance(text, str) else set()
    return texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_library_is_translated_too(language: str) -> None:
    """Tests that what the sign-in library says in its forms and refusals is not English."""
    with translation.override(language):
        english = {text for text in library_texts() if translation.gettext(text) == text}
    assert english == set()
