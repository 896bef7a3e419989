"""A channel of notices that writes each into a file, so that a test can open an invitation's link."""

from __future__ import annotations

import json
import os

from django.apps import AppConfig

from medevac.people.notices import Notice, register_channel


class ToldInAFile(AppConfig):
    """The channel as an application of its own; only the settings of browser tests name it."""

    name = "told_in_a_file"

    def ready(self) -> None:
        """Add the channel."""
        register_channel("file", write)


def write(notice: Notice) -> None:
    """Add a notice to the file, one a line."""
    with open(os.environ["NOTICES"], "a", encoding="utf-8") as told:
        told.write(json.dumps({"kind": notice.kind, "address": notice.address, "email": notice.email}) + "\n")
