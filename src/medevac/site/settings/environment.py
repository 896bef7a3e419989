"""The settings of the service as data: names, defaults, meaning, and how the environment is read.

`medevac.site.settings` turns what is read here into Django's settings. A fault never stops at the first:
all are told at once, each with what was expected, what came and what to do. Values of secrets are never
repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from medevac.site.settings import readers

MAKE_SECRET = 'python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
MAKE_PUSH_KEY = (
    'python3 -c "import base64, secrets; print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())"'
)
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


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "MEDEVAC_SECRET_KEY",
        "Signs sessions, invitations and one-time addresses.",
        readers.secret,
        remedy=f"Make one with {MAKE_SECRET}, keep it outside the database, and set it for web and worker.",
        secret=True,
    ),
    Setting(
        "MEDEVAC_IDENTIFIER_KEY",
        "Encrypts the numbers of identity papers and finds them again; without it nobody can read them.",
        readers.secret,
        remedy=f"Make one with {MAKE_SECRET}, keep it outside the database, and set it for web and worker.",
        secret=True,
    ),
    Setting(
        "MEDEVAC_IDENTIFIER_OTHER_KEYS",
        "Further keys that identifiers are read and found with while the key is changed; they write nothing.",
        readers.secrets,
        default="",
        remedy="Give the key from before the change, or nothing.",
        secret=True,
    ),
    Setting(
        "DATABASE_URL",
        "The PostgreSQL database, as the login role of web and worker.",
        readers.database,
        remedy="Set it, or start with `medevac serve` or `medevac demo`, which bring a database along.",
        secret=True,
    ),
    Setting(
        "MEDEVAC_ADDRESS",
        "Where users reach the service; links in messages begin with it, and no other host name is answered.",
        readers.address,
        default="http://localhost:8000",
    ),
    Setting(
        "MEDEVAC_TRUSTED_PROXIES",
        "How many reverse proxies of your own stand in front; limits count by the address before them.",
        readers.whole(0, 10),
        default="0",
    ),
    Setting(
        "MEDEVAC_SESSION_IDLE_MINUTES",
        "After how many minutes without a request a session ends.",
        readers.whole(1, 24 * 60),
        default="30",
    ),
    Setting(
        "MEDEVAC_SESSION_HOURS",
        "After how many hours a session ends, however busy.",
        readers.whole(1, 24 * 7),
        default="12",
    ),
    Setting(
        "MEDEVAC_INVITATION_DAYS",
        "For how many days an invitation can be accepted.",
        readers.whole(1, 60),
        default="7",
    ),
    Setting(
        "MEDEVAC_EMERGENCY_MINUTES",
        "For how many minutes emergency access to a case stays open.",
        readers.whole(5, 24 * 60),
        default="60",
    ),
    Setting(
        "MEDEVAC_REVIEW_DAYS",
        "How often somebody must confirm that a membership is still right.",
        readers.whole(7, 730),
        default="180",
    ),
    Setting(
        "MEDEVAC_REVIEW_GRACE_DAYS",
        "For how many days a membership still counts that was not confirmed in time; then it ends.",
        readers.whole(1, 365),
        default="30",
    ),
    Setting(
        "MEDEVAC_API_REQUESTS_PER_MINUTE",
        "How many requests a token may make in one minute.",
        readers.whole(1, 100_000),
        default="600",
    ),
    Setting(
        "MEDEVAC_API_WRONG_TOKENS_PER_MINUTE",
        "After how many wrong tokens in one minute an address is refused until the minute ends.",
        readers.whole(1, 100_000),
        default="30",
    ),
    Setting(
        "MEDEVAC_LARGEST_REQUEST_MB",
        "How many megabytes one request may send; what is longer is refused unread.",
        readers.whole(1, 10_000),
        default="32",
    ),
    Setting(
        "MEDEVAC_MAIL_HOST", "The SMTP server; without one, no e-mail is sent.", readers.plain, default=""
    ),
    Setting("MEDEVAC_MAIL_PORT", "The port of the SMTP server.", readers.whole(1, 65535), default="587"),
    Setting("MEDEVAC_MAIL_USER", "The login name at the SMTP server.", readers.plain, default=""),
    Setting(
        "MEDEVAC_MAIL_PASSWORD", "The password at the SMTP server.", readers.plain, default="", secret=True
    ),
    Setting(
        "MEDEVAC_MAIL_TLS", "Whether mail is handed over encrypted (STARTTLS).", readers.yes, default="yes"
    ),
    Setting("MEDEVAC_MAIL_FROM", "The sender of e-mail.", readers.plain, default="medevac@localhost"),
    Setting(
        "MEDEVAC_PUSH_KEY",
        "Signs notifications in browsers; without it none are sent. Losing it ends every browser's consent.",
        readers.push_key,
        default="",
        remedy=f"Make one with {MAKE_PUSH_KEY}, or remove it.",
        secret=True,
    ),
    Setting(
        "MEDEVAC_PUSH_CONTACT",
        "Whom a push service may write to, as mailto:ADDRESS.",
        readers.plain,
        default="mailto:medevac@localhost",
    ),
    Setting(
        "MEDEVAC_PUSH_HOSTS",
        "The push services that browsers may name; nothing is posted to another server.",
        readers.words,
        default="fcm.googleapis.com push.services.mozilla.com push.apple.com notify.windows.com",
    ),
    Setting(
        "MEDEVAC_GATEWAY_URL",
        "Where a gateway, such as one for SMS, takes messages; without one, none are sent by telephone.",
        readers.gateway,
        default="",
    ),
    Setting(
        "MEDEVAC_GATEWAY_SECRET",
        "Signs what is posted to the gateway.",
        readers.plain,
        default="",
        remedy=f"Make one with {MAKE_SECRET} and give it to the gateway, too.",
        secret=True,
    ),
    Setting(
        "MEDEVAC_OIDC_ISSUER",
        "The OpenID Connect provider whose users may sign in; without one, passkeys and passwords only.",
        readers.plain,
        default="",
    ),
    Setting(
        "MEDEVAC_OIDC_NAME",
        "What the button for that provider says.",
        readers.plain,
        default="OpenID Connect",
    ),
    Setting("MEDEVAC_OIDC_CLIENT", "The client id that the provider gave.", readers.plain, default=""),
    Setting(
        "MEDEVAC_OIDC_SECRET",
        "The client secret that the provider gave.",
        readers.plain,
        default="",
        secret=True,
    ),
    Setting(
        "MEDEVAC_OIDC_STRONG",
        "Values of the provider's claims acr or amr that count as a second factor.",
        readers.words,
        default="",
    ),
    Setting(
        "MEDEVAC_DOCUMENT_KEYS_FILE",
        "The file with the keys that open documents; with the embedded database it lies in its folder. No "
        "backup of the database has it: keep a copy.",
        readers.absolute,
        default="",
        remedy="Name a file outside the database, and make it with `medevac document-keys --new`.",
    ),
    Setting(
        "MEDEVAC_DOCUMENT_LARGEST_MIB",
        "How many mebibytes a document may have; what is larger is told of by a reference.",
        readers.whole(1, 1024),
        default="25",
    ),
    Setting(
        "MEDEVAC_DOCUMENT_TYPES",
        "Which types of files are taken as documents, told by their content.",
        readers.document_types,
        default="pdf jpeg png tiff heic docx odt",
    ),
    Setting(
        "MEDEVAC_DOCUMENT_SCANNER",
        "Where the virus scanner clamd answers, as HOST:PORT or the path of its socket; without one, "
        "documents are not scanned.",
        readers.scanner,
        default="",
    ),
    Setting(
        "MEDEVAC_PRIORITY_HOURS",
        "Within how many hours a case of each priority is to leave, from its verification.",
        readers.priority_hours,
        default="P1=24 P2=48 P3=168",
    ),
    Setting(
        "MEDEVAC_REQUIRED_SCREENING",
        "The organisms that every patient is screened for; contact precautions end when all are negative.",
        readers.organisms,
        default="mrsa vre cpe acinetobacter",
    ),
    Setting(
        "MEDEVAC_ITEM_DAYS",
        "For each step, after how many days an item is due that it waits for and nobody has set a deadline "
        "for; a step that is left out sets none.",
        readers.item_days,
        default="submit=1 verify=2 publish=3 offer=5 choose=7 book=7 board=7",
    ),
    Setting(
        "MEDEVAC_CHASE_HOURS",
        "From how many hours before its deadline whoever brings an item is reminded, once a day at most.",
        readers.whole(1, 24 * 60),
        default="48",
    ),
    Setting(
        "MEDEVAC_TIME_ZONE",
        "Whose calendar the days of the service follow; clocks are shown in each user's own zone.",
        readers.zone,
        default="Europe/Oslo",
    ),
    Setting(
        "MEDEVAC_OFFERS_STAY_DAYS",
        "For how many days a place is held where neither the offer nor the place says how long the stay is.",
        readers.whole(1, 1000),
        default="60",
    ),
    Setting(
        "MEDEVAC_OFFERS_HOLD_HOURS",
        "For how many hours an offer can be chosen, unless it says otherwise.",
        readers.whole(1, 24 * 60),
        default="120",
    ),
    Setting(
        "MEDEVAC_OFFERS_STALE_HOURS",
        "After how many hours a place that nobody has confirmed is stale, and its hospital is reminded.",
        readers.whole(1, 24 * 60),
        default="168",
    ),
    Setting(
        "MEDEVAC_OFFERS_REMIND_HOURS",
        "How many hours before the deadline whoever is asked and has not answered is reminded.",
        readers.whole(1, 24 * 60),
        default="12",
    ),
    Setting(
        "MEDEVAC_OFFERS_TAKEN_DAYS",
        "How many days before a promised place is due it is told that another patient still lies there.",
        readers.whole(0, 30),
        default="3",
    ),
    Setting(
        "MEDEVAC_OFFERS_AIRCRAFT",
        "The file with the aircraft that suggestions count with, one for each hub, as JSON in the planner's "
        "format without id and days; without one, the Boeing 737 of the Norwegian flights from Gardermoen.",
        readers.absolute,
        default="",
    ),
    Setting(
        "MEDEVAC_METRICS_FROM",
        "The addresses that may read /metrics and the sentences of /health/ready, except through a proxy.",
        readers.networks,
        default="127.0.0.1 ::1",
    ),
    Setting(
        "MEDEVAC_METRICS_TOKEN",
        "Who sends it as a bearer token may read them from anywhere; without one, nobody else may.",
        readers.token,
        default="",
        remedy=f"Make one with {MAKE_SECRET}, or remove it.",
        secret=True,
    ),
    Setting(
        "MEDEVAC_LOG_LEVEL",
        "From which weight on something is logged: debug, info, warning or error.",
        readers.level,
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
    if values.get("MEDEVAC_IDENTIFIER_KEY") in values.get("MEDEVAC_IDENTIFIER_OTHER_KEYS", ()):
        faults.append(
            "MEDEVAC_IDENTIFIER_OTHER_KEYS: expected keys that are not MEDEVAC_IDENTIFIER_KEY, got the same "
            "again (not shown). Take it out."
        )
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
