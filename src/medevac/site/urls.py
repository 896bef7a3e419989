"""Every address of the service. One that no room has told the policy of is "not found"."""

from __future__ import annotations

from django.urls import include, path
from django.views.i18n import set_language

from medevac.site.api import api, docs
from medevac.site.views import start

urlpatterns = [
    path("", start, name="start"),
    path("language/", set_language, name="set_language"),
    path("sign-in/", include("allauth.urls")),
    path("people/", include("medevac.people.urls")),
    path("tokens/", include("medevac.api.urls")),
    path("directory/", include("medevac.directory.urls")),
    path("api/docs", docs, name="api_docs"),
    path("api/", api.urls),
    path("record/", include("medevac.audit.urls")),
    path("messages/", include("medevac.messages.urls")),
]

handler400 = "medevac.site.views.bad_request"
handler403 = "medevac.site.views.refused"
handler404 = "medevac.site.views.not_found"
handler500 = "medevac.site.views.broken"
