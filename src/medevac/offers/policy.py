"""Who may see and do what with places, asks, offers and choices; and what asked and chosen mean for a case.

Places, holds and offers are operational: all partners of the mission see them, a draft only its own side.
Asks and answers are seen by who asks and who is asked. A choice names persons: it is open where the case is.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from medevac.cases.models import Case
from medevac.cases.policy import SEEING, open_where_the_case_is
from medevac.cases.reaches import register_reach
from medevac.cases.rules import BEFORE_PUBLICATION, PLACED, WAITING
from medevac.directory.models import Hospital, Mission, MissionActor
from medevac.directory.policy import missions_of
from medevac.offers.models import (
    AdviceRun,
    Answer,
    AnswerLink,
    Ask,
    AskImport,
    Choice,
    Hold,
    Offer,
    Place,
    PlaceImport,
    Pool,
    PopulationShare,
    Round,
)
from medevac.offers.rules import OPEN, ROLE_TABLE
from medevac.offers.states import AskState, OfferState
from medevac.people.days import current_day
from medevac.people.models import Membership, User
from medevac.people.policy import Grant, Rule, register_rule, standings
from medevac.people.policy.areas import Area, above, administered, below, country_of
from medevac.people.policy.reading import once
from medevac.people.policy.rules import NOTHING
from medevac.people.roles import Grants, Reach, Right, Role, grant_actions

KEEP_PLACES = "offers.keep_places"
ASK = "offers.ask"
ANSWER = "offers.answer"
SEE_ASKS = "offers.see_asks"
MAKE = "offers.make"
SEE_ROUNDS = "offers.see_rounds"
SEE_NATIONAL = "offers.see_national"
KEEP_SHARES = "offers.keep_shares"
IMPORT_ASKS = "offers.import_asks"
SEND, CHOOSE, WITHDRAW, LOSE = "offers.send", "offers.choose", "offers.withdraw", "offers.lose"

ANSWERERS: Grants = {
    Role.COORDINATION_CENTRE: Reach.OWN,
    Role.REGION: Reach.OWN,
    Role.RECEIVING_HOSPITAL: Reach.OWN,
}
ASKERS: Grants = {Role.COORDINATION_CENTRE: Reach.OWN, Role.REGION: Reach.OWN}
ACTIONS: dict[str, Grants] = {
    **ROLE_TABLE,
    KEEP_PLACES: ANSWERERS,
    ASK: ASKERS,
    ANSWER: ANSWERERS,
    SEE_ASKS: {**ANSWERERS, Role.AUDITOR: Reach.MISSION},
    SEE_ROUNDS: {**ASKERS, Role.AUDITOR: Reach.MISSION},
    MAKE: ROLE_TABLE[SEND],
    SEE_NATIONAL: dict.fromkeys(
        (Role.COORDINATION_CENTRE, Role.REGION, Role.MINISTRY, Role.ADMINISTRATOR), Reach.MISSION
    ),
    # Whoever asks, answers, offers or records the choice; each row asks for its own right besides.
    IMPORT_ASKS: dict.fromkeys((*ASKERS, *ROLE_TABLE[SEND], *ROLE_TABLE[CHOOSE]), Reach.MISSION),
    KEEP_SHARES: {Role.COORDINATION_CENTRE: Reach.OWN, Role.ADMINISTRATOR: Reach.MISSION},
}
ROOM = "offers"


def _of_mission(grant: Grant) -> Q:
    """What belongs to the mission that a membership is limited to."""
    return Q(mission=grant.mission)


def _partners(grant: Grant) -> Q:
    """What belongs to a mission that the organisation takes part in."""
    return Q(mission__in=missions_of(grant.organisation))


def _kept(grant: Grant) -> Q:
    """Places and pools of the hospitals that the organisation, or one below it, keeps.

    They are given to a mission that the organisation takes part in, and to no other.
    """
    kept = Hospital.unscoped.filter(keeper__in=below(grant.organisation))
    theirs = Q(hospital__in=kept.values("pk"))
    return theirs & _partners(grant) if grant.action == KEEP_PLACES else theirs


def _offered(grant: Grant) -> Q:
    """Offers of the organisation or one below it, and those for cases that one of these filed.

    Who filed a case sees and does nothing with a draft but what its own people wrote: a country may still
    think. Only who filed it says what the patient chose. That a place is lost says its hospital as well.
    """
    own = below(grant.organisation)
    filed = Q(Exists(Case.unscoped.filter(pk=OuterRef("case"), requester__in=own)))
    sent = filed & ~Q(state=OfferState.DRAFT)
    if grant.action == CHOOSE:
        return sent
    writers = Membership.unscoped.filter(user=OuterRef("made_by"), organisation__in=own)
    found = Q(organisation__in=own) | sent | (filed & Q(Exists(writers)))
    return found | _of_own_places(own) if grant.action == LOSE else found


def _of_own_places(own: Area) -> Q:
    """Offers of places in hospitals that one of these organisations keeps, sent and not drafted."""
    places = Place.unscoped.filter(pk=OuterRef("place"), hospital__keeper__in=own)
    return Q(Exists(places)) & ~Q(state=OfferState.DRAFT)


def _offered_among_partners(grant: Grant) -> Q:
    own = Q(organisation__in=below(grant.organisation))
    return own | (_partners(grant) & ~Q(state=OfferState.DRAFT))


def _shares_of_country(grant: Grant) -> Q:
    """Targets of the organisations in the country that the centre answers for."""
    return _partners(grant) & Q(organisation__country=country_of(grant.organisation))


def _shares_together(grant: Grant) -> Q:
    """Read by partners of the mission; set by whoever administers it."""
    if grant.action == KEEP_SHARES:
        owned = Mission.unscoped.filter(owner__in=administered(grant.organisation))
        return Q(mission__in=owned.values("pk"))
    return _partners(grant)


def asks_of(grant: Grant) -> Q:
    """The condition on an ask under a grant: who is asked answers, who asks keeps it, both see it."""
    own = below(grant.organisation)
    asked = Q(asked__in=own)
    asking = Q(Exists(Round.unscoped.filter(pk=OuterRef("round"), asker__in=own)))
    if grant.action == ANSWER:
        return asked
    return asking if grant.action == ASK else asked | asking


def _overseen_asks(grant: Grant) -> Q:
    asker = Round.unscoped.filter(pk=OuterRef("round"), asker__in=administered(grant.organisation))
    return Q(Exists(asker))


def _through_asks(grant: Grant, condition: Q) -> Q:
    return Q(Exists(Ask.unscoped.filter(condition, pk=OuterRef("ask"))))


def register_own_rules() -> None:
    """Add this room's actions to the role table, the rules of its rows, and what its reaches mean."""
    grant_actions(ACTIONS, within_a_mission=ACTIONS)
    for model in (Place, Pool):
        register_rule(
            model,
            Rule(
                see=Right.OPERATIONAL,
                reaches={Reach.OWN: _kept, Reach.MISSION: _partners},
                within=_of_mission,
            ),
        )
    register_rule(Hold, Rule(see=Right.OPERATIONAL, reaches={Reach.MISSION: _partners}, within=_of_mission))
    register_rule(
        Offer,
        Rule(
            see=Right.OPERATIONAL,
            reaches={Reach.OWN: _offered, Reach.MISSION: _offered_among_partners},
            within=_of_mission,
        ),
    )
    register_rule(PlaceImport, Rule(see=KEEP_PLACES, reaches={Reach.OWN: _kept}, within=_of_mission))
    register_rule(AskImport, Rule(see=IMPORT_ASKS, reaches={Reach.MISSION: _partners}, within=_of_mission))
    register_rule(Choice, Rule(see=Right.PERSONAL, **open_where_the_case_is()))
    register_rule(
        PopulationShare,
        Rule(
            see=SEE_NATIONAL,
            reaches={Reach.OWN: _shares_of_country, Reach.MISSION: _shares_together},
            within=_of_mission,
        ),
    )
    _register_asking()
    register_reach(Reach.ASKED, ROOM, asked_cases)
    register_reach(Reach.CHOSEN, ROOM, chosen_cases)


