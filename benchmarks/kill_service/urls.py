"""POST /write/N writes N, queues its job and tells somebody in one transaction; 200 acknowledges it."""

from __future__ import annotations

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from kill_service.tasks import deliver
from medevac.messages.kinds import Kind, register_kind
from medevac.messages.services import tell
from medevac.people.models import User

WRITTEN = "kill.written"
register_kind(
    Kind(WRITTEN, label="a write", outside="%(pseudonym)s is written.", subject="%(number)s is written")
)


def reader() -> User:
    """Who is told of every write."""
    fields = {"name": "Reader", "latin_name": "Reader", "password": "!"}
    return User.objects.get_or_create(email="reader@example.org", defaults=fields)[0]


def write(request: HttpRequest, number: int) -> HttpResponse:
    """Write a number once, however often it is sent, with one job and one message for it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO kill_written VALUES (%s) ON CONFLICT DO NOTHING", [number])
            is_new = cursor.rowcount == 1
        if is_new:
            deliver.defer(number=number)
            tell(reader(), WRITTEN, facts={"number": number}, pseudonym=f"N-{number}", key=str(number))
    return HttpResponse("written")


urlpatterns = [
    path("write/<int:number>", write),
    path("messages/", include("medevac.messages.urls")),  # the link in each e-mail leads there
]
