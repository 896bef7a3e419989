"""Every address of the service, and the switcher."""

from __future__ import annotations

from django.urls import include, path

from medevac.site.demonstration import views
from medevac.site.urls import handler400, handler403, handler404, handler500
from medevac.site.urls import urlpatterns as of_the_service

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

switcher = (
    [path("", views.choose, name="choose"), path("switch/", views.switch, name="switch")],
    "demonstration",
)
urlpatterns = [*of_the_service, path("demonstration/", include(switcher))]
