"""The settings of the service as data: names, defaults, meaning, and how the environment is read.

`medevac.site.settings` turns what is read here into Django's settings. A fault never stops at the first:
all are told at once, each with what was expected, what came and what to do. Values of secrets are never
repeated.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

MAKE_SECRET = 'python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
LEVELS = ("debug", "info", "warning", "error")
MAKE_PUSH_KEY = (
    'python3 -c "import base64, secrets; print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())"'
)
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True)
class Setting:
    """One setting of the service.

    Parameters
    ----------
    name
        The variable of the environment.
    purpose
        What it decides, in one sentence.
    read
        Turns the text into a value; raises ValueError with the law that was broken, such as "a whole number
        from 1".
    default
        The text that counts where the variable is missing; None where the service refuses to start without
        it.
    remedy
        What to do where it is missing or wrong.
    secret
        Whether its value must never be printed.
    """

    name: str
    purpose: str
    read: Callable[[str], Any]
    default: str | None = None
    remedy: str = "Correct the variable and start again."
    secret: bool = False


def _secret(text: str) -> str:
    if len(text) < 50:
        raise ValueError("at least 50 random characters")
    return text


def _database(text: str) -> dict[str, Any]:
    try:
        parts = conninfo_to_dict(text)
    except ProgrammingError as error:
        raise ValueError("an address such as postgresql://USER:PASSWORD@HOST:5432/NAME") from error
    if not text.startswith(("postgresql://", "postgres://")) or not parts.get("dbname"):
        raise ValueError("an address such as postgresql://USER:PASSWORD@HOST:5432/NAME")
    return dict(parts)


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise ValueError("an address without a path, such as https://medevac.example.org")
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise ValueError(
            "https, since patients' data must not travel in the clear (http is for localhost only)"
        )
    return text.rstrip("/")


def _whole(lowest: int, highest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not lowest <= int(text) <= highest:
            raise ValueError(f"a whole number from {lowest} to {highest}")
        return int(text)

    return read


def _yes(text: str) -> bool:
    if text.lower() not in ("yes", "no"):
        raise ValueError("yes or no")
    return text.lower() == "yes"


def _token(text: str) -> str:
    if text and len(text) < 32:
        raise ValueError("at least 32 random characters, or nothing")
    return text


def _networks(text: str) -> list[str]:
    try:
        return [str(ip_network(word)) for word in _words(text)]
    except ValueError as error:
        raise ValueError("addresses or networks such as 127.0.0.1 or 10.1.0.0/16") from error


def _level(text: str) -> str:
    if text not in LEVELS:
        raise ValueError(f"one of {', '.join(LEVELS)}")
    return text


def _words(text: str) -> list[str]:
    return [word for word in text.replace(",", " ").split() if word]


def _plain(text: str) -> str:
    return text


def _push_key(text: str) -> bytes:
    """A private key of the curve P-256: 32 bytes in base64url, a number from 1 to below the curve's order."""
    if not text:
        return b""
    try:
        key = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, binascii.Error):
        key = b""
    if len(key) != 32 or not 0 < int.from_bytes(key) < P256_ORDER:
        raise ValueError("32 random bytes in base64url")
    return key


