"""The sheet on which a patient chooses between offers: in plain words, large, with boxes to tick; by typst.

Up to four offers stand on one A4 page across, more on further ones; the boxes and lines for the signature
stand once, on the last. It never names the patient: the name is written by hand. Values reach typst as JSON
and are never read as markup.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Literal

import segno
import typst

from medevac.papers.choice_sheet.content import OfferedPlace, SheetFacts, content_of
from medevac.papers.languages import PAGE_LANGUAGES, words_for
from medevac.papers.manifest.glyphs import Printer

SHEET_LANGUAGES = PAGE_LANGUAGES
STANDARD: Literal["ua-1"] = "ua-1"  # PDF that a screen reader can read


@dataclass(frozen=True, slots=True)
class ChoiceSheet:
    """The sheet as PDF, and sentences about what could not be printed."""

    pdf: bytes
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Print:
    """One print: its number, who printed it when, and where the choice is recorded."""

    number: str
    who: str
    when: datetime
    link: str


def make_choice_sheet(facts: SheetFacts, made: Print, *, language: str = "uk") -> ChoiceSheet:
    """Make the sheet.

    Parameters
    ----------
    facts
        The case by its pseudonym, and the offers in the order in which they are to stand.
    made
        The number of the print, who and when, and the link that the QR code holds.
    language
        One of `SHEET_LANGUAGES`.

    Raises
    ------
    KeyError
        For another language.
    ValueError
        Where there is no offer.
    """
    if language not in SHEET_LANGUAGES:
        raise KeyError(f"Expected one of {', '.join(SHEET_LANGUAGES)}, got {language}.")
    if not facts.offers:
        raise ValueError("Expected at least one offer, got none: there is nothing to choose.")
    printer, words = Printer(), words_for(language)
    content = content_of(facts, words, printer)
    when = made.when.strftime("%Y-%m-%d %H:%M")
    content["printed"] = words("choice.printed", number=made.number, who=printer(made.who)[:60], when=when)
    content["link"] = made.link
    pdf = typst.compile(
        (files("medevac.papers.choice_sheet") / "choice_sheet.typ").read_bytes(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"content": json.dumps(content, ensure_ascii=False), "code": _code(made.link)},
        pdf_standards=[STANDARD],
        timestamp=made.when.replace(microsecond=0),
    )
    return ChoiceSheet(bytes(pdf), printer.warnings())


def _code(link: str) -> str:
    """The QR code of a link as SVG; a quarter of it may be dirty."""
    out = BytesIO()
    segno.make(link, error="q", micro=False).save(out, kind="svg", scale=4, border=2, xmldecl=False)
    return out.getvalue().decode()


@cache
def _fonts() -> typst.Fonts:
    """Our own fonts and those that typst carries: a sheet is the same everywhere."""
    folder = str(files("medevac.papers") / "fonts")
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])


__all__ = ["SHEET_LANGUAGES", "ChoiceSheet", "OfferedPlace", "Print", "SheetFacts", "make_choice_sheet"]
