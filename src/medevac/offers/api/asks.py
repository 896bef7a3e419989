"""Asks and answers as programs read and write them, by the services of the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field, StringConstraints

from medevac.api.access import holder_of
from medevac.api.answers import NO_CONTROL, Fault, Page, PageOf, Paging, answered_with, page_of
from medevac.cases.api.deeds import deed
from medevac.cases.api.entries import Strict
from medevac.cases.api.values import Moment, Text1000
from medevac.offers.api.access import reading, writing
from medevac.offers.link_words import LINK_LANGUAGES
from medevac.offers.models import Answer, AnswerLink, Ask, Round
from medevac.offers.selectors.asking import ask_for, round_for
from medevac.offers.services import answering, asking, links
from medevac.offers.states import AskState, Channel
from medevac.offers.why_not import No
from medevac.people.models import Organisation
from medevac.people.policy import visible

asks = Router(auth=reading, tags=["asks"])
rounds = Router(auth=reading, tags=["asks"])


def _line(most: int) -> type[str]:
    return Annotated[str, StringConstraints(max_length=most, pattern=NO_CONTROL)]  # type: ignore[return-value]


class AnswerOut(Schema):
    """An answer; one that was replaced by a later one has `replaced_at`."""

    id: UUID
    yes: bool
    no_reason: str
    hospital: UUID | None = Field(alias="hospital_id")
    earliest_day: date | None
    isolation: bool
    companions: int
    payer: str
    remark: str
    channel: Channel
    answerer: str
    answered_at: Moment
    replaced_at: Moment | None


class AskOut(Schema):
    """One ask: who is asked for which case, and where it stands."""

    id: UUID
    round: UUID = Field(alias="round_id")
    case: UUID = Field(alias="case_id")
    asked: UUID = Field(alias="asked_id")
    state: AskState
    state_since: Moment
    reminders: int
    reminded_at: Moment | None


class RoundOut(Schema):
    """A round: what was asked at once, by one deadline."""

    id: UUID
    mission: str
    asker: UUID = Field(alias="asker_id")
    deadline: Moment
    remark: str
    telephone: str
    made_at: Moment

    @staticmethod
    def resolve_mission(row: Round) -> str:
        """The code of the mission."""
        return str(row.mission.code)


class LinkOut(Schema):
    """A signed link; the link itself leaves by e-mail only, and is told to nobody else."""

    id: UUID
    ask: UUID = Field(alias="ask_id")
    address: str
    language: str
    expires_at: Moment
    opened_at: Moment | None
    used_at: Moment | None
    withdrawn_at: Moment | None


class WantedAsks(Paging):
    """Which asks are wanted; each that is named narrows them."""

    state: AskState | None = Field(None, description="open, answered, withdrawn or expired.")
    case: UUID | None = Field(None, description="The id of a case.")
    round: UUID | None = Field(None, description="The id of a round.")


class RoundIn(Strict):
    """For which cases whom to ask, by when."""

    asker: UUID
    cases: list[UUID] = Field(min_length=1, max_length=asking.MOST_CASES)
    organisations: list[UUID] = Field(min_length=1, max_length=asking.MOST_ORGANISATIONS)
    deadline: Moment
    remark: _line(500) = ""  # type: ignore[valid-type]
    telephone: _line(40) = ""  # type: ignore[valid-type]


class AnswerIn(Strict):
    """A yes with the earliest day and, of a region, the hospital; or a no with its reason."""

    yes: bool
    no_reason: No | None = None
    hospital: UUID | None = None
    earliest_day: date | None = None
    isolation: bool = False
    companions: int = Field(default=0, ge=0, le=20)
    payer: _line(120) = ""  # type: ignore[valid-type]
    remark: Text1000 = ""

    def facts(self) -> answering.AnswerFacts:
        """As the service takes it."""
        return answering.AnswerFacts(
            yes=self.yes,
            no_reason=self.no_reason or "",
            hospital=self.hospital,
            earliest_day=self.earliest_day,
            isolation=self.isolation,
            companions=self.companions,
            payer=self.payer,
            remark=self.remark,
        )


class RecordedAnswerIn(AnswerIn):
    """The same with who telephoned or wrote, how it came, and when."""

    channel: Literal[Channel.TELEPHONE, Channel.MAIL]
    answerer: _line(120)  # type: ignore[valid-type]
    answered_at: Moment


class LinkIn(Strict):
    """To which address a link goes, in which language, and until when it opens at most."""

    address: _line(254)  # type: ignore[valid-type]
    language: Annotated[str, StringConstraints(pattern=f"^({'|'.join(LINK_LANGUAGES)})$")] = "en"
    expires_at: Moment | None = None


class Reminded(Schema):
    """How many people have been told."""

    people: int


def _answers(schema: Any) -> dict[int, Any]:
    return answered_with(schema, one=True) | {409: Fault}


@asks.get("", response=answered_with(Page[AskOut]), summary="Asks")
def list_asks(request: HttpRequest, wanted: Query[WantedAsks]) -> dict[str, Any]:
    """What the token's organisation asks and is asked, the earliest deadline first."""
    holder: Any = holder_of(request)
    given = {"state": wanted.state, "case": wanted.case, "round": wanted.round}
    rows = Ask.objects.filter(**{name: value for name, value in given.items() if value})
    return page_of(visible(holder, rows).order_by("round__deadline", "pk"), wanted)


