"""Two real connections that do something at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connection


def race(*deeds: Callable[[], object]) -> list[object]:
    """Start every deed at once in a thread of its own; returns what each gave, or its exception."""
    ready = threading.Barrier(len(deeds))
    results: list[object] = [None] * len(deeds)

    def run(number: int, deed: Callable[[], object]) -> None:
        try:
            ready.wait(timeout=60)
            results[number] = deed()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
