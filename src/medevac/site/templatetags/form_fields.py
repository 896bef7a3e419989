"""Draws a form's fields with Designsystemet's classes, so that no page has to."""

from __future__ import annotations

from django import template
from django.forms import BoundField, CheckboxInput, Form, Select
from django.forms.boundfield import BoundWidget
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()
DJANGOS_BLANK = ">---------<"  # as Django writes an empty choice; what a person writes is escaped


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The field's control: Django joins it to its help and its errors, the look is Designsystemet's.

    A choice that is still empty says so in words.
    """
    kept = field.field.widget.attrs.get("class", "")
    drawn = field.as_widget(attrs={"class": f"{kept} ds-input".strip()})
    if not isinstance(field.field.widget, Select):
        return drawn
    blank = _("Choose one") if field.field.required else _("not chosen")
    return mark_safe(drawn.replace(DJANGOS_BLANK, f">{escape(blank)}<"))


@register.simple_tag
def choice_control(choice: BoundWidget) -> SafeString:
    """One box or button of several, with the same look."""
    attributes = choice.data["attrs"]
    attributes["class"] = f"{attributes.get('class', '')} ds-input".strip()
    return choice.tag()


@register.filter
def is_box(field: BoundField) -> bool:
    """Whether the field is a single box to tick, whose label stands after it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def faulty(form: Form) -> list[BoundField]:
    """The fields of a form that have errors, in their order."""
    return [field for field in form if field.errors]


@register.filter
def anchor(field: BoundField) -> str:
    """The id of what a link in the error summary leads to: the control, or its first choice."""
    target = field.id_for_label or field.auto_id
    many = field.use_fieldset and not isinstance(field.field.widget, Select)
    return f"{field.auto_id}_0" if many else str(target)
