"""The languages that papers can be asked for, named here so that help need not load the papers."""

from __future__ import annotations

from enum import StrEnum


class PageLanguage(StrEnum):
    """Languages of the page: English, Norwegian Bokmål, Ukrainian."""

    EN = "en"
    NB = "nb"
    UK = "uk"


class ManifestLanguage(StrEnum):
    """Languages of manifests: those of the page, German and Polish."""

    EN = "en"
    NB = "nb"
    UK = "uk"
    DE = "de"
    PL = "pl"
