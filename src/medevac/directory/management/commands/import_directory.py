"""`medevac directory import`: shows what a file would do to the directory, and does it in somebody's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from medevac.audit.context import Acting, acting
from medevac.directory import services
from medevac.directory.hospital_entries import read_airports
from medevac.directory.models import HospitalImport
from medevac.directory.services.airports import airports_missing
from medevac.directory.services.hospitals import keepers_for
from medevac.people.models import Organisation, User
from medevac.people.policy import NotAllowedError
from medevac.people.refusals import RefusedError
from medevac.planner import Fault

MOST_SHOWN = 100  # faults, and single lines
PAGE = "medevac directory import"
WORDS = {"add": "added", "change": "changed", "same": "as they are"}


class Command(BaseCommand):
    """Imports a file, or shows what that would do."""

    help = "Import hospitals or airports from a file."
    requires_system_checks: list[str] = []  # noqa: RUF012  # the library's own way to say none

    def add_arguments(self, parser: CommandParser) -> None:
        """The words of the command line."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="address", required=True)
        parser.add_argument("--keeper")
        parser.add_argument("--airports", action="store_true")
        parser.add_argument("--do", action="store_true")
        parser.add_argument("--quiet", action="store_true")

    def handle(self, *args: Any, **given: Any) -> None:
        """Read the file, tell every fault or what is new, and do it where that was asked."""
        user = _user(given["address"])
        try:
            data = given["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{given['file']}: expected a file that can be read: {error}.") from None
        work = self._airports if given["airports"] else self._hospitals
        try:
            with acting(Acting(kind="user", actor=user.pk, page=PAGE)), transaction.atomic():
                work(user, data, given)
                if not given["do"]:
                    transaction.set_rollback(True)
        except RefusedError as refusal:
            raise CommandError(str(refusal.sentence)) from None
        except NotAllowedError:
            raise CommandError(
                f"--as: expected somebody whose role includes this, got {given['address']}. "
                "Nothing was written."
            ) from None
        if not given["do"]:
            self.stdout.write("Nothing was changed: this was the dry run. With --do it is done.")

    def _hospitals(self, user: User, data: bytes, given: dict[str, Any]) -> None:
        keeper = _keeper(user, given["keeper"])
        trial = services.try_import(user, keeper, given["file"].name, data)
        self._refuse(given["file"], [Fault(**fault) for fault in trial.faults])
        deeds = services.deeds_of(trial)
        if not given["quiet"]:
            new = [f"{one.entry.code}: {'; '.join(one.news) or 'new'}" for one in deeds if one.word != "same"]
            self._lines(new)
        if given["do"]:
            self._apply(user, trial, quiet=given["quiet"])
        counts = Counter(deed.word for deed in deeds)
        told = ", ".join(f"{counts[word]:,} {WORDS[word]}" for word in WORDS)
        self.stdout.write(f"Hospitals of {keeper.latin_name}: {told}.")

    def _apply(self, user: User, trial: HospitalImport, *, quiet: bool) -> None:
        with _bar(quiet=quiet) as progress:
            services.apply_import(user, trial, progress)

    def _airports(self, user: User, data: bytes, given: dict[str, Any]) -> None:
        codes, faults = read_airports(data)
        self._refuse(given["file"], faults)
        if not codes:
            raise CommandError(f"{given['file']}: expected airports, got none. Choose a file that has some.")
        missing = airports_missing(codes)
        # In the dry run, too: who may not do it is told so, and what is written is taken back.
        services.add_airports(user, missing)
        if not given["quiet"]:
            self._lines([f"{code}: new" for code in missing])
        self.stdout.write(
            f"Airports: {len(missing):,} added, {len(set(codes)) - len(missing):,} as they are."
        )

    def _refuse(self, file: Path, faults: Sequence[Fault]) -> None:
        if not faults:
            return
        lines = [f"  {fault}" for fault in faults[:MOST_SHOWN]]
        if len(faults) > MOST_SHOWN:
            lines.append(f"  … and {len(faults) - MOST_SHOWN:,} more.")
        total = f"{len(faults):,} fault{'' if len(faults) == 1 else 's'}"
        raise CommandError("\n".join([f"{file}: {total}. Nothing was written.", *map(_printable, lines)]))

    def _lines(self, lines: Sequence[str]) -> None:
        for text in lines[:MOST_SHOWN]:
            self.stdout.write(_printable(text))
        if len(lines) > MOST_SHOWN:
            self.stdout.write(f"… and {len(lines) - MOST_SHOWN:,} more.")


def _user(address: str) -> User:
    user = User.objects.filter(email=address.strip().lower(), is_active=True).first()
    if user is None:
        raise CommandError("--as: expected the e-mail address of an active user, got another.")
    return user


def _keeper(user: User, wanted: str | None) -> Organisation:
    """The organisation that is named, or the only one that the user may choose."""
    choices = keepers_for(user)
    names = ", ".join(one.latin_name for one in choices[:20]) or "none"
    if wanted is None and len(choices) == 1:
        return choices[0]
    found = [one for one in choices if wanted is not None and _is_called(one, wanted)]
    if len(found) != 1:
        raise CommandError(f"--keeper: expected one of those that {user.email} may choose: {names}.")
    return found[0]


def _is_called(organisation: Organisation, wanted: str) -> bool:
    try:
        return organisation.pk == UUID(wanted)
    except ValueError:
        return wanted.strip().casefold() in (organisation.latin_name.casefold(), organisation.name.casefold())


def _printable(text: str) -> str:
    """What comes from a file must not steer the terminal."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


@contextmanager
def _bar(*, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on a terminal, a line in a file."""
    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    if quiet or not console.is_terminal:
        if not quiet:
            console.print("Writing hospitals …")
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Writing hospitals", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
