"""Tests that one thing has one word: what the glossary's column *not* names occurs nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GLOSSARY = ROOT / "docs" / "reference" / "glossary.md"
EXEMPT = {GLOSSARY, ROOT / "docs" / "reference" / "format.md"}  # the format's words are fixed
ROW = re.compile(r"^\| (?P<word>[^|]+?) \| [^|]+ \| (?P<avoided>[^|]*)\|$", re.MULTILINE)


def rows() -> dict[str, list[str]]:
    """Each word of the glossary and the words that must not stand for it."""
    found = {row["word"]: re.findall(r"`([^`]+)`", row["avoided"]) for row in ROW.finditer(read(GLOSSARY))}
    return {word: avoided for word, avoided in found.items() if word != "word"}


def read(path: Path) -> str:
    """The text of a file."""
    return path.read_text(encoding="utf-8")


def prose() -> Iterator[Path]:
    """Everything that a user or a newcomer reads: code, pages, and the files at the root."""
    for pattern in ("src/**/*.py", "docs/**/*.md", "*.md"):
        yield from (path for path in ROOT.glob(pattern) if path not in EXEMPT)


def pattern_of(words: list[str]) -> re.Pattern[str]:
    """Any of the words, whole, in singular or plural, also as a part of a name_with_underscores."""
    choices = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![a-z])(?:{choices})s?(?![a-z])", re.IGNORECASE)


def test_the_glossary_can_be_read() -> None:
    """Tests that the table has its rows, in alphabetical order, and that no word is also avoided."""
    found = rows()
    assert found["hand-over"] == ["handover"]
    assert list(found) == sorted(found)
    avoided = [word for words in found.values() for word in words]
    assert len(avoided) == len(set(avoided))
    assert not set(avoided) & set(found)


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("Two beds", "beds"),
        ("bed_count", "bed"),
        ("embedded", None),
        ("the Plane.", "Plane"),
        ("explanes", None),
    ],
)
def test_whole_words_are_found(text: str, hit: str | None) -> None:
    """Tests what counts as an occurrence."""
    match = pattern_of(["bed", "plane"]).search(text)
    assert (match and match.group()) == hit


def test_no_avoided_word_occurs() -> None:
    """Tests every page and every source file; a failure names file, line, and the word to use."""
    instead = {avoided: word for word, words in rows().items() for avoided in words}
    pattern = pattern_of(list(instead))
    faults = []
    for path in prose():
        for number, text in enumerate(read(path).splitlines(), start=1):
            for match in pattern.finditer(text):
                said = match.group().lower()
                word = instead.get(said) or instead[said.removesuffix("s")]
                faults.append(f"{path.relative_to(ROOT)}:{number}: {said!r}; write {word!r}")
    assert faults == []
