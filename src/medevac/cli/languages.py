"""The languages that workbooks and papers can be asked for, named here so that help need not load them."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """Languages of workbooks and pages: English, Norwegian Bokmål, Ukrainian."""

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
