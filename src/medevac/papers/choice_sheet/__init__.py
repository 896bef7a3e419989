"""The sheet on which a patient chooses between offers: in plain words, large, with boxes to tick; by typst.

Up to four offers stand on one A4 page across, more on further ones; the boxes and lines for the signature
stand once, on the last. It never names the patient: the name is written by hand. Values reach typst as JSON
and are never read as markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

from medevac.papers.choice_sheet.content import OfferedPlace, SheetFacts, content_of
from medevac.papers.languages import PAGE_LANGUAGES, words_for
from medevac.papers.manifest.glyphs import Printer
from medevac.papers.one_page import printed

SHEET_LANGUAGES = PAGE_LANGUAGES


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
    template = (files("medevac.papers.choice_sheet") / "choice_sheet.typ").read_bytes()
    pdf = printed(template, content, made.link, made.when)
    return ChoiceSheet(pdf, printer.warnings())


__all__ = ["SHEET_LANGUAGES", "ChoiceSheet", "OfferedPlace", "Print", "SheetFacts", "make_choice_sheet"]
