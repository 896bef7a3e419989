"""The minister's letter, and every person whom it names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from medevac.cases.models import Case, Companion, LettersPerson, MinistersLetter
from medevac.cases.policy import KEEP_LETTERS
from medevac.cases.rules import ON_THE_GROUND_AT_HOME
from medevac.cases.services.changed import move_moment
from medevac.cases.services.items import live_case
from medevac.cases.services.missing import count_missing
from medevac.directory.models import Mission
from medevac.directory.services.checking import save_checked
from medevac.people.days import current_day
from medevac.people.models import Organisation, User
from medevac.people.policy import NotAllowedError, demand, visible
from medevac.people.refusals import RefusedError

BEFORE_BOARDING = [str(state) for state in ON_THE_GROUND_AT_HOME]


def writers_for(actor: User) -> list[Organisation]:
    """The organisations whose letters the actor keeps, by name."""
    rows = visible(actor, Organisation.objects.filter(closed_at__isnull=True), KEEP_LETTERS)
    return list(rows.order_by("latin_name", "pk"))


@transaction.atomic
def add_letter(
    actor: User,
    owner: Organisation,
    mission: Mission,
    *,
    number: str,
    dated: date,
    document: UUID | None = None,
) -> MinistersLetter:
    """Write down a letter: its number, its date, and the paper where it is kept."""
    if owner not in writers_for(actor):
        raise NotAllowedError(f"Expected an organisation whose letters the user keeps, got {owner.pk}.")
    if dated > current_day():
        raise RefusedError(_("Expected a date of the letter that is not in the future. Correct it."))
    letter = MinistersLetter(
        owner=owner, mission=mission, number=number.strip(), dated=dated, document=document
    )
    save_checked(letter)
    return letter


@transaction.atomic
def name_persons(
    actor: User,
    letter: MinistersLetter,
    case: Case,
    *,
    patient: bool = True,
    companions: Iterable[Companion] = (),
) -> list[LettersPerson]:
    """Say whom of a case the letter names; who is not given is taken out.

    Raises
    ------
    RefusedError
        Where letter and case are of two missions, or a companion is of another case.
    """
    demand(actor, KEEP_LETTERS, letter)
    demand(actor, KEEP_LETTERS, case)
    kept = live_case(case)
    wanted: list[Companion | None] = [*companions]
    if any(one.case_id != kept.pk for one in wanted if one):
        raise RefusedError(_("Expected companions of case %(case)s only.") % {"case": kept.pseudonym})
    if letter.mission_id != kept.mission_id:
        raise RefusedError(
            _("Letter %(number)s is of another mission than case %(case)s. Choose another letter.")
            % {"number": letter.number, "case": kept.pseudonym}
        )
    wanted = [None, *wanted] if patient else wanted
    ids = {one.pk if one else None for one in wanted}
    named = LettersPerson.unscoped.select_for_update().filter(letter=letter, case=kept)
    already = set()
    for person in named:
        if person.companion_id in ids:
            already.add(person.companion_id)
        else:
            person.delete()
    for one in wanted:
        if (one.pk if one else None) not in already:
            save_checked(LettersPerson(letter=letter, case=kept, companion=one))
    move_moment([kept.pk])
    count_missing([kept])
    return list(LettersPerson.unscoped.filter(letter=letter, case=kept))


@transaction.atomic
def remove_letter(actor: User, letter: MinistersLetter) -> None:
    """Take a letter away that was written down by mistake, with whom it named. The history keeps both.

    Raises
    ------
    RefusedError
        Where it names somebody of a case that is under way or over: then it has been used.
    """
    demand(actor, KEEP_LETTERS, letter)
    named = LettersPerson.unscoped.filter(letter=letter)
    cases = list(Case.unscoped.filter(pk__in=named.values("case")).order_by("pk").select_for_update())
    used = named.exclude(case__state__in=BEFORE_BOARDING).values_list("case__pseudonym", flat=True)
    if used:
        raise RefusedError(
            _("Letter %(number)s has been used for %(cases)s and stays.")
            % {"number": letter.number, "cases": ", ".join(sorted(set(used)))}
        )
    move_moment(set(named.values_list("case", flat=True)))
    named.delete()
    count_missing(cases)
    letter.delete()
