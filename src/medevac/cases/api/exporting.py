"""Cases that a program takes away as one numbered file, as the page of exports does."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.errors import HttpError

from medevac.api.access import NO_SCOPE, TokenAccess, holder_of
from medevac.api.answers import FAULTS, Fault
from medevac.cases.api.deeds import deed
from medevac.cases.api.entries import Strict
from medevac.cases.api.reading import CLINICAL, PERSONAL, READ, Narrowing, narrowed
from medevac.cases.services.exporting import WORKBOOK, Wanted, export_cases
from medevac.tables.container import WORKBOOK_TYPE

exports = Router(auth=TokenAccess(READ.name), tags=["case-exports"])
TYPES = {"xlsx": WORKBOOK_TYPE, "csv": "text/csv; charset=utf-8"}


class ExportIn(Strict):
    """Which columns leave, in which form. A cell is filled only where its case opens it to the token."""

    clinical: bool = False
    personal: bool = False
    file_format: Literal["xlsx", "csv"] = WORKBOOK  # type: ignore[assignment]  # the same word


@exports.post(
    "",
    response={409: Fault, **{code: fault for code, fault in FAULTS.items() if code != 404}},
    summary="Take cases away",
    openapi_extra={
        "responses": {
            200: {
                "description": "The file. Its name has the number under which the export is on record.",
                "content": {
                    kind: {"schema": {"type": "string", "format": "binary"}} for kind in TYPES.values()
                },
            }
        }
    },
)
def export(request: HttpRequest, narrowing: Query[Narrowing], given: ExportIn) -> HttpResponse:
    """Take the cases that the address leaves, at most 20,000; who took them and what is on record.

    Clinical and personal columns need the scopes of reading them.
    """
    holder = holder_of(request)
    for scope, asked in ((CLINICAL, given.clinical), (PERSONAL, given.personal)):
        if asked and not holder.has_scope(scope.name):
            raise HttpError(403, NO_SCOPE.format(scope=scope.name))
    asked_for = {name: str(value) for name, value in narrowing.dict(exclude_unset=True).items()}
    cases = narrowed(holder, narrowing).order_by("due_at", "pk")
    with deed():
        taken = export_cases(holder, cases, Wanted(**given.dict(), conditions=asked_for))  # type: ignore[arg-type]
    answer = HttpResponse(taken.content, content_type=TYPES[given.file_format])
    answer["Content-Disposition"] = f'attachment; filename="{taken.file_name}"'
    return answer
