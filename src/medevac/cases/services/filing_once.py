"""A form that is sent twice files one case: by a double press, a slow line, or a page loaded again."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from medevac.cases.models import Case, Filing
from medevac.cases.services.filing import CaseFacts, file_case
from medevac.people.models import User
from medevac.people.refusals import RefusedError


@transaction.atomic
def file_case_once(actor: User, mark: UUID, facts: CaseFacts) -> tuple[Case, bool]:
    """File a case, unless the form with this mark has done so already.

    Returns
    -------
    The case, and whether it was filed just now. Whoever sends the same form at the same moment waits for the
    first, and gets its case.

    Raises
    ------
    RefusedError, NotAllowedError
        As `file_case`. Nothing was changed.
    """
    with connection.cursor() as cursor:  # held until the transaction ends
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"cases.filing {mark}"])
    earlier = Filing.unscoped.filter(mark=mark).select_related("case").first()
    if earlier is not None and earlier.actor != actor.pk:
        raise RefusedError(_("Expected a form of your own. Load the page again."))
    if earlier is not None:
        return earlier.case, False
    case = file_case(actor, facts)
    Filing.unscoped.create(mark=mark, actor=actor.pk, case=case)
    return case, True
