"""The only place of this room that writes: one verb, one transaction.

Each asks the policy, locks what becomes scarcer, changes, and hands over the notice. History is written by
the database.
"""

from medevac.people.services.addresses import (
    ask_for_address,
    confirm_address,
    open_address_change,
    withdraw_address_change,
)
from medevac.people.services.emergencies import acknowledge, break_glass, end_emergency
from medevac.people.services.founding import found
from medevac.people.services.invitations import NewAccount, accept, invite, open_invitation, withdraw
from medevac.people.services.memberships import confirm, end_membership, grant
from medevac.people.services.organisations import (
    add_organisation,
    change_organisation,
    close_organisation,
    move_organisation,
)
from medevac.people.services.sessions import end_all_sessions, end_session, end_sessions_of
from medevac.people.services.users import change_own_account, deactivate, reactivate

__all__ = [
    "NewAccount",
    "accept",
    "acknowledge",
    "add_organisation",
    "ask_for_address",
    "break_glass",
    "change_organisation",
    "change_own_account",
    "close_organisation",
    "confirm",
    "confirm_address",
    "deactivate",
    "end_all_sessions",
    "end_emergency",
    "end_membership",
    "end_session",
    "end_sessions_of",
    "found",
    "grant",
    "invite",
    "move_organisation",
    "open_address_change",
    "open_invitation",
    "reactivate",
    "withdraw",
    "withdraw_address_change",
]
