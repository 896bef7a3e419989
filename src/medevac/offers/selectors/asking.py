"""Rounds, asks and answers as pages show them, always scoped to a user."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.audit.looking import record_look_at_actors
from medevac.audit.naming import actor_names, names_of_single_actors
from medevac.cases.clock import span
from medevac.cases.models import Case
from medevac.cases.rules import WAITING
from medevac.directory.models import Hospital, Mission
from medevac.directory.policy import SEE as SEE_DIRECTORY
from medevac.offers.models import Answer, AnswerLink, Ask, Round
from medevac.offers.policy import ANSWER, ANSWERERS, ASK, ASKERS, SEE_ROUNDS
from medevac.offers.services.asking import may_be_asked
from medevac.offers.services.offering import OFFER_FOR_A_CASE
from medevac.offers.settings import reminded_before
from medevac.offers.states import AskState
from medevac.people.days import current_day
from medevac.people.models import Organisation, User
from medevac.people.policy import standings, visible
from medevac.people.roles import Grants

MOST_ROUNDS = 50
MOST_ASKS = 200
MOST_CASES_SHOWN = 60
SOON = timedelta(hours=6)


@dataclass(frozen=True)
class TimeLeft:
    """How a deadline stands: "over", "soon" or "running", and the same in words."""

    standing: str
    words: str


@dataclass(frozen=True)
class Contact:
    """Whom to call, by function, and the number."""

    name: str
    role: str
    telephone: str


@dataclass
class Line:
    """One ask with its answer that counts, its earlier answers, its links and whom to call."""

    ask: Ask
    answer: Answer | None
    earlier: list[Answer]
    links: list[AnswerLink]
    contacts: list[Contact] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Whether an answer is still waited for."""
        return self.ask.state == AskState.OPEN


@dataclass(frozen=True)
class Candidate:
    """An organisation that can be asked, in the tree, with whom to call and what it is asked already."""

    organisation: Organisation
    depth: int
    contacts: list[Contact]
    open_asks: int


def time_left(deadline: datetime, now: datetime | None = None) -> TimeLeft:
    """How long until a deadline."""
    left = deadline - (now or timezone.now())
    if left <= timedelta():
        return TimeLeft("over", _("over since %(time)s") % {"time": span(-left)})
    standing = "soon" if left < SOON else "running"
    return TimeLeft(standing, _("%(time)s left") % {"time": span(left)})


def own_organisations(user: User, roles: Grants) -> list[Organisation]:
    """The organisations in which the user has one of the roles."""
    ids = {organisation for role, organisation, _mission in standings(user) if role in roles}
    return list(Organisation.unscoped.filter(pk__in=ids, closed_at__isnull=True).order_by("latin_name", "pk"))


def askers_of(user: User) -> list[Organisation]:
    """The organisations in whose name the user can ask."""
    return own_organisations(user, ASKERS)


def rounds_for(user: User) -> list[Round]:
    """The latest rounds that the user may see, each with how many asks, yes, no and open."""
    rows = visible(user, Round.objects.select_related("asker", "mission"))
    answered = Q(asks__answers__replaced_at__isnull=True)
    found = rows.order_by("-made_at", "pk")[:MOST_ROUNDS]
    numbers = (
        Round.unscoped.filter(pk__in=[one.pk for one in found])
        .annotate(
            asked=Count("asks", distinct=True),
            cases_asked=Count("asks__case", distinct=True),
            said_yes=Count("asks", distinct=True, filter=answered & Q(asks__answers__yes=True)),
            said_no=Count("asks", distinct=True, filter=answered & Q(asks__answers__yes=False)),
            still_open=Count("asks", distinct=True, filter=Q(asks__state=AskState.OPEN)),
        )
        .in_bulk()
    )
    for one in found:
        counted = numbers[one.pk]
        for name in ("asked", "cases_asked", "said_yes", "said_no", "still_open"):
            setattr(one, name, getattr(counted, name))
        one.left = time_left(one.deadline)
    return list(found)


