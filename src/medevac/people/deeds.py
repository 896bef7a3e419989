"""What an action of the role table is called in a sentence such as "your role does not include: …"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_DEEDS: dict[str, str | _StrPromise] = {
    "see.operational": _("see operational data"),
    "see.summary": _("see clinical summaries"),
    "see.clinical": _("see clinical data"),
    "see.personal": _("see personal data"),
    "people.see_organisations": _("see organisations"),
    "people.change_organisations": _("add and change organisations"),
    "people.see_members": _("see who belongs to an organisation"),
    "people.invite": _("invite people"),
    "people.end_memberships": _("end memberships"),
    "people.deactivate": _("deactivate accounts"),
    "people.change_addresses": _("change e-mail addresses"),
    "people.end_sessions": _("end sessions"),
    "people.review": _("confirm memberships"),
    "people.see_access": _("see who can see what"),
    "people.export_access": _("take the list of who can see what"),
    "people.break_glass": _("open something in an emergency"),
    "people.see_emergencies": _("see emergency accesses"),
    "audit.see_record": _("see the record of changes"),
    "audit.see_access_log": _("see who looked at what"),
    "audit.see_exports": _("see what was exported"),
}


def register_deeds(deeds: dict[str, str | _StrPromise]) -> None:
    """Add what the actions of a room above are called; called in AppConfig.ready()."""
    _DEEDS.update(deeds)


def deed(action: str) -> str:
    """What the action is called; empty where its room has not told."""
    return str(_DEEDS.get(action, ""))
