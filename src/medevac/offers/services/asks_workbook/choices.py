"""The sheet of choices: what the patient has chosen on a signed sheet that is kept with the case."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from medevac.cases.selectors.documents import documents_of
from medevac.offers.models import Choice, Offer
from medevac.offers.policy import CHOOSE
from medevac.offers.services.asks_workbook.run import Line, Run, minute
from medevac.offers.services.choosing import Chosen, choose
from medevac.people.policy import visible
from medevac.tables.asks.sheets import SHEET_OF_CHOICES

UNCHANGEABLE = "A choice is not changed by a workbook. Record on its page that it is lost."
NEEDED = (
    ("chooser", "who chose", "Choose one from the list of the cell."),
    ("chooser_name", "the name of whoever chose", "Write it as on the signed sheet."),
    ("language", "in which language the offers were explained", "Write it."),
    ("chosen_at", "when it was chosen", "Write date and time in UTC, as on the signed sheet."),
    (
        "document",
        "the number of the signed sheet",
        "A choice by workbook needs it: attach the sheet to the case first, and write its number.",
    ),
)
COMPARED = ("chooser", "chooser_name", "language", "interpreter", "chosen_at")


def match_choices(run: Run) -> None:
    """Note what each row would do. Names are compared with those that are kept: that is a look."""
    lines = list(run.lines(SHEET_OF_CHOICES.key))
    cases = {line.case.pk: line.case for line in lines}
    rows = visible(run.actor, Choice.objects.filter(case__in=list(cases))).order_by("recorded_at")
    kept: dict[UUID, list[Choice]] = {}
    for row in rows:
        kept.setdefault(row.case_id, []).append(row)
    run.looked += [cases[pk] for pk in kept]
    offers = Offer.objects.filter(case__in=list(cases))
    choosable = visible(run.actor, offers, CHOOSE).select_related("place__hospital")
    by_id = {one.pk: one for one in choosable}
    seen: set[UUID] = set()
    for line in lines:
        if line.faulty("offer", "second", "document", *COMPARED):
            continue
        offer, second = _offer(line, "offer", by_id), _offer(line, "second", by_id)
        if offer is None or (second is None and "second" in line.values):
            continue
        same = _known(line, offer, second, kept.get(line.case.pk, []))
        if same is not None:
            _say_same(line, offer, second, same)
        elif line.case.pk in seen:
            line.error("case", "one new choice of a case", line.got("case"), "Keep the row that holds.")
        else:
            seen.add(line.case.pk)
            _match_new(run, line, offer, second)


def _offer(line: Line, key: str, by_id: dict[UUID, Offer]) -> Offer | None:
    if key not in line.values:
        return None
    found = by_id.get(line.id_in(key) or UUID(int=0))
    if found is not None and found.case_id == line.case.pk:
        return found
    if not line.faulty(key):
        remedy = "Copy it from the sheet of offers, as it was taken away."
        line.error(key, "an offer for this case of which you may record the choice", line.got(key), remedy)
    return None


def _known(line: Line, offer: Offer, second: Offer | None, kept: list[Choice]) -> Choice | None:
    """The choice that the row tells of: of that offer and minute, else of that offer and still holding."""
    of_offer = [one for one in kept if one.chosen_id == offer.pk]
    at = line.values.get("chosen_at")
    for one in of_offer:
        if at is not None and minute(one.chosen_at) == at:
            return one
    return next((one for one in of_offer if one.ended_at is None), None)


def _say_same(line: Line, offer: Offer, second: Offer | None, same: Choice) -> None:
    kept: dict[str, Any] = {key: getattr(same, key) for key in COMPARED}
    kept["chosen_at"] = minute(same.chosen_at)
    key = line.differs({key: line.values[key] for key in COMPARED if key in line.values}, kept)
    if second is not None and second.pk != same.second_id:
        key = "second"
    if key:
        line.error(key, "what the choice says", line.got(key), UNCHANGEABLE)
    else:
        line.deed("same", offer.place.hospital.name)


def _match_new(run: Run, line: Line, offer: Offer, second: Offer | None) -> None:
    missing = [key for key, *words in NEEDED if not line.need(key, *words)]
    if missing:
        return
    rows = documents_of(run.actor, line.case).filter(withdrawn_at__isnull=True)
    document = rows.filter(number=line.values["document"].strip()).first()
    if document is None:
        remedy = "Attach the signed sheet to the case first, and write its number."
        line.error("document", "a document of this case that is in use", line.got("document"), remedy)
        return
    chosen = Chosen(
        **{key: line.values[key] for key in COMPARED if key in line.values},
        second=second.pk if second else None,
        document=document.pk,
    )
    line.deed("add", offer.place.hospital.name, partial(choose, run.actor, offer, chosen))
