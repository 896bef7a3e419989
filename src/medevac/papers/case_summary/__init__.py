"""The summary of one case on one page: for the crew, the ramp and the ward, in five languages, made by typst.

It fits one A4 page whatever the data: a text that is too long is cut, and says so. What is not known is said
to be not known. Values reach typst as JSON and are never read as markup.
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

from medevac.papers.case_summary.content import CaseFacts, ClinicalFacts, PersonFacts, content_of
from medevac.papers.languages import MANIFEST_LANGUAGES, words_for
from medevac.papers.manifest.glyphs import Printer

SUMMARY_LANGUAGES = MANIFEST_LANGUAGES
STANDARD: Literal["ua-1"] = "ua-1"  # PDF that a screen reader can read


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """One page as PDF, and sentences about what could not be printed."""

    pdf: bytes
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Print:
    """One print: its number, who printed it when, and the address of the case."""

    number: str
    who: str
    when: datetime
    link: str


def make_case_summary(
    case: CaseFacts,
    person: PersonFacts | None,
    clinical: ClinicalFacts | None,
    made: Print,
    *,
    language: str = "en",
) -> CaseSummary:
    """Make the page.

    Parameters
    ----------
    case
        Operational data.
    person
        Who it is; None prints the pseudonym only.
    clinical
        The clinical picture; None says that it is not open to whoever printed.
    made
        The number of the print, who and when, and the link that the QR code holds.
    language
        One of `SUMMARY_LANGUAGES`.

    Raises
    ------
    KeyError
        For another language.
    """
    if language not in SUMMARY_LANGUAGES:
        raise KeyError(f"Expected one of {', '.join(SUMMARY_LANGUAGES)}, got {language}.")
    printer = Printer()
    content = content_of(case, person, clinical, words_for(language), printer, made.when)
    words = words_for(language)
    when = made.when.strftime("%Y-%m-%d %H:%M")
    content["printed"] = words("summary.printed", number=made.number, who=printer(made.who)[:60], when=when)
    content["link"] = made.link
    pdf = typst.compile(
        (files("medevac.papers.case_summary") / "summary.typ").read_bytes(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"content": json.dumps(content, ensure_ascii=False), "code": _code(made.link)},
        pdf_standards=[STANDARD],
        timestamp=made.when.replace(microsecond=0),
    )
    return CaseSummary(bytes(pdf), printer.warnings())


def _code(link: str) -> str:
    """The QR code of a link as SVG; a quarter of it may be dirty."""
    out = BytesIO()
    segno.make(link, error="q", micro=False).save(out, kind="svg", scale=4, border=2, xmldecl=False)
    return out.getvalue().decode()


@cache
def _fonts() -> typst.Fonts:
    """Our own fonts and those that typst carries: a summary is the same everywhere."""
    folder = str(files("medevac.papers") / "fonts")
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])


__all__ = [
    "SUMMARY_LANGUAGES",
    "CaseFacts",
    "CaseSummary",
    "ClinicalFacts",
    "PersonFacts",
    "Print",
    "make_case_summary",
]
