"""Which hospitals have said no to which cases."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from medevac.directory.models import Hospital
from medevac.offers.models import Answer
from medevac.people.models import OrganisationPath

SaidNo = dict[UUID, dict[str, Answer]]


def said_no(answers: QuerySet[Answer]) -> SaidNo:
    """By case, the answers that count and are no, by the codes of the hospitals that they speak for.

    An answer that names no hospital speaks for all that the asked organisation, or a part of it, keeps.
    """
    rows = answers.filter(yes=False, replaced_at__isnull=True).select_related("ask", "hospital")
    found: SaidNo = {}
    general: dict[UUID, list[Answer]] = {}
    for answer in rows.order_by("answered_at", "pk"):
        if answer.hospital is not None:
            found.setdefault(answer.ask.case_id, {})[answer.hospital.code] = answer
        else:
            general.setdefault(answer.ask.asked_id, []).append(answer)
    if not general:
        return found
    parts = OrganisationPath.objects.filter(ancestor__in=list(general))
    asked: dict[UUID, list[UUID]] = {}
    for ancestor, descendant in parts.values_list("ancestor", "descendant"):
        asked.setdefault(descendant, []).append(ancestor)
    kept = Hospital.unscoped.filter(keeper__in=list(asked), closed_at__isnull=True)
    for keeper, code in kept.values_list("keeper", "code"):
        for answer in (one for organisation in asked[keeper] for one in general[organisation]):
            found.setdefault(answer.ask.case_id, {}).setdefault(code, answer)
    return found
