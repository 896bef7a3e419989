"""How users sign in, as django-allauth's settings: passkey, password and one-time code, OpenID Connect.

The rule who needs a second factor is not here: `medevac.people.middleware` asks the roles.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def sign_in_settings(environment: Mapping[str, Any]) -> dict[str, Any]:
    """Settings of django.contrib.auth and django-allauth."""
    issuer = environment["MEDEVAC_OIDC_ISSUER"]
    return {
        "AUTH_USER_MODEL": "people.User",
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "AUTH_PASSWORD_VALIDATORS": [
            {
                "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
                "OPTIONS": {"user_attributes": ("email", "name", "latin_name")},
            },
            {
                "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
                "OPTIONS": {"min_length": 12},
            },
            {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
        ],
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "start",
        "ACCOUNT_LOGOUT_REDIRECT_URL": "account_login",
        "ACCOUNT_ADAPTER": "medevac.people.adapters.AccountAdapter",
        "ACCOUNT_FORMS": {
            "login": "medevac.people.forms.SignInForm",
            "reset_password": "medevac.people.forms.ForgottenPasswordForm",
        },
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*", "password2*"],
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        "ACCOUNT_EMAIL_VERIFICATION": "none",  # the invitation has shown that the address is theirs
        "ACCOUNT_PREVENT_ENUMERATION": True,
        "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": False,
        "ACCOUNT_SESSION_REMEMBER": False,
        "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": False,
        "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
        "ALLAUTH_TRUSTED_PROXY_COUNT": environment["MEDEVAC_TRUSTED_PROXIES"],
        "MFA_ADAPTER": "allauth.mfa.adapter.DefaultMFAAdapter",
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_FORMS": {"add_webauthn": "medevac.people.forms.AddPasskeyForm"},
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_TOTP_ISSUER": "medevac",
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": not environment["MEDEVAC_ADDRESS"].startswith("https://"),
        "SOCIALACCOUNT_ADAPTER": "medevac.people.adapters.ProviderAdapter",
        "SOCIALACCOUNT_ONLY": False,
        "SOCIALACCOUNT_LOGIN_ON_GET": False,
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_PROVIDERS": {
            "openid_connect": {
                "provider_class": "medevac.people.provider.NoncedProvider",
                "APPS": [_provider(environment)] if issuer else [],
            }
        },
    }


def _provider(environment: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "provider_id": "oidc",
        "name": environment["MEDEVAC_OIDC_NAME"],
        "client_id": environment["MEDEVAC_OIDC_CLIENT"],
        "secret": environment["MEDEVAC_OIDC_SECRET"],
        "settings": {"server_url": environment["MEDEVAC_OIDC_ISSUER"], "oauth_pkce_enabled": True},
    }
