"""Tests web push against a real endpoint on this machine that decrypts as a browser does."""

from __future__ import annotations

import base64
import json

import http_ece
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings as django_settings
from django.db import transaction
from invented import browser_of
from web_server import WebServer

from medevac.messages.channels.push import public_key_text
from medevac.messages.models import Delivery, PushSubscription
from medevac.messages.rules import State
from medevac.messages.services import allow_browser, deliver, tell
from medevac.people.models import User
from medevac.people.refusals import RefusedError

SECRET = b"sixteen bytes 16"
BROWSER = ec.generate_private_key(ec.SECP256R1())
PUBLIC = BROWSER.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def base64url(content: bytes) -> str:
    """As browsers write keys."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@pytest.fixture
def endpoint(settings):
    """A push service on this machine, and the service set up for it alone."""
    settings.PUSH_KEY, settings.PUSH_CONTACT = b"\x07" * 32, "mailto:kari@example.org"
    settings.PUSH_HOSTS, settings.EMAIL_HOST = ["127.0.0.1"], ""
    with WebServer() as server:
        yield server


def told(user: User) -> Delivery:
    """An urgent message that is due by push."""
    with transaction.atomic():
        tell(user, "tests.flight_changed", facts={"time": "08:00"}, pseudonym="UA-4F7K")
    return Delivery.unscoped.get()


def test_push_is_off_by_default() -> None:
    """Tests that no key comes with the service."""
    assert django_settings.PUSH_KEY == b""


@pytest.mark.django_db(transaction=True)
def test_a_browser_can_read_it_and_nobody_else(olena: User, endpoint: WebServer) -> None:
    """Tests RFC 8291 by decrypting with the browser's key, and RFC 8292 by checking the signed token."""
    allow_browser(olena, endpoint.address, PUBLIC, SECRET)
    assert deliver(told(olena).pk)
    (posted,) = endpoint.requests
    assert (posted.headers["Content-Encoding"], posted.headers["Urgency"]) == ("aes128gcm", "high")
    assert b"UA-4F7K" not in posted.body
    plain = http_ece.decrypt(posted.body, private_key=BROWSER, auth_secret=SECRET, version="aes128gcm")
    shown = json.loads(plain)
    assert shown["body"] == "The flight of UA-4F7K has changed. Sign in to read how."
    scheme, _, rest = posted.headers["Authorization"].partition(" ")
    parts = dict(part.split("=", 1) for part in rest.split(", "))
    assert (scheme, parts["k"]) == ("vapid", public_key_text())
    key = ec.EllipticCurvePublicKey.from_encoded_point(
        ec.SECP256R1(), base64.urlsafe_b64decode(parts["k"] + "=")
    )
    host = endpoint.address.removesuffix("/take")
    claims = jwt.decode(parts["t"], key, algorithms=["ES256"], audience=host)
    assert claims["sub"] == "mailto:kari@example.org"
    other = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(http_ece.ECEException):
        http_ece.decrypt(posted.body, private_key=other, auth_secret=SECRET, version="aes128gcm")


@pytest.mark.django_db(transaction=True)
def test_a_browser_that_is_gone_is_forgotten(olena: User, endpoint: WebServer) -> None:
    """Tests that 410 ends the subscription, and that this is no letter given up."""
    allow_browser(olena, endpoint.address, PUBLIC, SECRET)
    delivery = told(olena)
    endpoint.answers = [410]
    assert not deliver(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.state == State.NEEDLESS
    assert not PushSubscription.unscoped.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["https://10.0.0.8/secret", "http://127.0.0.1.example.org/", "https://evil-127.0.0.1/"]
)
def test_a_browser_cannot_have_us_post_anywhere(olena: User, endpoint: WebServer, address: str) -> None:
    """Tests that an address outside the known push services is refused with a sentence."""
    with pytest.raises(RefusedError):
        allow_browser(olena, address, PUBLIC, SECRET)


@pytest.mark.django_db
def test_the_page_takes_what_the_browser_makes(olena: User, endpoint: WebServer) -> None:
    """Tests allowing and forgetting by the addresses that the script uses, and that a broken key is told."""
    browser = browser_of(olena)
    given = {
        "endpoint": endpoint.address,
        "keys": {"p256dh": base64url(PUBLIC), "auth": base64url(SECRET)},
    }
    page = browser.get("/messages/preferences/").content.decode()
    assert f'data-push-key="{public_key_text()}"' in page
    assert browser.post("/messages/browsers/allow/", given, "application/json").json() == {"fault": ""}
    assert PushSubscription.unscoped.get().user == olena
    broken = given | {"keys": {"p256dh": base64url(b"\x04" * 65), "auth": base64url(SECRET)}}
    answer = browser.post("/messages/browsers/allow/", broken, "application/json")
    assert answer.status_code == 422
    assert browser.post("/messages/browsers/allow/", "{", "application/json").status_code == 422
    forgetting = {"endpoint": endpoint.address}
    assert browser.post("/messages/browsers/forget/", forgetting, "application/json").status_code == 200
    assert not PushSubscription.unscoped.exists()
    worker = browser.get("/messages/push-worker.js")
    assert worker.headers["Content-Type"].startswith("text/javascript")
