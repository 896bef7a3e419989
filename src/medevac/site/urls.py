"""Every address of the service. One that no room has told the policy of is "not found"."""

from __future__ import annotations

from django.urls import include, path

from medevac.site.api import api, docs
from medevac.site.choices import set_language, set_look, set_shortcuts
from medevac.site.views import about, find, keyboard, start

urlpatterns = [
    path("", start, name="start"),
    path("search/", find, name="search"),
    path("keyboard/", keyboard, name="keyboard"),
    path("about/", about, name="about"),
    path("language/", set_language, name="set_language"),
    path("look/", set_look, name="set_look"),
    path("shortcuts/", set_shortcuts, name="set_shortcuts"),
    path("sign-in/", include("allauth.urls")),
    path("", include("medevac.operations.urls")),
    path("people/", include("medevac.people.urls")),
    path("tokens/", include("medevac.api.urls")),
    path("cases/", include("medevac.cases.urls")),
    path("offers/", include("medevac.offers.urls")),
    path("directory/", include("medevac.directory.urls")),
    path("documents/", include("medevac.documents.urls")),
    path("api/docs", docs, name="api_docs"),
    path("api/", api.urls),
    path("record/", include("medevac.audit.urls")),
    path("messages/", include("medevac.messages.urls")),
]

handler400 = "medevac.site.faults.bad_request"
handler403 = "medevac.site.faults.refused"
handler404 = "medevac.site.faults.not_found"
handler500 = "medevac.site.faults.broken"
