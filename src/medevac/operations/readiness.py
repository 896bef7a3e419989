"""What must hold before requests are sent to this process: a registry that every room fills.

::

    @register_check("outbox")
    def outbox() -> Answer: ...

An answer never names a person: it is read by machines and by whoever watches them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError, transaction

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """What one check found.

    Parameters
    ----------
    ready
        Whether requests may come as far as this check can tell.
    sentence
        What was found, in English, without anybody's name.
    figures
        Numbers that it rests on, by a name in snake case that ends in its unit ("age_seconds").
    """

    ready: bool
    sentence: str
    figures: tuple[tuple[str, float], ...] = ()


AWAY = Answer(False, "The database does not answer.")
Check = Callable[[], Answer]
_CHECKS: dict[str, Check] = {}


def register_check(name: str) -> Callable[[Check], Check]:
    """Add a check; the first one to be registered is the first to be asked."""

    def add(check: Check) -> Check:
        _CHECKS[name] = check
        return check

    return add


def forget_check(name: str) -> None:
    """Take a check away again, for tests."""
    _CHECKS.pop(name, None)


def answers() -> dict[str, Answer]:
    """What every check finds now; one that breaks is not ready, and does not hide the others.

    Where the database is away, the rest is not asked: each would wait for it anew.
    """
    found: dict[str, Answer] = {}
    away = False
    for name, check in _CHECKS.items():
        try:
            found[name] = AWAY if away else _asked(name, check)
        except (InterfaceError, OperationalError):
            logger.warning("The database is away from readiness checks.", extra={"facts": {"check": name}})
            found[name], away = AWAY, True
    return found


def _asked(name: str, check: Check) -> Answer:
    try:
        with transaction.atomic():
            return check()
    except (InterfaceError, OperationalError):
        raise
    except Exception:
        logger.exception("A check of readiness broke.", extra={"facts": {"check": name}})
        return Answer(False, "The check itself broke; the log says where.")
