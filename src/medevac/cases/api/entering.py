"""Who may be the patient of a case that a program has filed, of those whom its token reaches."""

from __future__ import annotations

from typing import Any

from medevac.api.holder import TokenHolder
from medevac.api.looks import record_look
from medevac.cases.api.reading import PERSONAL, look
from medevac.cases.models import Case, Person
from medevac.cases.services.entering import candidates_for
from medevac.people.roles import Right


def candidates_told(holder: TokenHolder, case: Case) -> list[dict[str, Any]] | None:
    """The candidates, the likeliest first; each is a look. None where the token has no scope for persons.

    What is not open to the token is not told of and not looked at: it answers as if there were nobody.
    """
    if not holder.has_scope(PERSONAL.name):
        return None
    actor: Any = holder
    candidates = candidates_for(actor, Person.unscoped.get(pk=case.person_id))
    persons = {one.person.pk: one.person.keeper_id for one in candidates}
    record_look(holder, Right.PERSONAL.value, Person._meta.label_lower, persons)
    look(holder, Right.PERSONAL, [one for candidate in candidates for one in candidate.cases])
    return [
        {
            "person": one.person.pk,
            "score": one.found.score,
            "likenesses": [str(likeness) for likeness in one.found.likenesses],
            "cases": [case.pk for case in one.cases],
        }
        for one in candidates
    ]
