"""The asking process: twenty users send their requests, first at a pace, then without pause.

A process of its own, so that what it costs is not measured as the service's. It reads JSON from standard
input (the port, the people, the lengths) and writes JSON: milliseconds by the kind of page, and what failed.

At a pace, a request is due every so many seconds for each user, whatever has become of the earlier ones; its
time counts from the moment when it was due, so that one that had to wait for another is not told as quick.
"""

from __future__ import annotations

import http.client
import json
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from page_load.requests_of import Request, requests_of
from page_load.visitor import Visitor

JITTER = 0.25  # of the pause between two requests, to either side
SAY_EVERY = 15.0


@dataclass
class Answers:
    """What came back: milliseconds by the kind of page, and the failures in words."""

    seconds: float = 0.0
    milliseconds: dict[str, list[float]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    bytes_read: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, visitor: Visitor, request: Request, due: float) -> None:
        """Ask, and keep how long it took since it was due."""
        try:
            status, page = visitor.get(request.path)
        except (OSError, http.client.HTTPException) as error:
            status, page = type(error).__name__, b""
        taken = (time.perf_counter() - due) * 1000
        with self._lock:
            self.milliseconds.setdefault(request.kind, []).append(taken)
            self.bytes_read[request.kind] = max(self.bytes_read.get(request.kind, 0), len(page))
            if status != 200:
                self.failed.append(f"{request.path}: {status}")

    def count(self) -> int:
        """How many answers have come."""
        return sum(len(times) for times in list(self.milliseconds.values()))


def at_a_pace(
    visitor: Visitor, todo: Iterator[Request], answers: Answers, begin: float, seconds: float, pause: float
) -> None:
    """One request of a user in each pause, at an uneven moment of it."""
    draw = random.Random(visitor.email)
    phase = draw.uniform(0, pause)
    for place in range(int(seconds / pause)):
        due = begin + phase + (place + draw.uniform(-JITTER, JITTER)) * pause
        time.sleep(max(0.0, due - time.perf_counter()))
        answers.send(visitor, next(todo), max(due, begin))


def without_pause(
    visitor: Visitor, todo: Iterator[Request], answers: Answers, begin: float, seconds: float
) -> None:
    """The next request as soon as the answer to the last one is there."""
    while time.perf_counter() < begin + seconds:
        answers.send(visitor, next(todo), time.perf_counter())


def together(deeds: list[Callable[[], None]], answers: Answers, what: str) -> Answers:
    """Do what every user does, all at once; says how far it has come."""
    begin = time.perf_counter()
    threads = [threading.Thread(target=deed, daemon=True) for deed in deeds]
    for one in threads:
        one.start()
    said = begin
    for one in threads:
        while one.is_alive():
            one.join(0.5)
            if time.perf_counter() > said + SAY_EVERY:
                said = time.perf_counter()
                say(f"{what}: {answers.count()} answers, {len(answers.failed)} failed")
    answers.seconds = time.perf_counter() - begin
    return answers


def say(sentence: str) -> None:
    """Tell how far it is."""
    print(sentence, file=sys.stderr, flush=True)


def ask(plan: dict[str, Any]) -> dict[str, Any]:
    """Sign everybody in, open each kind of page once, and measure."""
    users = []
    for place, person in enumerate(plan["people"]):
        visitor = Visitor(plan["port"], person["email"])
        visitor.sign_in(plan["password"], plan["secret"])
        users.append((visitor, requests_of(person, plan["common"], plan["rare"], seed=place)))
    say(f"{len(users)} users are signed in")
    warming = Answers()
    for visitor, todo in users:
        for _ in range(plan["warming"]):
            warming.send(visitor, next(todo), time.perf_counter())
    begin = time.perf_counter() + 0.5
    paced, fast = Answers(), Answers()
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
    return {"warming": _told(warming), "paced": _told(paced), "fast": _told(fast)}


def _told(answers: Answers) -> dict[str, Any]:
    known = ("seconds", "milliseconds", "failed", "bytes_read")
    return {name: getattr(answers, name) for name in known}


if __name__ == "__main__":
    json.dump(ask(json.load(sys.stdin)), sys.stdout)
