"""For machines that watch: does this process live, may requests come, how does it fare.

They are answered before sessions and host names are looked at (`site.watching`): a probe knows neither.
"""

from __future__ import annotations

import secrets
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from medevac.operations.metrics import exposition
from medevac.operations.readiness import answers

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


def live(request: HttpRequest) -> HttpResponse:
    """This process answers. The database is not asked: its fault is no reason to start this one again."""
    return _closed_to_caches(JsonResponse({"live": True}))


def ready(request: HttpRequest) -> HttpResponse:
    """Whether requests may come: 200, or 503 where a check says no. Sentences are for whoever watches."""
    found = answers()
    well = all(answer.ready for answer in found.values())
    checks: dict[str, object] = {name: answer.ready for name, answer in found.items()}
    if _watches(request):
        checks = {
            name: {"ready": answer.ready, "sentence": answer.sentence, **dict(answer.figures)}
            for name, answer in found.items()
        }
    return _closed_to_caches(JsonResponse({"ready": well, "checks": checks}, status=200 if well else 503))


def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, for the addresses of MEDEVAC_METRICS_FROM or with MEDEVAC_METRICS_TOKEN."""
    if not _watches(request):
        answer = HttpResponse(
            "Expected an address of MEDEVAC_METRICS_FROM that came without a proxy, or "
            '"Authorization: Bearer" with MEDEVAC_METRICS_TOKEN.\n',
            content_type="text/plain; charset=utf-8",
            status=401,
        )
        answer.headers["WWW-Authenticate"] = 'Bearer realm="metrics"'
        return _closed_to_caches(answer)
    return _closed_to_caches(HttpResponse(exposition(), content_type=CONTENT_TYPE_PLAIN_0_0_4))


def _watches(request: HttpRequest) -> bool:
    """Whether the request has the token, or came straight from an address that is allowed.

    A proxy on this machine makes everybody local, so whatever came through one needs the token.
    """
    token: str = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "")
    if token and secrets.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    if any(name in request.META for name in FORWARDED):
        return False
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in ip_network(network) for network in settings.METRICS_FROM)


def _closed_to_caches(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
