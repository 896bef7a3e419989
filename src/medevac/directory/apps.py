"""The room `directory` as an application."""

from __future__ import annotations

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Where: missions and their rules, countries, airports, hospitals with reach."""

    name = "medevac.directory"
    label = "directory"
    default = True
