"""Every address of the service. One that no room has told the policy of is "not found"."""

from __future__ import annotations

from django.urls import include, path
from django.views.i18n import set_language

from medevac.site.views import start

urlpatterns = [
    path("", start, name="start"),
    path("language/", set_language, name="set_language"),
    path("sign-in/", include("allauth.urls")),
    path("", include("medevac.operations.urls")),
    path("people/", include("medevac.people.urls")),
    path("record/", include("medevac.audit.urls")),
]

handler400 = "medevac.site.views.bad_request"
handler403 = "medevac.site.views.refused"
handler404 = "medevac.site.views.not_found"
handler500 = "medevac.site.views.broken"
