"""Tests that what the API says of itself is what it does, asked by a client that knows nothing else."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import directory_places
import pytest
import uvicorn
from django.test import Client
from ninja import Schema

from databases import pooled
from medevac.api import services
from medevac.people.roles import Role

HOST = "127.0.0.1"
CASES = ["cases.read", "cases.read_clinical", "cases.read_personal", "cases.write", "cases.act", "cases.duty",
         "documents.read"]  # fmt: skip
OFFERS = ["offers.read", "offers.write", "offers.choose"]


@pytest.fixture
def served(transactional_db: None, settings) -> Iterator[tuple[str, dict[str, str]]]:
    """A real server with the directory's small world, and a token of its owner and of its ministry."""
    settings.API_REQUESTS_PER_MINUTE = settings.API_WRONG_TOKENS_PER_MINUTE = 1_000_000
    places = directory_places.build()
    tokens = {}
    for role, place, scopes in (
        (Role.ADMINISTRATOR, "owner", ["directory.read", "missions.write", "organisations.read"]),
        (Role.MINISTRY, "ministry", [*CASES, *OFFERS]),
    ):
        actor = places.world.people[Role.ADMINISTRATOR]
        _, tokens[role.value] = services.make_token(
            actor, places.world[place], name="X", role=role, scopes=scopes, days=1
        )
    from medevac.site.asgi import application

    config = uvicorn.Config(application, host=HOST, port=0, log_level="error", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    while not server.started:
        thread.join(0.05)
        assert thread.is_alive(), "Expected the server to start, but it has ended."
    port = server.servers[0].sockets[0].getsockname()[1]
    with pooled():
        yield f"http://{HOST}:{port}", tokens
        server.should_exit = True
        thread.join()


# Every value of every field in turn is asked of the case itself; its many parts are built of the same values.
EVERY, SOME = (
    ("--phases=examples,coverage,fuzzing", "--max-examples=8"),
    ("--phases=fuzzing", "--max-examples=4"),
)
CASE = r"^/api/(cases(/\{id\}(/act|/steps|/needs)?)?|case-suspicions.*)$"
OTHERS = "/(case|letters|duty|places|pools|offers|holds|choices|asks|rounds|advice)"
PLACES = r"^/api/(places|pools|offers|holds|choices|asks|rounds|advice)(/|$)"
PARTS = r"^/api/(cases/\{id\}/(?!act$|steps$|needs$).+|case-[^s].*|letters.*|duty.*)$"


@pytest.mark.parametrize(
    ("role", "part", "operations", "depth"),
    [
        (
            "administrator",
            f"--exclude-path-regex={OTHERS}",
            19,
            EVERY,
        ),
        ("ministry", f"--include-path-regex={CASE}", 9, EVERY),
        ("ministry", f"--include-path-regex={PARTS}", 47, SOME),
        ("ministry", f"--include-path-regex={PLACES}", 35, SOME),
    ],
    ids=["directory", "case", "parts", "offers"],
)
def test_the_document_is_kept(
    served: tuple[str, dict[str, str]],
    tmp_path: Path,
    role: str,
    part: str,
    operations: int,
    depth: tuple[str, str],
) -> None:
    """Tests each operation with values inside and outside its bounds, by every check of schemathesis."""
    place, tokens = served
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "schemathesis.cli",
            "run",
            f"{place}/api/openapi.json",
            "--header",
            f"Authorization: Bearer {tokens[role]}",
            part,
            *depth,
            "--checks=all",
            "--request-timeout=60",  # a busy machine is no fault of an operation
            "--seed=1",
            "--generation-deterministic",
            "--no-color",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    (tmp_path / "said.txt").write_text(done.stdout)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    said = done.stdout
    assert f"{operations} selected" in said or f"Selected: {operations}" in said, said[:3000]


@pytest.mark.django_db
def test_the_document_is_whole() -> None:
    """Tests that it is OpenAPI 3.1, that every operation names its faults and asks for a token."""
    document = Client().get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    operations = [one for path in document["paths"].values() for one in path.values()]
    assert len(operations) == 110
    for one in operations:
        assert {"200", "400", "401", "403", "422", "429"} <= set(one["responses"])
        assert one["security"]
        assert one["description"]
        assert one["summary"]
    assert not _named_twice(Schema), "Two forms with one name are one form in the document."


def _named_twice(form: type[Schema]) -> set[str]:
    """The names that two forms of different modules have."""
    modules: dict[str, set[str]] = defaultdict(set)
    waiting = [form]
    while waiting:
        for one in waiting.pop().__subclasses__():
            waiting.append(one)
            modules[one.__name__].add(one.__module__)
    return {name for name, places in modules.items() if len(places) > 1}