def _register_asking() -> None:
    for kept_by_asker in (Round, AdviceRun):
        register_rule(
            kept_by_asker,
            Rule(
                see=SEE_ASKS,
                reaches={
                    Reach.OWN: lambda grant: Q(asker__in=below(grant.organisation)),
                    Reach.MISSION: lambda grant: Q(asker__in=administered(grant.organisation)),
                },
                within=_of_mission,
            ),
        )
    register_rule(
        Ask,
        Rule(
            see=SEE_ASKS,
            reaches={Reach.OWN: asks_of, Reach.MISSION: _overseen_asks},
            within=lambda grant: Q(round__mission=grant.mission),
        ),
    )
    for model in (Answer, AnswerLink):
        register_rule(
            model,
            Rule(
                see=SEE_ASKS,
                reaches={
                    Reach.OWN: lambda grant: _through_asks(grant, asks_of(grant)),
                    Reach.MISSION: lambda grant: _through_asks(grant, _overseen_asks(grant)),
                },
                within=lambda grant: Q(ask__round__mission=grant.mission),
            ),
        )


def asked_cases(grant: Grant) -> Q:
    """Cases that the organisation is asked to take, unless the patient refuses its country.

    By a row, while the ask is open, or was answered with yes and the patient has not chosen yet. A request
    that is published asks the centre of every country of the mission. Whose place is offered, or stays in
    reserve, goes on seeing the summary, and may do no more by that.
    """
    seeing, centre = grant.action in SEEING, grant.role == Role.COORDINATION_CENTRE
    return once(
        ("asked cases", grant.organisation, seeing, centre),
        lambda: _asked_cases(grant.organisation, seeing=seeing, centre=centre),
    )


