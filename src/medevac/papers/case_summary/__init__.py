"""The summary of one case on one page: for the crew, the ramp and the ward, in five languages, made by typst.

It fits one A4 page whatever the data: a text that is too long is cut, and says so. What is not known is said
to be not known. Values reach typst as JSON and are never read as markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

from medevac.papers.case_summary.content import CaseFacts, ClinicalFacts, PersonFacts, content_of
from medevac.papers.languages import MANIFEST_LANGUAGES, words_for
from medevac.papers.manifest.glyphs import Printer
from medevac.papers.one_page import printed

SUMMARY_LANGUAGES = MANIFEST_LANGUAGES


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
    template = (files("medevac.papers.case_summary") / "summary.typ").read_bytes()
    pdf = printed(template, content, made.link, made.when)
    return CaseSummary(pdf, printer.warnings())


__all__ = [
    "SUMMARY_LANGUAGES",
    "CaseFacts",
    "CaseSummary",
    "ClinicalFacts",
    "PersonFacts",
    "Print",
    "make_case_summary",
]