def round_for(user: User, public_id: UUID, action: str | None = None) -> Round | None:
    """One round, if the user may do this to it."""
    rows = Round.objects.filter(pk=public_id).select_related("asker", "mission")
    return visible(user, rows, action).first()


def round_made(
    user: User, cases: Collection[UUID], organisations: Collection[UUID], *, since: datetime
) -> Round | None:
    """The round in which the user has asked just these organisations for just these cases, since a moment."""
    wanted = {(case, organisation) for case in cases for organisation in organisations}
    rows = Round.objects.filter(made_by=user.pk, made_at__gte=since, asks__case__in=cases)
    found: list[Round] = list(visible(user, rows.distinct()).order_by("-made_at"))
    for one in found:
        if set(Ask.unscoped.filter(round=one).values_list("case", "asked")) == wanted:
            return one
    return None


def ask_for(user: User, public_id: UUID, action: str | None = None) -> Ask | None:
    """One ask, if the user may do this to it: to see it, unless an action is named."""
    rows = Ask.objects.filter(pk=public_id).select_related("round__asker", "round__mission", "asked", "case")
    return visible(user, rows, action).first()


def ask_of_own_round(user: User, public_id: UUID) -> Ask | None:
    """One ask of a round that the user may lead: remind, withdraw, record an answer, make a link."""
    found = ask_for(user, public_id)
    if found is None or round_for(user, found.round_id, ASK) is None:
        return None
    return found


def asker_in_person(round_: Round) -> str:
    """Who asked, by name, for whoever oversees the round; it is a look. A program is called by its name."""
    who = ("user", round_.made_by)
    programs = names_of_single_actors([round_.made_by])
    if round_.made_by in programs:
        return programs[round_.made_by]
    record_look_at_actors(SEE_ROUNDS, [who])
    return actor_names([who])[who]


def opened_cases(user: User, cases: Iterable[Case]) -> set[UUID]:
    """Those of the cases whose page is open to the user."""
    rows = Case.objects.filter(pk__in=[case.pk for case in cases])
    return set(visible(user, rows).values_list("pk", flat=True))


def lines_of(asks: QuerySet[Ask]) -> list[Line]:
    """Asks with their answers and links; the caller has scoped the asks."""
    answers = Prefetch("answers", Answer.unscoped.select_related("hospital").order_by("-recorded_at", "pk"))
    links = Prefetch("links", AnswerLink.unscoped.order_by("-made_at", "pk"))
    found = []
    for one in asks.prefetch_related(answers, links):
        told = list(one.answers.all())
        counts = next((answer for answer in told if answer.replaced_at is None), None)
        earlier = [answer for answer in told if answer is not counts]
        found.append(Line(one, counts, earlier, list(one.links.all())))
    return found


def contacts_of(organisations: Iterable[UUID]) -> dict[UUID, list[Contact]]:
    """Whom to call in these organisations: the contacts of the hospitals that each keeps."""
    rows = Hospital.unscoped.filter(keeper__in=set(organisations), closed_at__isnull=True)
    found: dict[UUID, list[Contact]] = defaultdict(list)
    for one in rows.exclude(contact_role="", contact_phone="").order_by("name"):
        found[one.keeper_id].append(Contact(one.name, one.contact_role, one.contact_phone))
    return found


def reminder_comes_at(round_: Round) -> datetime:
    """When the worker reminds of what is open in a round."""
    return round_.deadline - min(reminded_before(), (round_.deadline - round_.made_at) / 2)


def asks_of_user(user: User) -> list[Ask]:
    """What the user's own organisations are asked and have not answered, the most urgent first."""
    own = own_organisations(user, ANSWERERS)
    rows = visible(user, Ask.objects.filter(state=AskState.OPEN, asked__in=own), ANSWER)
    rows = rows.select_related("round__asker", "case", "asked").order_by(
        "round__deadline", "case__due_at", "pk"
    )
    return list(rows[:MOST_ASKS])


