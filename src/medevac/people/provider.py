"""The OpenID Connect provider with a nonce, which the sign-in library leaves out.

State and PKCE, which the library has, bind the answer to this browser. The nonce binds the identity token
itself to this one attempt, so that a token from an earlier one opens nothing.
"""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Any

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare

NONCE = "people.oidc_nonce"


class NoncedProvider(OpenIDConnectProvider):  # type: ignore[misc]  # the library is not typed
    """A provider that is asked with a nonce, and believed only with the same nonce in its identity token."""

    package = OpenIDConnectProvider.get_package()  # where the library finds this provider's addresses

    def redirect(self, request: HttpRequest, process: str, **kwargs: Any) -> HttpResponse:
        """Lead to the provider, with a nonce that this session keeps until the answer.

        It leads there by a page: our policy lets no form end elsewhere, not even by a redirect, and a
        provider's own page may be on another host than the issuer that the settings name.
        """
        nonce = secrets.token_urlsafe(24)
        request.session[NONCE] = nonce
        asked = {**self.get_auth_params_from_request(request, "authenticate"), "nonce": nonce}
        answer: HttpResponse = super().redirect(request, process, **{**kwargs, "auth_params": asked})
        if answer.status_code != HTTPStatus.FOUND:
            return answer
        address = answer.headers["Location"]
        page = render(request, "people/to_provider.html", {"address": address, "name": self.name})
        page.headers["Refresh"] = f"0; url={address}"
        return page

    def sociallogin_from_response(self, request: HttpRequest, response: dict[str, Any]) -> Any:
        """Who the provider says it is, where the identity token answers this session's own question."""
        expected = request.session.pop(NONCE, "")
        told = response.get("id_token") or {}
        if not expected or not constant_time_compare(str(told.get("nonce", "")), expected):
            raise OAuth2Error("Expected an identity token with the nonce of this attempt, got another.")
        userinfo = response.get("userinfo") or told
        if userinfo.get("sub") != told.get("sub"):
            raise OAuth2Error("Expected the same person in identity token and user information, got two.")
        return super().sociallogin_from_response(request, response)