def _gateway(text: str) -> str:
    parts = urlsplit(text)
    local = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1")
    if text and not (parts.scheme == "https" and parts.hostname) and not local:
        raise ValueError("an https address (http is for localhost only)")
    return text


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "MEDEVAC_SECRET_KEY",
        "Signs sessions, invitations and one-time addresses.",
        _secret,
        remedy=f"Make one with {MAKE_SECRET}, keep it outside the database, and set it for web and worker.",
        secret=True,
    ),
    Setting(
        "MEDEVAC_IDENTIFIER_KEY",
        "Encrypts the numbers of identity papers and finds them again; without it nobody can read them.",
        _secret,
        remedy=f"Make one with {MAKE_SECRET}, keep it outside the database, and set it for web and worker.",
        secret=True,
    ),
    Setting(
        "DATABASE_URL",
        "The PostgreSQL database, as the login role of web and worker.",
        _database,
        remedy="Set it, or start with `medevac serve` or `medevac demo`, which bring a database along.",
        secret=True,
    ),
    Setting(
        "MEDEVAC_ADDRESS",
        "Where users reach the service; links in messages begin with it, and no other host name is answered.",
        _address,
        default="http://localhost:8000",
    ),
    Setting(
        "MEDEVAC_TRUSTED_PROXIES",
        "How many reverse proxies of your own stand in front; limits count by the address before them.",
        _whole(0, 10),
        default="0",
    ),
    Setting(
        "MEDEVAC_SESSION_IDLE_MINUTES",
        "After how many minutes without a request a session ends.",
        _whole(1, 24 * 60),
        default="30",
    ),
    Setting(
        "MEDEVAC_SESSION_HOURS",
        "After how many hours a session ends, however busy.",
        _whole(1, 24 * 7),
        default="12",
    ),
    Setting(
        "MEDEVAC_INVITATION_DAYS",
        "For how many days an invitation can be accepted.",
        _whole(1, 60),
        default="7",
    ),
    Setting(
        "MEDEVAC_EMERGENCY_MINUTES",
        "For how many minutes emergency access to a case stays open.",
        _whole(5, 24 * 60),
        default="60",
    ),
    Setting(
        "MEDEVAC_REVIEW_DAYS",
        "How often somebody must confirm that a membership is still right.",
        _whole(7, 730),
        default="180",
    ),
    Setting(
        "MEDEVAC_API_REQUESTS_PER_MINUTE",
        "How many requests a token may make in one minute.",
        _whole(1, 100_000),
        default="600",
    ),
    Setting(
        "MEDEVAC_API_WRONG_TOKENS_PER_MINUTE",
        "After how many wrong tokens in one minute an address is refused until the minute ends.",
        _whole(1, 100_000),
        default="30",
    ),
    Setting("MEDEVAC_MAIL_HOST", "The SMTP server; without one, no e-mail is sent.", _plain, default=""),
    Setting("MEDEVAC_MAIL_PORT", "The port of the SMTP server.", _whole(1, 65535), default="587"),
    Setting("MEDEVAC_MAIL_USER", "The login name at the SMTP server.", _plain, default=""),
    Setting("MEDEVAC_MAIL_PASSWORD", "The password at the SMTP server.", _plain, default="", secret=True),
    Setting("MEDEVAC_MAIL_TLS", "Whether mail is handed over encrypted (STARTTLS).", _yes, default="yes"),
    Setting("MEDEVAC_MAIL_FROM", "The sender of e-mail.", _plain, default="medevac@localhost"),
    Setting(
        "MEDEVAC_PUSH_KEY",
        "Signs notifications in browsers; without it none are sent. Losing it ends every browser's consent.",
        _push_key,
        default="",
        remedy=f"Make one with {MAKE_PUSH_KEY}, or remove it.",
        secret=True,
    ),
    Setting(
        "MEDEVAC_PUSH_CONTACT",
        "Whom a push service may write to, as mailto:ADDRESS.",
        _plain,
        default="mailto:medevac@localhost",
    ),
    Setting(
        "MEDEVAC_PUSH_HOSTS",
        "The push services that browsers may name; nothing is posted to another server.",
        _words,
        default="fcm.googleapis.com push.services.mozilla.com push.apple.com notify.windows.com",
    ),
    Setting(
        "MEDEVAC_GATEWAY_URL",
        "Where a gateway, such as one for SMS, takes messages; without one, none are sent by telephone.",
        _gateway,
        default="",
    ),
    Setting(
        "MEDEVAC_GATEWAY_SECRET",
        "Signs what is posted to the gateway.",
        _plain,
        default="",
        remedy=f"Make one with {MAKE_SECRET} and give it to the gateway, too.",
        secret=True,
    ),
    Setting(
        "MEDEVAC_OIDC_ISSUER",
        "The OpenID Connect provider whose users may sign in; without one, passkeys and passwords only.",
        _plain,
        default="",
    ),
    Setting("MEDEVAC_OIDC_NAME", "What the button for that provider says.", _plain, default="OpenID Connect"),
    Setting("MEDEVAC_OIDC_CLIENT", "The client id that the provider gave.", _plain, default=""),
    Setting(
        "MEDEVAC_OIDC_SECRET", "The client secret that the provider gave.", _plain, default="", secret=True
    ),
    Setting(
        "MEDEVAC_OIDC_STRONG",
        "Values of the provider's claims acr or amr that count as a second factor.",
        _words,
        default="",
    ),
    Setting(
        "MEDEVAC_METRICS_FROM",
        "The addresses that may read /metrics and the sentences of /health/ready, except through a proxy.",
        _networks,
        default="127.0.0.1 ::1",
    ),
    Setting(
        "MEDEVAC_METRICS_TOKEN",
        "Who sends it as a bearer token may read them from anywhere; without one, nobody else may.",
        _token,
        default="",
        remedy=f"Make one with {MAKE_SECRET}, or remove it.",
        secret=True,
    ),
    Setting(
        "MEDEVAC_LOG_LEVEL",
        "From which weight on something is logged: debug, info, warning or error.",
        _level,
        default="info",
    ),
)


def read_settings(environ: Mapping[str, str]) -> dict[str, Any]:
    """Read every setting, or refuse with all faults at once.

    Returns
    -------
    The values by the setting's name.

    Raises
    ------
    ImproperlyConfigured
        Where a setting is missing or wrong.
    """
    values: dict[str, Any] = {}
    faults = []
    for setting in SETTINGS:
        text = environ.get(setting.name, setting.default)
        if text is None or (not text and setting.default is None):
            faults.append(f"{setting.name} is not set. {setting.purpose} {setting.remedy}")
            continue
        try:
            values[setting.name] = setting.read(text.strip())
        except ValueError as error:
            came = f"{len(text)} characters (not shown)" if setting.secret else f'"{text}"'
            faults.append(f"{setting.name}: expected {error}, got {came}. {setting.remedy}")
    faults.extend(_between(values))
    if faults:
        raise ImproperlyConfigured(
            "medevac does not start, since its settings are not complete:\n- " + "\n- ".join(faults)
        )
    return values


def _between(values: Mapping[str, Any]) -> list[str]:
    """Faults between settings that are each right."""
    faults = []
    if values.get("MEDEVAC_OIDC_ISSUER") and not (
        values.get("MEDEVAC_OIDC_CLIENT") and values.get("MEDEVAC_OIDC_SECRET")
    ):
        faults.append(
            "MEDEVAC_OIDC_ISSUER is set: expected MEDEVAC_OIDC_CLIENT and MEDEVAC_OIDC_SECRET as well. "
            "Set both, or remove the issuer."
        )
    if values.get("MEDEVAC_GATEWAY_URL") and len(values.get("MEDEVAC_GATEWAY_SECRET", "")) < 32:
        faults.append(
            "MEDEVAC_GATEWAY_URL is set: expected MEDEVAC_GATEWAY_SECRET with at least 32 characters as "
            f"well. Make one with {MAKE_SECRET} and give it to the gateway, too."
        )
    return faults
