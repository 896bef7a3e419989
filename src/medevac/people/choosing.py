"""Lists to choose from: nothing is chosen for anybody, and long ones are written at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _


def nothing_chosen(choices: Iterable[tuple[str, object]]) -> list[tuple[str, object]]:
    """The choices after an empty one; where there is only one thing to choose, that alone."""
    listed = list(choices)
    return listed if len(listed) == 1 else [("", _("Choose one")), *listed]


class WrittenSelect(forms.Select):
    """A list of choices, in groups or not, written at once: Django draws a template for each of them."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The whole control."""
        chosen = {str(one) for one in self.format_value(value)}
        parts = []
        for key, said in self.choices:
            if isinstance(said, (list, tuple)):
                options = _options(said, chosen)
                parts.append(format_html('<optgroup label="{}">\n{}\n</optgroup>', key, options))
            else:
                parts.append(_options([(key, said)], chosen))
        given = {**self.build_attrs(self.attrs, attrs), "name": name}
        return format_html(
            "<select{}>\n{}\n</select>",
            flatatt(given),
            format_html_join("\n", "{}", ((one,) for one in parts)),
        )


def _options(choices: Iterable[tuple[Any, Any]], chosen: set[str]) -> SafeString:
    marked = ((key, mark_safe(" selected") if str(key) in chosen else "", said) for key, said in choices)
    return format_html_join("\n", '<option value="{}"{}>{}</option>', marked)
