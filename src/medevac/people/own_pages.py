"""The pages of this room and of the sign-in library, with who reaches each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from medevac.people.models import EmergencyAccess, User
from medevac.people.navigation import Entry, register_entry
from medevac.people.pages import Access, register_pages
from medevac.people.policy import visible
from medevac.people.selectors.reviews import reviews_for
from medevac.people.work_items import WorkItem, register_work

ANSWER_WITHIN = timedelta(days=3)  # an emergency access is answered for within this time

SIGN_IN: dict[str, Access | str] = {
    "account_login": Access.EVERYBODY,
    "account_logout": Access.EVERYBODY,
    "account_inactive": Access.EVERYBODY,
    "account_reset_password": Access.EVERYBODY,
    "account_reset_password_done": Access.EVERYBODY,
    "account_reset_password_from_key": Access.EVERYBODY,
    "account_reset_password_from_key_done": Access.EVERYBODY,
    "mfa_authenticate": Access.EVERYBODY,
    "mfa_login_webauthn": Access.EVERYBODY,
    "openid_connect_login": Access.EVERYBODY,
    "openid_connect_callback": Access.EVERYBODY,
    "socialaccount_login_cancelled": Access.EVERYBODY,
    "socialaccount_login_error": Access.EVERYBODY,
    "account_reauthenticate": Access.SIGNED_IN,
    "account_change_password": Access.SIGNED_IN,
    "account_set_password": Access.SIGNED_IN,
    "mfa_index": Access.SIGNED_IN,
    "mfa_reauthenticate": Access.SIGNED_IN,
    "mfa_activate_totp": Access.SIGNED_IN,
    "mfa_deactivate_totp": Access.SIGNED_IN,
    "mfa_view_recovery_codes": Access.SIGNED_IN,
    "mfa_generate_recovery_codes": Access.SIGNED_IN,
    "mfa_download_recovery_codes": Access.SIGNED_IN,
    "mfa_list_webauthn": Access.SIGNED_IN,
    "mfa_add_webauthn": Access.SIGNED_IN,
    "mfa_reauthenticate_webauthn": Access.SIGNED_IN,
    "mfa_remove_webauthn": Access.SIGNED_IN,
    "mfa_edit_webauthn": Access.SIGNED_IN,
    # Accounts come by invitation, and their address is the one invited.
    "account_signup": Access.CLOSED,
    "account_email": Access.CLOSED,
    "account_email_verification_sent": Access.CLOSED,
    "account_confirm_email": Access.CLOSED,
    "account_confirm_login_code": Access.CLOSED,
    "socialaccount_signup": Access.CLOSED,
    "socialaccount_connections": Access.CLOSED,
}

OWN: dict[str, Access | str] = {
    "people:account": Access.SIGNED_IN,
    "people:own_address": Access.SIGNED_IN,
    "people:withdraw_address": Access.SIGNED_IN,
    "people:open_address": Access.EVERYBODY,
    "people:confirm_address": Access.EVERYBODY,
    "people:sessions": Access.SIGNED_IN,
    "people:end_session": Access.SIGNED_IN,
    "people:end_other_sessions": Access.SIGNED_IN,
    "people:sign_out_everywhere": Access.SIGNED_IN,
    "people:second_factor": Access.SIGNED_IN,
    "people:invitation": Access.EVERYBODY,
    "people:accept": Access.EVERYBODY,
    "people:organisations": "people.see_organisations",
    "people:organisation": "people.see_organisations",
    "people:add_organisation": "people.change_organisations",
    "people:admit_organisation": "people.admit_organisations",
    "people:change_organisation": "people.change_organisations",
    "people:move_organisation": "people.change_organisations",
    "people:close_organisation": "people.change_organisations",
    "people:invite": "people.invite",
    "people:invitations": "people.invite",
    "people:withdraw_invitation": "people.invite",
    "people:end_membership": "people.end_memberships",
    "people:person": "people.see_members",
    "people:give_role": "people.invite",
    "people:address": "people.change_addresses",
    "people:end_sessions_of": "people.end_sessions",
    "people:deactivate": "people.deactivate",
    "people:reactivate": "people.deactivate",
    "people:review": "people.review",
    "people:confirm": "people.review",
    "people:access": "people.see_access",
    "people:export_access": "people.export_access",
    "people:break_glass": "people.break_glass",
    # Whoever may break the glass sees and closes their own; the view adds those that the user answers for.
    "people:emergencies": Access.SIGNED_IN,
    "people:end_emergency": Access.SIGNED_IN,
    "people:acknowledge": "people.see_emergencies",
}


def register_own_pages() -> None:
    """Tell who reaches them, and where they stand in the navigation."""
    register_pages(SIGN_IN)
    register_pages(OWN)
    register_entry(Entry("people:organisations", _("Organisations"), order=80, group="people"))
    register_entry(Entry("people:invitations", _("Invitations"), order=81, group="people"))
    register_entry(Entry("people:review", _("Review"), order=82, group="people"))
    register_entry(Entry("people:access", _("Who can see what"), order=83, group="people"))
    register_entry(Entry("people:emergencies", _("Emergency access"), order=84, group="people"))
    register_work("people", own_work)


def own_work(user: User) -> Iterable[WorkItem]:
    """Memberships to be confirmed and emergency accesses to be answered by the user."""
    mine = [line for line in reviews_for(user) if line.mine]
    if mine:
        sentence = ngettext("Confirm one membership.", "Confirm %(count)s memberships.", len(mine))
        first = min(line.membership.review_due for line in mine)
        yield WorkItem(sentence % {"count": len(mine)}, reverse("people:review"), first)
    for access in visible(user, EmergencyAccess.objects.filter(seen_at__isnull=True)).exclude(user=user)[:20]:
        due = access.opened_at + ANSWER_WITHIN
        sentence = gettext(
            "Somebody opened data of your organisation in an emergency. Look at it and answer."
        )
        yield WorkItem(sentence, reverse("people:emergencies"), due)
