"""One reading of a workbook of asks: what its rows mean, what they would do, and the faults found so far."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import translation

from medevac.cases.models import Case
from medevac.directory.models import Hospital, Mission
from medevac.offers.models import Ask, Offer
from medevac.people.models import Organisation, User
from medevac.people.policy import NotAllowedError, visible
from medevac.people.refusals import RefusedError
from medevac.tables.cells import shown
from medevac.tables.columns import plain
from medevac.tables.findings import Findings
from medevac.tables.records import Record, SheetRecords

T = TypeVar("T")
NOT_YOURS = "Leave the row out, or let somebody write it who may."


@dataclass
class Deed:
    """What happens by one row: "add", "change" or "same".

    Parameters
    ----------
    sheet
        Its key.
    row
        Its number.
    word
        What happens.
    case, whom
        The case by its pseudonym, and the organisation or place, for the eye.
    do
        Writes it, through the service; none where it is as it is, or done with an earlier row.
    case_id
        What is locked before.
    hospital_id
        Likewise, where there is one.
    """

    sheet: str
    row: int
    word: str
    case: str
    whom: str
    do: Callable[[], object] | None = None
    case_id: UUID | None = None
    hospital_id: UUID | None = None


@dataclass
class Run:
    """Who reads for which mission, with the cases that the rows name, and what was found."""

    actor: User
    mission: Mission
    sheets: Mapping[str, SheetRecords]
    findings: Findings
    deeds: list[Deed] = field(default_factory=list)
    looked: list[Case] = field(default_factory=list)  # whose persons' names were compared

    @cached_property
    def cases(self) -> dict[str, Case]:
        """The cases that the rows name, by pseudonym: open to the actor, or with an ask or offer that is."""
        told = {case_number(record) for records in self.sheets.values() for record in records.records} - {""}
        named: dict[str, Any] = {"mission": self.mission, "pseudonym__in": told}
        of_case: dict[str, Any] = {f"case__{key}": value for key, value in named.items()}
        opened = Q(pk__in=visible(self.actor, Case.objects.filter(**named)).values("pk"))
        for rows in (Ask.objects.filter(**of_case), Offer.objects.filter(**of_case)):
            opened |= Q(pk__in=visible(self.actor, rows).values("case"))
        return {case.pseudonym: case for case in Case.unscoped.filter(opened, **named)}

    @cached_property
    def hospitals(self) -> dict[str, list[Hospital]]:
        """The open hospitals that the actor may see, by code and by name as `plain` writes them."""
        rows = visible(self.actor, Hospital.objects.filter(closed_at__isnull=True))
        found: dict[str, list[Hospital]] = {}
        for one in rows.order_by("code"):
            for name in {plain(one.code), plain(one.name), plain(one.latin_name or one.name)}:
                found.setdefault(name, []).append(one)
        return found

    def lines(self, key: str) -> Iterable[Line]:
        """The rows of a sheet whose case is there; of any other the fault is noted."""
        for record in self.sheets[key].records:
            line = Line(self, self.sheets[key], record)
            if "case" in record.values and line.known_case():
                yield line

    def note(self, deed: Deed) -> None:
        """Keep what a row would do."""
        self.deeds.append(deed)

    def hospital_called(self, line: Line, name: str) -> Hospital | None:
        """The hospital that a cell names; noted where it is none, or several."""
        return line.one_called("hospital", name, self.hospitals.get(plain(name), []), "a hospital")


@dataclass
class Line:
    """One row of a sheet, with where faults of it are noted."""

    run: Run
    records: SheetRecords
    record: Record

    @property
    def values(self) -> dict[str, Any]:
        """What stands in it."""
        return self.record.values

    @property
    def case(self) -> Case:
        """The case that it names."""
        return self.run.cases[case_number(self.record)]

    def known_case(self) -> bool:
        """Whether its case is there; else the fault is noted."""
        if case_number(self.record) in self.run.cases:
            return True
        self.error("case", "a case of the mission that is open to you", self.got("case"), NOT_YOURS)
        return False

    def error(self, key: str, expected: str, got: str, remedy: str) -> None:
        """Note a fault of a cell."""
        self.run.findings.error(self.records.at(self.record.row, key), expected, got, remedy)

    def faulty(self, *keys: str) -> bool:
        """Whether a fault was noted at one of these cells."""
        return any(self.run.findings.has(self.records.at(self.record.row, key)) for key in keys)

    def got(self, key: str) -> str:
        """What stands in a cell, in a few words."""
        return shown(self.values[key]) if key in self.values else "an empty cell"

    def need(self, key: str, expected: str, remedy: str) -> bool:
        """Whether a cell is filled in; else the fault is noted."""
        if key in self.values:
            return True
        self.error(key, expected, self.got(key), remedy)
        return False

    def one_called(self, key: str, name: str, found: Collection[T], what: str) -> T | None:
        """The one thing of that name; noted where there is none, or several."""
        if len(found) == 1:
            return next(iter(found))
        got = f"{shown(name)}, which {len(found)} of them are called" if found else shown(name)
        self.error(key, f"{what} that is open to you", got, "Correct the name.")
        return None

    def id_in(self, key: str) -> UUID | None:
        """The id that stands in a cell; noted where it is none."""
        try:
            return UUID(self.values[key])
        except ValueError:
            remedy = "Copy it from the workbook that was taken away, or clear the cell."
            self.error(key, "what the export wrote there", self.got(key), remedy)
            return None

    def own_organisation(
        self, key: str, possible: Collection[Organisation], expected: str
    ) -> Organisation | None:
        """In whose name: the one that is named, or the only one that is possible."""
        if key in self.values:
            name = plain(self.values[key])
            found = [one for one in possible if name in (plain(one.name), plain(one.latin_name))]
            return self.one_called(key, self.values[key], found, expected)
        if len(possible) == 1:
            return next(iter(possible))
        if possible:
            names = ", ".join(one.name for one in possible)
            self.error(key, f"one of {names}", "an empty cell", "Write in whose name.")
        else:
            self.error(key, expected, "none that you act for", NOT_YOURS)
        return None

    def differs(self, told: Mapping[str, Any], kept: Mapping[str, Any]) -> str:
        """The first key whose cell says something else than what is kept; an empty cell says nothing."""
        return next((key for key, value in told.items() if key in kept and kept[key] != value), "")

    def calls_other(self, key: str, kept: Organisation) -> str:
        """The key again where its cell names another organisation than is kept; an empty cell names none."""
        told = plain(self.values.get(key, kept.name))
        return "" if told in (plain(kept.name), plain(kept.latin_name)) else key

    def deed(self, word: str, whom: str, do: Callable[[], object] | None = None, **more: Any) -> None:
        """Note what the row would do."""
        case = self.case
        self.run.note(
            Deed(
                self.records.sheet.key,
                self.record.row,
                word,
                case.pseudonym,
                whom,
                do and self._guarded(do),
                case.pk,
                **more,
            )
        )

    def _guarded(self, do: Callable[[], object]) -> Callable[[], None]:
        """The deed in a savepoint of its own; what the service refuses is a fault of the row."""

        def run() -> None:
            try:
                with transaction.atomic(), translation.override("en"):  # faults of a file are in English
                    do()
            except RefusedError as refusal:
                self.error("case", "a row that can be written", self.got("case"), refusal.sentence)
            except NotAllowedError:
                self.error("case", "a case for which you may do this", self.got("case"), NOT_YOURS)

        return run


def case_number(record: Record) -> str:
    """The pseudonym that a row names, as it is kept."""
    value = record.values.get("case", "")
    return value.strip().upper() if isinstance(value, str) else ""


def minute(moment: datetime | None) -> datetime | None:
    """To the minute, which is as much as a cell holds."""
    return moment and moment.replace(second=0, microsecond=0)