def answered_asks_of_user(user: User, most: int = 20) -> list[Line]:
    """What they have answered of late, so that an answer can be corrected."""
    own = own_organisations(user, ANSWERERS)
    rows = visible(user, Ask.objects.filter(state=AskState.ANSWERED, asked__in=own), ANSWER)
    rows = rows.select_related("round__asker", "case", "asked").order_by("-state_since", "pk")
    return lines_of(rows[:most])


def missions_to_ask(user: User) -> list[Mission]:
    """Open missions that the user takes part in, those with cases to ask for first."""
    rows = visible(user, Mission.objects.all(), SEE_DIRECTORY)
    running = rows.filter(Q(last_day__isnull=True) | Q(last_day__gte=current_day()))
    waiting = visible(
        user, Case.objects.filter(state__in=[str(state) for state in WAITING]), OFFER_FOR_A_CASE
    )
    with_cases = set(waiting.values_list("mission", flat=True).distinct())
    return sorted(running.order_by("code"), key=lambda one: one.pk not in with_cases)


def cases_to_ask(user: User, mission: UUID, *, search: str = "", always: Iterable[UUID] = ()) -> list[Case]:
    """Cases of a mission that wait for offers and are open to the user, the most urgent first.

    Parameters
    ----------
    search
        The beginning of a pseudonym, or a specialty.
    always
        Ids of cases that stand in the list whatever is searched for.

    Returns
    -------
    At most `MOST_CASES_SHOWN`, each with `open_asks`: how many organisations are asked now.
    """
    states = [str(state) for state in WAITING]
    rows = visible(user, Case.objects.filter(mission=mission, state__in=states), OFFER_FOR_A_CASE)
    wanted = set(always)
    text = search.strip()
    first = list(rows.filter(pk__in=wanted)) if wanted else []
    if text:
        rows = rows.filter(Q(pseudonym__istartswith=text) | Q(specialties__contains=[text.lower()]))
    rest = rows.exclude(pk__in=wanted).order_by("due_at", "pk")[: MOST_CASES_SHOWN - len(first)]
    found = [*first, *rest]
    counted = dict(
        Ask.unscoped.filter(case__in=[one.pk for one in found], state=AskState.OPEN)
        .values_list("case")
        .annotate(Count("pk"))
    )
    for one in found:
        one.open_asks = counted.get(one.pk, 0)
    return found


def keepers_of(user: User, hospitals: Collection[UUID], among: Iterable[Candidate]) -> list[str]:
    """The ids of those of some candidates who keep these hospitals: whom a suggestion leads to asking."""
    if not hospitals:
        return []
    rows = visible(user, Hospital.objects.filter(pk__in=hospitals))
    keeping = set(rows.values_list("keeper", flat=True))
    return [str(one.organisation.pk) for one in among if one.organisation.pk in keeping]


def candidates(asker: Organisation, mission: UUID) -> list[Candidate]:
    """Whom an asker can ask, as a tree, with whom to call and how many asks are open there."""
    rows = list(Organisation.unscoped.filter(may_be_asked(asker, mission)).order_by("latin_name", "pk"))
    rows.sort(key=lambda one: (one.country != asker.country, one.country))  # the own country first
    known = {one.pk for one in rows}
    below: dict[UUID | None, list[Organisation]] = defaultdict(list)
    for one in rows:
        below[one.parent_id if one.parent_id in known else None].append(one)
    contacts = contacts_of(known)
    counted = dict(
        Ask.unscoped.filter(asked__in=known, state=AskState.OPEN).values_list("asked").annotate(Count("pk"))
    )

    def branch(parent: UUID | None, depth: int) -> list[Candidate]:
        found = []
        for one in below[parent]:
            found.append(Candidate(one, depth, contacts.get(one.pk, []), counted.get(one.pk, 0)))
            found += branch(one.pk, depth + 1)
        return found

    return branch(None, 0)