def _asked_cases(organisation: UUID, *, seeing: bool, centre: bool) -> Q:
    waiting = Q(state__in=[str(state) for state in WAITING])
    own = below(organisation)
    rows = Ask.unscoped.filter(case=OuterRef("pk"), asked__in=own)
    said_yes = rows.filter(state=AskState.ANSWERED, answers__yes=True, answers__replaced_at__isnull=True)
    asked = waiting & (Q(Exists(rows.filter(state=AskState.OPEN))) | Q(Exists(said_yes)))
    if seeing:
        before_departure = Q(state__in=[str(state) for state in (*WAITING, *PLACED)])
        asked |= before_departure & _with_an_offer_of(own, OPEN)
    if centre:
        coordinating = MissionActor.unscoped.on(current_day()).filter(
            part=MissionActor.Part.COORDINATES, organisation__in=above(organisation)
        )
        asked |= waiting & Q(mission__in=coordinating.values("mission"))
    return asked & ~Q(refused_countries__contains=[country_of(organisation)])


def _with_an_offer_of(own: Area, states: Iterable[OfferState]) -> Q:
    """Cases for which one of these organisations, or a hospital of theirs, has an offer in such a state."""
    theirs = Q(organisation__in=own) | Q(place__hospital__keeper__in=own)
    return Q(Exists(Offer.unscoped.filter(theirs, case=OuterRef("pk"), state__in=list(states))))


def chosen_cases(grant: Grant) -> Q:
    """Cases whose patient has chosen an offer of the organisation, or of a hospital, below it.

    Where the mission says so, such as for Gaza, who is asked sees as much as who was chosen. Seeing is all:
    who was not chosen takes no step of the case.
    """
    # No offer is chosen before the request is published; told to the database, it looks no draft up.
    published = ~Q(state__in=[str(state) for state in BEFORE_PUBLICATION])
    chosen = published & _with_an_offer_of(below(grant.organisation), (OfferState.CHOSEN,))
    if grant.action not in SEEING:
        return chosen
    early = Q(mission__in=Mission.unscoped.filter(identity=Mission.Identity.ASKED).values("pk"))
    return chosen | (early & asked_cases(grant))


def hospitals_kept(user: User, mission: UUID) -> Q:
    """The condition on a hospital whose places in a mission the user keeps; also of one without any yet."""
    condition = NOTHING
    for role, organisation, only in standings(user):
        if role in ANSWERERS and only in (None, mission):
            condition |= Q(keeper__in=below(organisation))
    return condition


def keeps(user: User, hospital: Hospital, mission: Mission) -> bool:
    """Whether the user keeps the places of a hospital in a mission."""
    return Hospital.unscoped.filter(hospitals_kept(user, mission.pk), pk=hospital.pk).exists()
