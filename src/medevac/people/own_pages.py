"""The pages of this room and of the sign-in library, with who reaches each."""

from __future__ import annotations

from medevac.people.pages import Access, register_pages

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
    "people:second_factor": Access.SIGNED_IN,
}


def register_own_pages() -> None:
    """Tell who reaches them."""
    register_pages(SIGN_IN)
    register_pages(OWN)
