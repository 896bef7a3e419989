"""POST /write/N writes N and queues its job in one transaction; an answer of 200 is the acknowledgement."""

from __future__ import annotations

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from kill_service.tasks import deliver


def write(request: HttpRequest, number: int) -> HttpResponse:
    """Write a number once, however often it is sent, and queue one job for it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO kill_written VALUES (%s) ON CONFLICT DO NOTHING", [number])
            is_new = cursor.rowcount == 1
        if is_new:
            deliver.defer(number=number)
    return HttpResponse("written")


urlpatterns = [path("write/<int:number>", write)]
