"""A process that runs one of Django's commands, and tells faults of the settings without a traceback.

What the command changes is on record as its deed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

BAD_INPUT = 2


def run(words: Sequence[str]) -> int:
    """Run a command; returns its exit code."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import ManagementUtility
    from django.core.management.base import CommandError

    from medevac.audit.context import Acting, acting

    try:
        from django.conf import settings

        _ = settings.DATABASES  # the settings are read here, where their faults can be told
        with acting(Acting(kind="service", page=f"command:{words[0]}")):
            # So Django raises a fault that is told in a sentence; it would else print it itself.
            ManagementUtility(["medevac", words[0], "--traceback", *words[1:]]).execute()
    except (ImproperlyConfigured, CommandError) as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
