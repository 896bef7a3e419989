"""The interface for programs as a page for people: what its OpenAPI document says, without a script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

VERBS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Line:
    """A parameter of an operation, or a field of what it answers."""

    name: str
    kind: str
    needed: bool
    meaning: str


@dataclass(frozen=True)
class Operation:
    """One operation, as the document describes it."""

    verb: str
    path: str
    summary: str
    parameters: list[Line]
    answers: list[tuple[str, str]]  # code, and what it means
    form: str  # the name of what a good answer holds; empty where it holds nothing
    takes: str  # the name of what it is sent; empty where it is sent nothing


@dataclass(frozen=True)
class Form:
    """One named form of data, with its fields."""

    name: str
    meaning: str
    fields: list[Line]


def operations_of(document: Mapping[str, Any]) -> list[tuple[str, list[Operation]]]:
    """All operations, by the part of the path that names their room."""
    found = sorted(_operations(document), key=lambda one: (one.path, VERBS.index(one.verb.lower())))
    return [(room, list(some)) for room, some in groupby(found, key=lambda one: one.path.split("/")[2])]


def forms_of(document: Mapping[str, Any]) -> list[Form]:
    """All named forms of data, in the order of their names."""
    schemas = document.get("components", {}).get("schemas", {})
    return [
        Form(name, one.get("description", ""), _fields(one))
        for name, one in sorted(schemas.items())
        if one.get("properties")
    ]


def _operations(document: Mapping[str, Any]) -> Iterator[Operation]:
    for path, verbs in document["paths"].items():
        for verb in VERBS:
            if verb in verbs:
                one = verbs[verb]
                answers = {str(code): answer for code, answer in one["responses"].items()}
                yield Operation(
                    verb.upper(),
                    path,
                    one.get("summary", ""),
                    [_parameter(each) for each in one.get("parameters", ())],
                    [(code, answer["description"]) for code, answer in sorted(answers.items())],
                    _good_form(answers),
                    _form_of(one.get("requestBody", {})),
                )


def _good_form(answers: Mapping[str, Any]) -> str:
    good: Mapping[str, Any] = next(
        (answer for code, answer in sorted(answers.items()) if code.startswith("2")), {}
    )
    return _form_of(good)


def _form_of(part: Mapping[str, Any]) -> str:
    """What one part of an operation holds, whatever it is written as; empty where it holds nothing."""
    return next((kind_of(one.get("schema", {})) for one in part.get("content", {}).values()), "")


def _parameter(one: Mapping[str, Any]) -> Line:
    return Line(one["name"], kind_of(one["schema"]), bool(one.get("required")), one.get("description", ""))


def _fields(schema: Mapping[str, Any]) -> list[Line]:
    needed = set(schema.get("required", ()))
    return [
        Line(name, kind_of(one), name in needed, one.get("description", ""))
        for name, one in schema["properties"].items()
    ]


def kind_of(schema: Mapping[str, Any]) -> str:
    """What a value is, in the words of the document: its type, form and bounds."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return " | ".join(kind_of(each) for each in schema[several])
    if schema.get("type") == "array":
        return f"[{kind_of(schema.get('items', {}))}]"
    words = [str(schema.get("format") or schema.get("type") or "")]
    if "enum" in schema:
        words.append(" | ".join(str(one) for one in schema["enum"]))
    if "minimum" in schema or "maximum" in schema:
        words.append(f"{schema.get('minimum', '')} … {schema.get('maximum', '')}")
    if "default" in schema and schema["default"] not in ("", None):
        words.append(f"= {schema['default']}")
    return " ".join(word for word in words if word)