@asks.get("/{id}", response=answered_with(AskOut, one=True), summary="One ask")
def get_ask(request: HttpRequest, id: UUID) -> Ask:
    """One ask."""
    return _ask(holder_of(request), id)


@asks.get("/{id}/answers", response=answered_with(Page[AnswerOut], one=True), summary="Answers to an ask")
def list_answers(request: HttpRequest, id: UUID, paging: PageOf) -> dict[str, Any]:
    """Every answer, the latest first; the one without `replaced_at` counts."""
    holder: Any = holder_of(request)
    found = _ask(holder, id)
    rows = visible(holder, Answer.objects.filter(ask=found))
    return page_of(rows.order_by("-recorded_at", "pk"), paging)


@asks.post("/{id}/answers", auth=writing, response=_answers(AnswerOut), summary="Answer an ask")
def answer_ask(request: HttpRequest, id: UUID, given: AnswerIn) -> Answer:
    """Answer, or correct an answer: the last one counts."""
    holder: Any = holder_of(request)
    found = _ask(holder, id)
    with deed():
        return answering.answer(holder, found, given.facts())


@asks.post("/{id}/recorded-answers", auth=writing, response=_answers(AnswerOut), summary="Record an answer")
def record_answer(request: HttpRequest, id: UUID, given: RecordedAnswerIn) -> Answer:
    """Record what somebody said on the telephone or wrote; done by whoever asked."""
    holder: Any = holder_of(request)
    found = _ask(holder, id)
    with deed():
        return answering.record_answer(
            holder,
            found,
            given.facts(),
            answerer=given.answerer,
            answered_at=given.answered_at,
            channel=given.channel,
        )


@asks.post("/{id}/remind", auth=writing, response=_answers(Reminded), summary="Remind now")
def remind(request: HttpRequest, id: UUID) -> dict[str, int]:
    """Remind whoever has not answered; at most every ten minutes."""
    holder: Any = holder_of(request)
    found = _ask(holder, id)
    with deed():
        return {"people": asking.remind(holder, found)}


@asks.post("/{id}/withdraw", auth=writing, response=_answers(AskOut), summary="Withdraw an ask")
def withdraw(request: HttpRequest, id: UUID) -> Ask:
    """Take an open ask back; its links open nothing any more."""
    holder: Any = holder_of(request)
    found = _ask(holder, id)
    with deed():
        return asking.withdraw_ask(holder, found)


@asks.get("/{id}/links", response=answered_with(Page[LinkOut], one=True), summary="Links of an ask")
def list_links(request: HttpRequest, id: UUID, paging: PageOf) -> dict[str, Any]:
    """Which links were sent and what became of them."""
    holder: Any = holder_of(request)
    found = _ask(holder, id)
    rows = visible(holder, AnswerLink.objects.filter(ask=found))
    return page_of(rows.order_by("-made_at", "pk"), paging)


@asks.post("/{id}/links", auth=writing, response=_answers(LinkOut), summary="Send a link")
def make_link(request: HttpRequest, id: UUID, given: LinkIn) -> AnswerLink:
    """Send a link that answers the ask once; it leaves by e-mail and is told to nobody else."""
    holder: Any = holder_of(request)
    found = _ask(holder, id)
    with deed():
        return links.make_link(
            holder, found, address=given.address, language=given.language, expires_at=given.expires_at
        )


@rounds.get("", response=answered_with(Page[RoundOut]), summary="Rounds of asking")
def list_rounds(request: HttpRequest, paging: PageOf) -> dict[str, Any]:
    """The rounds of the token's organisation, the latest first."""
    holder: Any = holder_of(request)
    rows = visible(holder, Round.objects.select_related("mission"))
    return page_of(rows.order_by("-made_at", "pk"), paging)


@rounds.get("/{id}", response=answered_with(RoundOut, one=True), summary="One round")
def get_round(request: HttpRequest, id: UUID) -> Round:
    """One round; its asks are read with `/asks?round=`."""
    holder: Any = holder_of(request)
    found = round_for(holder, id)
    if found is None:
        raise HttpError(404, f"Expected the id of a round that the token reaches, got {id}.")
    return found


@rounds.post("", auth=writing, response=_answers(RoundOut), summary="Ask")
def ask(request: HttpRequest, given: RoundIn) -> Round:
    """Ask organisations for cases: one ask for each case and organisation, or none at all."""
    holder: Any = holder_of(request)
    asker = asker_called(holder, given.asker)
    question = asking.Question(given.deadline, given.remark, given.telephone)
    with deed():
        return asking.ask(holder, asker, given.cases, given.organisations, question)


def _ask(holder: Any, id: UUID) -> Ask:
    found = ask_for(holder, id)
    if found is None:
        raise HttpError(404, f"Expected the id of an ask that the token reaches, got {id}.")
    return found


def asker_called(holder: Any, id: UUID) -> Organisation:
    """An organisation in whose name the token may ask: its own, or one below it."""
    rows = Organisation.objects.filter(pk=id, closed_at__isnull=True)
    found: Organisation | None = visible(holder, rows, "people.see_organisations").first()
    if found is None:
        raise HttpError(404, f"Expected the id of an organisation that the token reaches, got {id}.")
    return found


def register_own_routers(register: Callable[[str, Router], None]) -> None:
    """Add the routers of this file."""
    register("/asks", asks)
    register("/rounds", rounds)
