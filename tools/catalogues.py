"""Refreshes the catalogues of translations: finds the texts of a room, updates and compiles its catalogues.

Run it after a text has changed, fill in what is empty in
src/medevac/ROOM/locale/LANGUAGE/LC_MESSAGES/django.po, and run it again:

    python3 -m uv run python tools/catalogues.py

Needs no gettext programs. A test fails while a translation is missing or a .mo is older than its .po.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOMS_FOLDER = Path(__file__).resolve().parent.parent / "src" / "medevac"
LANGUAGES = ("nb", "uk")
MADE = datetime(2026, 1, 1, tzinfo=UTC)
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# Rules for the plural as Django's own catalogues have them, so that the two agree.
PLURALS = {
    "de": "nplurals=2; plural=(n != 1);",
    "pl": (
        "nplurals=4; plural=(n==1 ? 0 : (n%10>=2 && n%10<=4) && (n%100<12 || n%100>14) ? 1"
        " : n!=1 && (n%10>=0 && n%10<=1) || (n%10>=5 && n%10<=9) || (n%100>=12 && n%100<=14) ? 2 : 3);"
    ),
    "nb": "nplurals=2; plural=(n != 1);",
    "uk": (
        "nplurals=4; plural=(n % 1 == 0 && n % 10 == 1 && n % 100 != 11 ? 0 : n % 1 == 0 && n % 10 >= 2 "
        "&& n % 10 <= 4"
        " && (n % 100 < 12 || n % 100 > 14) ? 1 : n % 1 == 0 && (n % 10 ==0 || (n % 10 >=5 && n % 10 <=9)"
        " || (n % 100 >=11 && n % 100 <=14 )) ? 2: 3);"
    ),
}
# Pages of the shell that exist in more languages, and what stands around them.
SINGLE_PAGE_LANGUAGES = ("de", "pl")
SINGLE_PAGE_FILES = (
    "choices.py",
    "templates/site/about.html",
    "templates/site/base.html",
    "templates/site/footer.html",
    "templates/site/header.html",
    "templates/site/navigation.html",
    "templates/site/trail.html",
    "templates/django/forms/errors/list/ul.html",
    "templatetags/form_fields.py",
    # What an answer by signed link needs: its pages, its form, what the service refuses, and its letter.
    "../directory/specialties.py",
    "../offers/link_words.py",
    "../offers/why_not.py",
    "../offers/forms/answering.py",
    "../offers/services/answering.py",
    "../offers/templates/offers/answer_fields.html",
    "../offers/templates/offers/faults.html",
    "../offers/templates/offers/link.html",
    "../offers/templates/offers/link_answered.html",
    "../offers/templates/offers/link_frame.html",
    "../offers/templates/offers/link_over.html",
    "../offers/templates/offers/link_wait.html",
    "../directory/specialties.py",
    "../messages/outside.py",
    "../messages/channels/email.py",
)
# Texts of the sign-in library that its own catalogues leave in English; they stand in the shell's catalogue.
LIBRARY_FOLDERS = ("account", "mfa", "socialaccount")


def rooms() -> list[Path]:
    """The folders of rooms that speak to users of the web."""
    return sorted(path.parent for path in ROOMS_FOLDER.glob("*/apps.py"))


def texts_of(folder: Path) -> Catalog:
    """Every text of a room that is marked for translation, in Python and in templates."""
    return texts_in(sorted(folder.rglob("*")))


def texts_of_single_pages() -> Catalog:
    """Every text of the pages that exist in German and Polish, too."""
    return texts_in([ROOMS_FOLDER / "site" / name for name in SINGLE_PAGE_FILES])


def texts_in(paths: list[Path]) -> Catalog:
    """Every text of some files that is marked for translation."""
    found = Catalog()
    for path in paths:
        if path.suffix not in (".py", ".html", ".txt") or "locale" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        code = text if path.suffix == ".py" else templatize(text)
        for _, message, _, context in extract(
            "python", io.BytesIO(code.encode()), KEYWORDS, options={"encoding": "utf-8"}
        ):
            found.add(message, context=context)
    return found


def catalogue(folder: Path, language: str) -> Path:
    """Where the translations of a room into a language are kept."""
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str) -> Catalog:
    """The translations that are kept there, none where there is no file yet."""
    if not path.exists():
        return empty(language)
    with path.open("rb") as opened:
        return read_po(opened, locale=language)


def empty(language: str) -> Catalog:
    """A catalogue without texts, with the plural's rule that Django has for the language."""
    made = Catalog(locale=language, charset="utf-8")
    made.mime_headers = [("Plural-Forms", PLURALS[language])]
    return made


def refresh(folder: Path, language: str) -> int:
    """Bring one catalogue up to date, and compile it.

    Returns
    -------
    How many texts have no translation yet.
    """
    path = catalogue(folder, language)
    kept = read(path, language)
    wanted = texts_of_single_pages() if language in SINGLE_PAGE_LANGUAGES else texts_of(folder)
    if folder.name == "site" and language in LANGUAGES:
        wanted = with_library(wanted, kept)
    if not len(wanted):
        return 0
    fresh = empty(language)
    for message in wanted:
        if message.id:
            known = kept.get(message.id, context=message.context)
            comments = known.user_comments if known else []
            fresh.add(
                message.id, known.string if known else None, context=message.context, user_comments=comments
            )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_with_head(fresh, language))
    written = read(path, language)
    path.with_suffix(".mo").write_bytes(compiled(written))
    return sum(1 for message in written if message.id and not filled(message.string))


def compiled(kept: Catalog) -> bytes:
    """The form that the service reads, without the dates of its making, so that only texts make it differ."""
    kept.creation_date = kept.revision_date = MADE
    written = io.BytesIO()
    write_mo(written, kept)
    return written.getvalue()


def with_library(wanted: Catalog, kept: Catalog) -> Catalog:
    """Add the library's texts that were added to the shell's catalogue by hand."""
    for message in kept:
        if message.id and "library" in message.user_comments:
            wanted.add(message.id, context=message.context)
    return wanted


def filled(string: str | tuple[str, ...] | list[str] | None) -> bool:
    """Whether a translation is there, in every form of the plural."""
    return bool(string) and (isinstance(string, str) or all(string))


def _with_head(fresh: Catalog, language: str) -> bytes:
    """The catalogue as a file without dates and names, so that only texts make it differ."""
    body = io.BytesIO()
    write_po(body, fresh, omit_header=True, no_location=True, sort_output=True, width=0)
    head = (
        f"# Translations of this room into {language}; refreshed by tools/catalogues.py.\n"
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {PLURALS[language]}\\n"\n\n'
    )
    return head.encode() + body.getvalue()


def main() -> None:
    """Refresh every catalogue and say what is missing."""
    for folder in rooms():
        for language in LANGUAGES:
            missing = refresh(folder, language)
            print(f"{folder.name} {language}: {missing} without translation")
    for language in SINGLE_PAGE_LANGUAGES:
        missing = refresh(ROOMS_FOLDER / "site", language)
        print(f"site {language}, single pages: {missing} without translation")


if __name__ == "__main__":
    main()
