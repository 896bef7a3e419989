"""This room's part of the case page: the offers and what can be done, the choice, and what stops the case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from medevac.cases.happenings import register_teller
from medevac.cases.looking import looked
from medevac.cases.models import Case
from medevac.cases.panels import Content, Panel, register_panel
from medevac.cases.rules import BY_ACTION as STEPS
from medevac.cases.rules import WAITING
from medevac.cases.selectors.documents import papers_by_id
from medevac.cases.states import Action, State
from medevac.directory.countries import country_name
from medevac.offers.models import Choice
from medevac.offers.policy import ASK
from medevac.offers.selectors.happenings import happenings_of_offers
from medevac.offers.selectors.offers_of_case import barrier_sentences, shown_offers
from medevac.people.models import User
from medevac.people.policy import included, may, parts_of, standings
from medevac.people.roles import Right, Role

NAME = "offers.offers"


def register_own_panels() -> None:
    """Add it, after the request; and what the timeline tells of this room."""
    register_panel(Panel(NAME, _("Offers"), "offers/panels/offers.html", offers, order=11))
    register_teller("offers", happenings_of_offers)


def offers(user: User, case: Case) -> Content | None:
    """What is offered, what was chosen, and what the user can do next; nothing before there is any of it."""
    if not may(user, Right.OPERATIONAL, case):
        return None
    shown = shown_offers(user, case)
    barriers = barrier_sentences(user, case, shown)
    waiting = case.state in WAITING
    if not (shown or barriers or waiting):
        return None
    chooses = case.state == State.OFFERED and may(user, STEPS[Action.CHOOSE].right, case)
    offering = waiting and may(user, STEPS[Action.OFFER].right, case)
    standing = [one for one in shown if not one.ended]
    return {
        "standing": standing,
        "ended": [one for one in shown if one.ended],
        "barriers": barriers,
        "waiting": waiting,
        "offering": offering,
        "asking": offering and ASK in included(user, [ASK]),
        "recording": all(role is Role.MINISTRY for role, _organisation, _mission in standings(user)),
        "choosing": chooses and any(one.choosable for one in standing),
        **_choice(user, case),
    }


def _choice(user: User, case: Case) -> Content:
    """Who chose; it names persons, so that it is a look."""
    if not looked(user, case, Right.PERSONAL):
        return {"choice": None, "told": False}
    if case.state in WAITING:  # a choice that holds has led the case on
        return {"choice": None, "told": True}
    rows = parts_of(user, Choice.objects.filter(ended_at__isnull=True), case)
    choice = rows.select_related("chosen__place__hospital", "second__place__hospital").first()
    if choice is None:
        return {"choice": None, "told": True}
    second = choice.second
    return {
        "choice": choice,
        "chosen_country": country_name(choice.chosen.place.hospital.country),
        "second_country": country_name(second.place.hospital.country) if second else "",
        "paper": papers_by_id(user, case).get(choice.document) if choice.document else None,
        "told": True,
    }
