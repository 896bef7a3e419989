"""What programs read and write of this room: cases, under the same policy as the pages."""

from __future__ import annotations


def register_own_api() -> None:
    """Add the scopes and the routers."""
    from medevac.api.registry import register_router
    from medevac.api.scopes import register_scope
    from medevac.cases.api import parts, reading, sameness, writing  # noqa: F401  # parts adds to the cases

    for scope in (reading.READ, reading.CLINICAL, reading.PERSONAL, writing.WRITE, writing.ACT):
        register_scope(scope)
    register_router("/cases", reading.cases)
    register_router("/case-suspicions", sameness.suspicions)
