"""`medevac cases import`: a workbook of cases in the name of a user, tried or written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from medevac.audit.context import Acting, acting
from medevac.cases.services.filing import filers_for
from medevac.cases.services.importing import apply_import, try_import
from medevac.cases.services.trials import Trial
from medevac.directory.selectors.missions import running_missions
from medevac.people.models import User
from medevac.people.policy import NotAllowedError
from medevac.people.refusals import RefusedError


class Command(BaseCommand):
    """Reads a workbook of cases; with --dry-run, says only what it would do."""

    help = "Import a workbook of cases."
    requires_system_checks: list[str] = []  # noqa: RUF012  # the library's own way to say none

    def add_arguments(self, parser: CommandParser) -> None:
        """The words of the command line."""
        parser.add_argument("file")
        parser.add_argument("--as", dest="email", required=True)
        parser.add_argument("--mission", default="")
        parser.add_argument("--organisation", default="")
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, **given: Any) -> None:
        """Try it, tell, and write it unless it is a dry run."""
        user = User.objects.filter(email__iexact=given["email"], is_active=True).first()
        if user is None:
            raise CommandError(f"Expected the e-mail address of an active user, got {given['email']}.")
        try:
            data = Path(given["file"]).read_bytes()
        except OSError as error:
            raise CommandError(
                f"{given['file']}: expected a file that can be read, got: {error.strerror}."
            ) from error
        mission = _only("mission", {one.code: one for one in running_missions(user)}, given["mission"])
        filers = {one.latin_name: one for one in filers_for(user)}
        requester = _only("organisation", filers, given["organisation"])
        with acting(Acting(actor=user.pk, page="medevac cases import")):
            try:
                with transaction.atomic():
                    kept, trial = try_import(user, requester, mission, Path(given["file"]).name, data)
                    self._tell(given["file"], trial)
                    if given["dry_run"]:
                        transaction.set_rollback(True)
                        self.stdout.write("Nothing was changed. Without --dry-run it is written.")
                        return
                    apply_import(user, kept)
            except (RefusedError, NotAllowedError) as refusal:
                raise CommandError(str(refusal)) from refusal
        self.stdout.write("Written.")

    def _tell(self, file: str, trial: Trial) -> None:
        if trial.faults:
            lines = [f"{file}: {len(trial.faults) + trial.more} faults. Nothing was written."]
            raise CommandError("\n  ".join([*lines, *map(str, trial.faults)]))
        counts = [f"{trial.count(word):,} {said}" for word, said in WORDS.items()]
        self.stdout.write(f"{file}: {', '.join(counts)}.")


WORDS = {"add": "new", "change": "changed", "same": "as they are"}


def _only(what: str, known: dict[str, Any], asked: str) -> Any:
    """The one that is named, or the only one that there is."""
    if asked in known:
        return known[asked]
    if not asked and len(known) == 1:
        return next(iter(known.values()))
    names = ", ".join(sorted(known)) or "none"
    raise CommandError(f"Expected --{what} with one of: {names}; got {asked or 'none'}.")
