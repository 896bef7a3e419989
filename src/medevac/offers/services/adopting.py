"""Adopting advice: the asks that somebody has ticked are sent as one round, or none of them is.

The run is locked first, then the cases by id (docs/explanation/locking.md): whoever presses twice, or at the
same moment as another, finds it adopted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from medevac.cases.rules import WAITING
from medevac.directory.models import Hospital
from medevac.offers.models import AdviceRun, Ask, Round
from medevac.offers.models.advice import RunState
from medevac.offers.policy import ASK
from medevac.offers.services.asking import Question, ask_each
from medevac.offers.services.locking import wait_for_case
from medevac.people.models import User
from medevac.people.policy import demand
from medevac.people.refusals import RefusedError


@transaction.atomic
def adopt_advice(actor: User, run: AdviceRun, cases: Collection[UUID], question: Question) -> Round:
    """Send some of the asks that a run advises, in one round, and keep who adopted it.

    Parameters
    ----------
    cases
        The ids of the cases whose asks are sent; each goes to whoever keeps the advised hospital.

    Returns
    -------
    The round; the same one where the same asks of the run were sent by the same person before.

    Raises
    ------
    RefusedError
        Where the run was adopted, is not done, does not advise a case, or where a case does not wait any
        more, and for every reason of `ask_each`. Nothing was sent.
    """
    demand(actor, ASK, run)
    # Without the round beside it: whoever had to wait would read the round as it was before.
    kept = AdviceRun.unscoped.select_for_update(of=("self",)).select_related("asker").get(pk=run.pk)
    wanted = set(cases)
    if kept.round_id is not None:
        return _adopted_before(actor, kept, Round.unscoped.get(pk=kept.round_id), wanted)
    if kept.state != RunState.DONE:
        raise RefusedError(_("The advice is not worked out. Wait until it is, or ask for it again."))
    if not wanted:
        raise RefusedError(_("Tick at least one of the advised asks."))
    advised = {UUID(one["case"]): UUID(one["hospital"]) for one in kept.asks}
    if wanted - set(advised):
        raise RefusedError(_("A case is not part of this advice. Load the page again and choose anew."))
    _refuse_unless_they_wait(wanted)
    keepers = dict(Hospital.unscoped.filter(pk__in=advised.values()).values_list("pk", "keeper"))
    by_keeper: dict[UUID, list[UUID]] = defaultdict(list)
    for case in sorted(wanted):
        by_keeper[keepers[advised[case]]].append(case)
    made = ask_each(actor, kept.asker, by_keeper, question)
    kept.round, kept.adopted_by, kept.adopted_at = made, actor.pk, timezone.now()
    kept.save(update_fields=["round", "adopted_by", "adopted_at"])
    return made


def _adopted_before(actor: User, kept: AdviceRun, made: Round, wanted: set[UUID]) -> Round:
    """A form that is sent twice has one effect; anything else is told what has been done."""
    sent = set(Ask.unscoped.filter(round=made).values_list("case", flat=True))
    if kept.adopted_by == actor.pk and sent == wanted:
        return made
    when = timezone.localtime(kept.adopted_at)
    raise RefusedError(
        _("Asks of this advice were sent on %(when)s already. Work it out again to ask for the others.")
        % {"when": formats.date_format(when, "SHORT_DATETIME_FORMAT")}
    )


def _refuse_unless_they_wait(cases: Collection[UUID]) -> None:
    """Lock the cases by id, and name those that have gone on since the advice was worked out."""
    gone = [case.pseudonym for case in map(wait_for_case, sorted(cases)) if case.state not in WAITING]
    if gone:
        raise RefusedError(
            _(
                "Nothing was sent: %(cases)s wait for a place no more. Load the page again, and send the "
                "others or work it out again."
            )
            % {"cases": ", ".join(sorted(gone))}
        )
