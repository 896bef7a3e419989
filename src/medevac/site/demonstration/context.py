"""What the demonstration's banner shows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from medevac.people.roles import Role


def banner(request: HttpRequest) -> dict[str, Any]:
    """The banner's template, and the roles that can be switched to."""
    user = getattr(request, "user", None)
    now = user.email.partition("@")[0] if user is not None and user.is_authenticated else ""
    roles = sorted(Role, key=lambda role: str(role.label))
    return {"banner": "demonstration/banner.html", "demonstration_roles": roles, "demonstration_role": now}
