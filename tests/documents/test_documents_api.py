"""Tests documents over the API: the same policy, a look of the token, and the document of the interface."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator

import made_papers as papers
import pytest
import uvicorn
import world as small_world
from django.test import Client
from world import World

from databases import pooled
from medevac.api import services as tokens
from medevac.api.models import Token
from medevac.audit.models import Look
from medevac.documents import services
from medevac.documents.models import Document
from medevac.people.roles import Role

pytestmark = pytest.mark.django_db


def token_of(world: World, role: Role, place: str) -> dict[str, str]:
    """The header of a token that an administrator has made."""
    _, told = tokens.make_token(
        world.people[Role.ADMINISTRATOR],
        world[place],
        name="X",
        role=role,
        scopes=["documents.read"],
        days=1,
    )
    return {"authorization": f"Bearer {told}"}


def kept(world: World, **other: object) -> Document:
    """An upload of the hospital's coordinator."""
    user = world.people[Role.HOSPITAL_COORDINATOR]
    return services.upload(user, world["hospital"], papers.image("PNG"), papers.described(**other))


def test_what_a_token_sees_is_recorded_as_its_look(world: World) -> None:
    """Tests list, one and content: each a look of the token under the right of the document."""
    document = kept(world)
    headers = token_of(world, Role.HOSPITAL_COORDINATOR, "hospital")
    listed = Client().get("/api/documents", headers=headers).json()
    assert [one["number"] for one in listed["items"]] == [document.number]
    one = Client().get(f"/api/documents/{document.pk}", headers=headers).json()
    assert (one["title"], one["sha256"]) == ("Виписка", document.sha256)
    answer = Client().get(f"/api/documents/{document.pk}/content", headers=headers)
    assert b"".join(answer.streaming_content) == papers.image("PNG").getvalue()  # type: ignore[attr-defined]
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    looks = set(Look.unscoped.values_list("actor_kind", "actor", "right"))
    assert looks == {("token", Token.unscoped.get().pk, "see.personal")}
    assert Look.unscoped.count() == 3


def test_what_is_not_open_is_not_found(world: World) -> None:
    """Tests that a token of another organisation sees nothing, and that what is closed says so."""
    document = kept(world)
    other = token_of(world, Role.HOSPITAL_COORDINATOR, "other_hospital")
    assert Client().get("/api/documents", headers=other).json()["count"] == 0
    assert Client().get(f"/api/documents/{document.pk}", headers=other).status_code == 404
    assert Client().get(f"/api/documents/{document.pk}/content", headers=other).status_code == 404
    services.destroy_contents([document.pk])
    own = token_of(world, Role.HOSPITAL_COORDINATOR, "hospital")
    assert Client().get(f"/api/documents/{document.pk}/content", headers=own).status_code == 409
    assert Client().get("/api/documents?redacted=true&kind=consent", headers=own).json()["items"] == []
    assert Client().get("/api/documents?kind=nonsense", headers=own).status_code == 422


@pytest.fixture
def served(transactional_db: None, settings) -> Iterator[tuple[str, str]]:
    """A real server with a document, and a token that sees it."""
    settings.API_REQUESTS_PER_MINUTE = 1_000_000
    world = small_world.build()
    kept(world)
    header = token_of(world, Role.HOSPITAL_COORDINATOR, "hospital")["authorization"]
    from medevac.site.asgi import application

    config = uvicorn.Config(
        application, host="127.0.0.1", port=0, log_level="error", lifespan="off", ws="none"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    while not server.started:
        thread.join(0.05)
        assert thread.is_alive(), "Expected the server to start, but it has ended."
    with pooled():
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}", header
        server.should_exit = True
        thread.join()


def test_the_document_of_the_interface_is_kept(served: tuple[str, str], tmp_path) -> None:
    """Tests each operation with values inside and outside its bounds, by every check of schemathesis."""
    place, header = served
    words = ["run", f"{place}/api/openapi.json", "--header", f"Authorization: {header}"]
    options = ["--include-path-regex=^/api/documents", "--phases=examples,coverage,fuzzing"]
    limits = ["--max-examples=15", "--checks=all", "--seed=1", "--generation-deterministic", "--no-color"]
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", *words, *options, *limits],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "3 selected" in done.stdout or "Selected: 3" in done.stdout, done.stdout[:3000]
