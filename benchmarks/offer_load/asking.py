"""The asking process for places and offers: as `page_load.asking`, with each user's own pages."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from offer_load.pages import requests_of
from page_load.asking import Answers, at_a_pace, say, together, without_pause
from page_load.visitor import Visitor


def ask(plan: dict[str, Any]) -> dict[str, Any]:
    """Sign everybody in, open some pages each, and measure at a pace and without pause."""
    users = []
    for place, person in enumerate(plan["people"]):
        visitor = Visitor(plan["port"], person["email"])
        visitor.sign_in(plan["password"], plan["secret"])
        users.append((visitor, requests_of(person, seed=place)))
    say(f"{len(users)} users are signed in")
    warming, paced, fast = Answers(), Answers(), Answers()
    for visitor, todo in users:
        for _ in range(plan["warming"]):
            warming.send(visitor, next(todo), time.perf_counter())
    begin = time.perf_counter() + 0.5
    together(
        [
            lambda user=user: at_a_pace(*user, paced, begin, plan["seconds"], plan["pause"])  # type: ignore[misc]
            for user in users
        ],
        paced,
        "at a pace",
    )
    begin = time.perf_counter()
    together(
        [lambda user=user: without_pause(*user, fast, begin, plan["closed_seconds"]) for user in users],  # type: ignore[misc]
        fast,
        "without pause",
    )
    for visitor, _todo in users:
        visitor.close()
    return {"paced": _told(paced), "fast": _told(fast)}


def _told(answers: Answers) -> dict[str, Any]:
    known = ("seconds", "milliseconds", "failed", "bytes_read")
    return {name: getattr(answers, name) for name in known}


if __name__ == "__main__":
    json.dump(ask(json.load(sys.stdin)), sys.stdout)
