"""The demonstration's document: a reference to invented imaging, which needs no key ring."""

from __future__ import annotations

from datetime import date

from medevac.audit.context import Acting, acting
from medevac.documents import services
from medevac.documents.models import Document
from medevac.documents.rules import Kind
from medevac.people.demonstration import register_maker
from medevac.people.models import Membership
from medevac.people.roles import Role

INVENTED = ".invalid"  # how every address of the demonstration ends


def register_own_maker() -> None:
    """Add it, above the directory's."""
    register_maker("documents", make, order=40)


def make() -> None:
    """A reference of the sending hospital's coordinator, once."""
    rows = Membership.unscoped.current().filter(
        role=Role.HOSPITAL_COORDINATOR, user__email__endswith=INVENTED
    )
    member = rows.select_related("user", "organisation").order_by("starts", "pk").first()
    if member is None or Document.unscoped.exists():
        return
    with acting(Acting(actor=member.user_id, page="demonstration")):
        services.refer(
            member.user,
            member.organisation,
            services.Place(
                "PACS, Харків (вигадано)",
                "ACC-000-INVENTED",
                "Radiologist on duty, +380 00 000 00 00",
                "Call, name the accession number, and ask for a share of the whole study.",
            ),
            services.Description(Kind.IMAGING, "КТ голови", "uk", date(2026, 9, 14)),
        )
