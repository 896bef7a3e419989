"""Asks with answers, offers and choices to take away: a numbered and sealed workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from medevac.audit.services import numbered_export
from medevac.cases.models import Clinical
from medevac.cases.services.exporting import record_looks
from medevac.cases.services.taking import Taken, taken_line, workbook_language
from medevac.directory.models import Mission
from medevac.directory.specialties import NAMES, specialty_name
from medevac.documents.models import Document
from medevac.offers.models import Answer, Ask, Choice, Offer
from medevac.offers.services.place_exporting import specialty_names
from medevac.people.days import beginning_of
from medevac.people.models import User
from medevac.people.policy import visible
from medevac.people.refusals import RefusedError
from medevac.tables.asks.reading import MOST_ROWS
from medevac.tables.asks.sheets import ANSWERS, ASKS, OFFERS, SHEET_OF_CHOICES
from medevac.tables.asks.writing import write_asks, write_asks_template
from medevac.tables.columns import Language, Sheet

M = TypeVar("M", bound=Model)
TITLE, FORMAT = "offers.asks", "xlsx"


@dataclass(frozen=True)
class Wanted:
    """What is taken away.

    Parameters
    ----------
    mission
        Of which mission.
    first_day, last_day
        Asked, offered or chosen on these days; every day where they are left out.
    clinical
        Whether the diagnosis stands with each ask whose case opens it to the taker.
    choices
        Whether the choices leave, with the names of whoever chose, where the case opens them.
    """

    mission: Mission
    first_day: date | None = None
    last_day: date | None = None
    clinical: bool = False
    choices: bool = False

    @property
    def conditions(self) -> dict[str, Any]:
        """For the record of exports."""
        days = {"first_day": self.first_day, "last_day": self.last_day}
        return {"mission": self.mission.code, **{key: day.isoformat() for key, day in days.items() if day}}


def asks_template(language: Language) -> bytes:
    """An empty workbook in the language that is active, which is this one."""
    return write_asks_template(language, specialty_names())


def counted(user: User, wanted: Wanted) -> dict[str, int]:
    """How many asks and offers would leave."""
    return {ASKS.key: _asks(user, wanted).count(), OFFERS.key: _offers(user, wanted).count()}


def export_asks(user: User, wanted: Wanted) -> Taken:
    """Take away what the user may see.

    Raises
    ------
    RefusedError
        Where there are more than `MOST_ROWS` of a kind, or none at all.
    """
    asks = _some(_asks(user, wanted).select_related("round__asker", "asked", "case"))
    offers = _some(_offers(user, wanted).select_related("place__hospital", "organisation", "case"))
    choices = _some(_choices(user, wanted).select_related("case")) if wanted.choices else []
    if not asks and not offers and not choices:
        raise RefusedError(_("Nothing was asked, offered or chosen on these days. Choose other days."))
    cases = {one.case_id: one.case for one in asks}
    diagnoses = _diagnoses(user, cases) if wanted.clinical else {}
    rows: dict[str, list[dict[str, Any]]] = {
        ASKS.key: [_ask(one, diagnoses) for one in asks],
        ANSWERS.key: list(_answers(user, asks)),
        OFFERS.key: [_offer(one) for one in offers],
    }
    if wanted.choices:
        rows[SHEET_OF_CHOICES.key] = list(_choice_rows(user, choices))
    contents = {
        "conditions": wanted.conditions,
        **{key: len(lines) for key, lines in rows.items()},
        "clinical": len(diagnoses),
        "cases": sorted({str(pk) for pk in _cases_of(asks, offers, choices)}),
    }
    with numbered_export(TITLE, FORMAT, contents) as export:
        seen = {one.case_id: one.case for one in choices}
        record_looks(
            user, [*cases.values(), *seen.values()], clinical=diagnoses, personal=seen, number=export.number
        )
        notes = [str(wanted.mission.name), taken_line(export.number, user)]
        content = export.seal(
            write_asks(rows, workbook_language(), specialty_names(), notes, clinical=wanted.clinical)
        )
    return Taken(export.number, f"asks-{export.number}.{FORMAT}", content)


def _cases_of(asks: list[Ask], offers: list[Offer], choices: list[Choice]) -> set[UUID]:
    return {
        *(one.case_id for one in asks),
        *(one.case_id for one in offers),
        *(one.case_id for one in choices),
    }


def _asks(user: User, wanted: Wanted) -> QuerySet[Ask, Any]:
    rows = visible(user, Ask.objects.filter(round__mission=wanted.mission))
    return _on(rows, "round__made_at", wanted).order_by("round__made_at", "case__pseudonym", "asked", "pk")


def _offers(user: User, wanted: Wanted) -> QuerySet[Offer, Any]:
    rows = visible(user, Offer.objects.filter(mission=wanted.mission))
    return _on(rows, "made_at", wanted).order_by("case__pseudonym", "made_at", "pk")


def _choices(user: User, wanted: Wanted) -> QuerySet[Choice, Any]:
    rows = visible(user, Choice.objects.filter(case__mission=wanted.mission))
    return _on(rows, "chosen_at", wanted).order_by("chosen_at", "pk")


def _on(rows: QuerySet[M, Any], moment: str, wanted: Wanted) -> QuerySet[M, Any]:
    """Those of the days that are wanted."""
    if wanted.first_day:
        rows = rows.filter(**{f"{moment}__gte": beginning_of(wanted.first_day)})
    if wanted.last_day:
        rows = rows.filter(**{f"{moment}__lt": beginning_of(wanted.last_day + timedelta(days=1))})
    return rows


def _some(rows: QuerySet[M, Any]) -> list[M]:
    found = list(rows[: MOST_ROWS + 1])
    if len(found) > MOST_ROWS:
        raise RefusedError(
            _("Expected at most %(most)s asks, offers or choices each, got more. Choose fewer days.")
            % {"most": MOST_ROWS}
        )
    return found


def _diagnoses(user: User, cases: Iterable[UUID]) -> dict[Any, str]:
    rows = visible(user, Clinical.objects.filter(case__in=list(cases)))
    return dict(rows.values_list("pk", "diagnosis"))


def _ask(one: Ask, diagnoses: Mapping[Any, str]) -> dict[str, Any]:
    round_ = one.round
    return {
        "case": one.case.pseudonym,
        "asked": one.asked.name,
        "deadline": round_.deadline,
        "remark": round_.remark,
        "telephone": round_.telephone,
        "asker": round_.asker.name,
        "ask": str(one.pk),
        "state": str(one.get_state_display()),
        "made_at": round_.made_at,
        "diagnosis": diagnoses.get(one.case_id),
    }


def _answers(user: User, asks: list[Ask]) -> Iterator[dict[str, Any]]:
    """A row for each ask; what was answered stands in it, or is to be filled in."""
    rows = Answer.objects.filter(ask__in=[one.pk for one in asks], replaced_at__isnull=True)
    counting = {one.ask_id: one for one in visible(user, rows).select_related("hospital")}
    for one in asks:
        yield {
            "case": one.case.pseudonym,
            "asked": one.asked.name,
            "ask": str(one.pk),
            "state": str(one.get_state_display()),
            "deadline": one.round.deadline,
            **(_answer(counting[one.pk]) if one.pk in counting else {}),
        }


def _answer(one: Answer) -> dict[str, Any]:
    yes_only = {"isolation": one.isolation, "companions": one.companions} if one.yes else {}
    return {
        **_columns(ANSWERS, one, ("yes", "no_reason", "earliest_day", "payer", "remark", "answerer")),
        **yes_only,
        "hospital": one.hospital.code if one.hospital else None,
        "answered_at": one.answered_at,
        "channel": str(one.get_channel_display()),
    }


def _offer(one: Offer) -> dict[str, Any]:
    facts = ("earliest_day", "stay_days", "isolation", "companions", "housing", "homeward", "payer")
    specialty = one.place.specialty
    return {
        **_columns(OFFERS, one, (*facts, "expires_at", "sent_at")),
        "case": one.case.pseudonym,
        "hospital": one.place.hospital.code,
        "place": one.place.label,
        "specialty": specialty_name(specialty) if specialty in NAMES else specialty,
        "organisation": one.organisation.name,
        "offer": str(one.pk),
        "state": str(one.get_state_display()),
    }


def _choice_rows(user: User, choices: list[Choice]) -> Iterator[dict[str, Any]]:
    papers = visible(user, Document.objects.filter(pk__in=[one.document for one in choices if one.document]))
    numbers: dict[Any, str] = dict(papers.values_list("pk", "number"))
    plain = ("chooser", "chooser_name", "language", "interpreter", "chosen_at", "recorded_at", "ended_at")
    for one in choices:
        yield {
            **_columns(SHEET_OF_CHOICES, one, plain),
            "case": one.case.pseudonym,
            "offer": str(one.chosen_id),
            "second": str(one.second_id) if one.second_id else None,
            "document": numbers.get(one.document),
        }


def _columns(sheet: Sheet, row: Model, keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: getattr(row, key) for key in keys if key in sheet.by_key}
