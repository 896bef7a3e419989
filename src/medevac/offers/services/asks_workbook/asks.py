"""The sheet of asks: rows that are new are asked, in as few rounds as they make."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import Any
from uuid import UUID

from medevac.offers.models import Ask
from medevac.offers.selectors.asking import askers_of
from medevac.offers.services.asking import Question, ask, may_be_asked
from medevac.offers.services.asks_workbook.run import Line, Run, minute
from medevac.offers.states import AskState
from medevac.people.models import Organisation
from medevac.people.policy import visible
from medevac.tables.asks.sheets import ASKS
from medevac.tables.columns import plain

UNCHANGEABLE = "An ask is not changed by a workbook: withdraw it on the page of its round, and ask anew."
Wanted = tuple[Line, Organisation, Organisation]


class AsksKept:
    """The asks of the cases that the rows name, as far as the actor may see them."""

    def __init__(self, run: Run) -> None:
        rows = Ask.objects.filter(case__in=[case.pk for case in run.cases.values()])
        found = visible(run.actor, rows).select_related("round__asker", "asked", "case")
        self.by_id: dict[UUID, Ask] = {one.pk: one for one in found}
        self._by_name: dict[tuple[UUID, str], list[Ask]] = defaultdict(list)
        for one in sorted(self.by_id.values(), key=lambda row: row.state_since):
            for name in {plain(one.asked.name), plain(one.asked.latin_name)}:
                self._by_name[one.case_id, name].append(one)

    def called(self, case: UUID, asked: str) -> Ask | None:
        """The open ask of an organisation for a case, else the last that was answered."""
        found = self._by_name.get((case, plain(asked)), [])
        for state in (AskState.OPEN, AskState.ANSWERED):
            of_state = [one for one in found if one.state == state]
            if of_state:
                return of_state[-1]
        return None

    def meant(self, line: Line) -> Ask | None:
        """The ask whose id stands in a row, else the one of its case and organisation.

        None also where the id is of no such ask, which is noted.
        """
        if "ask" not in line.values:
            return self.called(line.case.pk, line.values["asked"])
        found = self.by_id.get(line.id_in("ask") or UUID(int=0))
        if found is not None and found.case_id == line.case.pk and not line.calls_other("asked", found.asked):
            return found
        if not line.faulty("ask"):
            remedy = "Copy it from the workbook that was taken away, or clear the cell."
            line.error("ask", "an ask of this case and organisation", line.got("ask"), remedy)
        return None


def match_asks(run: Run, kept: AsksKept) -> None:
    """Note what each row of the sheet would do."""
    askers = askers_of(run.actor)
    candidates: dict[UUID, dict[str, list[Organisation]]] = {}
    wanted: list[Wanted] = []
    for line in run.lines(ASKS.key):
        if "asked" not in line.values or line.faulty("deadline"):
            continue
        found = kept.meant(line)
        if "ask" in line.values:
            if found is not None:
                _same(line, found)
            continue
        if found is not None and not _differs(line, found):
            line.deed("same", found.asked.name)
            continue
        if not line.need("deadline", "a deadline for a new ask", "Write date and time in UTC."):
            continue
        asker = line.own_organisation("asker", askers, "an organisation in whose name you ask")
        if asker is None:
            continue
        if asker.pk not in candidates:
            candidates[asker.pk] = _called(asker, run.mission.pk)
        whom = line.values["asked"]
        asked = line.one_called("asked", whom, candidates[asker.pk].get(plain(whom), []), "whom to ask")
        if asked is not None:
            wanted.append((line, asker, asked))
    for round_ in _rounds(wanted):
        _note_round(run, round_)


def _same(line: Line, found: Ask) -> None:
    key = _differs(line, found)
    if key:
        line.error(key, "what the ask says", line.got(key), UNCHANGEABLE)
    else:
        line.deed("same", found.asked.name)


def _differs(line: Line, found: Ask) -> str:
    keys = ("deadline", "remark", "telephone")
    told: dict[str, Any] = {key: line.values[key] for key in keys if key in line.values}
    round_ = found.round
    kept = {"deadline": minute(round_.deadline), "remark": round_.remark, "telephone": round_.telephone}
    return line.differs(told, kept) or line.calls_other("asker", round_.asker)


def _called(asker: Organisation, mission: UUID) -> dict[str, list[Organisation]]:
    found: dict[str, list[Organisation]] = defaultdict(list)
    for one in Organisation.unscoped.filter(may_be_asked(asker, mission)):
        for name in {plain(one.name), plain(one.latin_name)}:
            found[name].append(one)
    return found


def _rounds(wanted: list[Wanted]) -> list[list[Wanted]]:
    """Rows with the same words whose organisations are asked for the same cases: a round asks all for all."""
    by_words: dict[tuple[Any, ...], dict[UUID, list[Wanted]]] = defaultdict(lambda: defaultdict(list))
    for line, asker, asked in wanted:
        words = tuple(line.values.get(key, "") for key in ("deadline", "remark", "telephone"))
        by_words[asker.pk, *words][asked.pk].append((line, asker, asked))
    rounds: list[list[Wanted]] = []
    for by_organisation in by_words.values():
        by_cases: dict[frozenset[UUID], list[Wanted]] = defaultdict(list)
        for rows in by_organisation.values():
            by_cases[frozenset(line.case.pk for line, _asker, _asked in rows)] += rows
        rounds += by_cases.values()
    return rounds


def _note_round(run: Run, rows: list[Wanted]) -> None:
    """The first row of a round asks for all of them; the others are done with it."""
    line, asker, _ = rows[0]
    question = Question(
        line.values["deadline"], line.values.get("remark", ""), line.values.get("telephone", "")
    )
    cases = {one.case.pk for one, _asker, _asked in rows}
    organisations = {asked.pk for _line, _asker, asked in rows}
    seen: set[tuple[UUID, UUID]] = set()
    for number, (one, _asker, asked) in enumerate(rows):
        if (one.case.pk, asked.pk) in seen:
            one.error("asked", "each ask once", one.got("asked"), "Bring the two rows together.")
            continue
        seen.add((one.case.pk, asked.pk))
        asks = partial(ask, run.actor, asker, cases, organisations, question)
        one.deed("add", asked.name, asks if number == 0 else None)
