"""The pages of asking and answering: who reaches each, where they stand, what waits, and the case's panel."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from medevac.cases.models import Case
from medevac.cases.panels import Content, Panel, register_panel
from medevac.cases.rules import WAITING
from medevac.offers.models import Ask, Round
from medevac.offers.policy import ANSWER, ASK, SEE_ASKS, SEE_ROUNDS
from medevac.offers.selectors.asking import asks_of_user, lines_of
from medevac.offers.services.offering import OFFER_FOR_A_CASE
from medevac.people.models import User
from medevac.people.navigation import Entry, register_entry
from medevac.people.pages import Access, register_pages
from medevac.people.policy import included, may, visible
from medevac.people.work_items import WorkItem, register_work

OWN: dict[str, Access | str] = {
    "offers:rounds": SEE_ROUNDS,
    "offers:ask": ASK,
    "offers:round": SEE_ROUNDS,
    "offers:asks": ANSWER,
    "offers:answer": ANSWER,
    "offers:remind": ASK,
    "offers:withdraw_ask": ASK,
    "offers:record_answer": ASK,
    "offers:make_link": ASK,
    "offers:withdraw_link": ASK,
    "offers:link": Access.EVERYBODY,  # the token in its address opens it
}
MOST_TOLD = 5  # asks that stand on the start page one by one


def register_asking_pages() -> None:
    """Fill the registries of the rooms below."""
    register_pages(OWN)
    register_entry(Entry("offers:asks", _("What we are asked"), order=26))
    register_entry(Entry("offers:rounds", _("Rounds of asking"), order=27))
    register_work("offers.asks", open_asks)
    register_panel(Panel("offers.asked", _("Asked"), "offers/panels/asked.html", asked_content, order=50))


def open_asks(user: User) -> Iterator[WorkItem]:
    """The asks that wait for the user's answer, the most urgent first."""
    if ANSWER not in included(user, [ANSWER]):
        return
    waiting = asks_of_user(user)
    for one in waiting[:MOST_TOLD]:
        sentence = gettext("Answer whether you can take case %(case)s.") % {"case": one.case.pseudonym}
        yield WorkItem(sentence, reverse("offers:answer", args=[one.pk]), one.round.deadline)
    if len(waiting) > MOST_TOLD:
        sentence = gettext("More asks wait for your answer. See them all.")
        yield WorkItem(sentence, reverse("offers:asks"), waiting[MOST_TOLD].round.deadline)


def asked_content(user: User, case: Case) -> Content | None:
    """Who was asked for the case and what they said, as far as the user asks or is asked."""
    if not included(user, [SEE_ASKS]):
        return None
    rows = visible(user, Ask.objects.filter(case=case)).select_related("asked", "round", "case")
    lines = lines_of(rows.order_by("-round__made_at", "asked__latin_name", "pk"))
    asks = case.state in WAITING and ASK in included(user, [ASK]) and may(user, OFFER_FOR_A_CASE, case)
    if not lines and not asks:
        return None
    rounds = Round.objects.filter(pk__in=_ids(line.ask.round_id for line in lines))
    answered = Ask.objects.filter(pk__in=_ids(line.ask.pk for line in lines))
    return {
        "lines": lines,
        "asks": asks,
        "led": set(visible(user, rounds).values_list("pk", flat=True)) if lines else set(),
        "answers": set(visible(user, answered, ANSWER).values_list("pk", flat=True)) if lines else set(),
    }


def _ids(values: Iterator[UUID]) -> list[UUID]:
    return list(dict.fromkeys(values))
