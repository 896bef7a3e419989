"""The room `audit` as an application."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """What happened and who looked: history of every change, access log, numbered exports."""

    name = "medevac.audit"
    label = "audit"
    default = True
