"""Tests that what the API says of itself is what it does, asked by a client that knows nothing else."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import directory_places
import pytest
import uvicorn
from django.db import connection
from django.test import Client

from medevac.api import services
from medevac.people.roles import Role

HOST = "127.0.0.1"


@pytest.fixture
def served(transactional_db: None, settings) -> Iterator[tuple[str, str]]:
    """A real server with the directory's small world, and a token of its owner."""
    settings.API_REQUESTS_PER_MINUTE = settings.API_WRONG_TOKENS_PER_MINUTE = 1_000_000
    places = directory_places.build()
    _, told = services.make_token(
        places.world.people[Role.ADMINISTRATOR],
        places.world["owner"],
        name="X",
        role=Role.ADMINISTRATOR,
        scopes=["directory.read", "missions.write", "organisations.read"],
        days=1,
    )
    connection.close()
    from medevac.site.asgi import application

    config = uvicorn.Config(application, host=HOST, port=0, log_level="error", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    while not server.started:
        thread.join(0.05)
        assert thread.is_alive(), "Expected the server to start, but it has ended."
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://{HOST}:{port}", told
    server.should_exit = True
    thread.join()


def test_the_document_is_kept(served: tuple[str, str], tmp_path: Path) -> None:
    """Tests each operation with values inside and outside its bounds, by every check of schemathesis."""
    place, told = served
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "schemathesis.cli",
            "run",
            f"{place}/api/openapi.json",
            "--header",
            f"Authorization: Bearer {told}",
            "--phases=examples,coverage,fuzzing",
            "--max-examples=12",
            "--checks=all",
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
    assert "16 selected" in done.stdout or "Selected: 16" in done.stdout, done.stdout[:3000]


@pytest.mark.django_db
def test_the_document_is_whole() -> None:
    """Tests that it is OpenAPI 3.1, that every operation names its faults and asks for a token."""
    document = Client().get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    operations = [one for path in document["paths"].values() for one in path.values()]
    assert len(operations) == 16
    for one in operations:
        assert {"200", "400", "401", "403", "422", "429"} <= set(one["responses"])
        assert one["security"]
        assert one["description"]
        assert one["summary"]
