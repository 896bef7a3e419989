"""What programs read and write of this room: cases, under the same policy as the pages."""

from __future__ import annotations


def register_own_api() -> None:
    """Add the scopes and the routers."""
    from medevac.api.registry import register_router
    from medevac.api.scopes import register_scope
    from medevac.cases.api import (  # noqa: F401  # each adds to the cases
        assessments,
        companions,
        consents,
        documents_of_case,
        duty,
        exporting,
        families,
        importing,
        items,
        letters,
        merges,
        parts,
        reading,
        sameness,
        screenings,
        writing,
    )

    for scope in (reading.READ, reading.CLINICAL, reading.PERSONAL, writing.WRITE, writing.ACT, duty.KEEP):
        register_scope(scope)
    register_router("/cases", reading.cases)
    register_router("/case-suspicions", sameness.suspicions)
    register_router("/case-merges", merges.merges)
    register_router("/case-exports", exporting.exports)
    register_router("/case-imports", importing.imports)
    register_router("/letters", letters.letters)
    register_router("/duty", duty.desk)
