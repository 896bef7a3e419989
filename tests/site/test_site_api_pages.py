"""Tests that the page for people says what the document for programs says."""

from __future__ import annotations

import pytest
from django.test import Client

from medevac.site.api import api
from medevac.site.api_pages import forms_of, kind_of, operations_of


@pytest.mark.django_db
def test_the_page_names_every_operation_and_every_field() -> None:
    """Tests each path, parameter, code and field of the document."""
    document = api.get_openapi_schema()
    text = Client().get("/api/docs").text
    operations = [one for _, some in operations_of(document) for one in some]
    assert len(operations) == sum(len(verbs) for verbs in document["paths"].values())
    for one in operations:
        assert f"{one.verb} {one.path}" in text
        assert {code for code, _ in one.answers} >= {"200", "401", "422"}
        assert all(f"<code>{line.name}</code>" in text for line in one.parameters)
        assert one.form
    forms = forms_of(document)
    assert len(forms) > 10
    assert all(f"<code>{line.name}</code>" in text for form in forms for line in form.fields)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"$ref": "#/components/schemas/Fault"}, "Fault"),
        ({"type": "integer", "minimum": 1, "maximum": 200, "default": 50}, "integer 1 … 200 = 50"),
        ({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}, "date | null"),
        ({"type": "array", "items": {"type": "string"}}, "[string]"),
        ({"type": "string", "enum": ["NO", "UA"]}, "string NO | UA"),
        ({}, ""),
    ],
)
def test_a_value_is_told_by_type_form_and_bounds(schema: dict, expected: str) -> None:
    """Tests each way in which the document describes a value."""
    assert kind_of(schema) == expected
