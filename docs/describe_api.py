"""Write the reference page of the API from its description, so that it cannot fall behind."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[1] / "src" / "eenthuis" / "api" / "openapi.json"
JSON = "application/json"


def api() -> str:
    """Return the page with every address, what it asks for and what it answers."""
    document = json.loads(FILE.read_text(encoding="utf-8"))
    parts = [
        "# The API\n",
        f"Version {document['info']['version']}. {document['info']['description']}\n",
        "How to use it is told in [a recipe](../../how-to/use-the-api.md).\n",
    ]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            parts += _operation(document, path, method, operation)
    return "\n".join(parts)


def _operation(
    document: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]
) -> Iterator[str]:
    yield f"## `{method.upper()} /api/v1{path}`\n"
    yield operation.get("description", "") + "\n"
    asked = [
        (f"`{one['name']}`", one["in"], "yes" if one["required"] else "no", _kind(document, one["schema"]))
        for one in operation.get("parameters", ())
    ]
    if asked:
        yield _table(("Name", "In", "Needed", "Kind"), asked)
    body = operation.get("requestBody")
    if body:
        yield "Body:\n"
        yield _fields(document, body["content"][JSON]["schema"])
    for status, answer in operation["responses"].items():
        schema = answer.get("content", {}).get(JSON, {}).get("schema")
        if schema:
            yield f"Answer with {status}, {_kind(document, schema)}:\n"
            yield _fields(document, schema)
    yield (
        "Other answers: "
        + ", ".join(status for status, answer in operation["responses"].items() if "content" not in answer)
        + ".\n"
    )


def _fields(document: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    found = _resolved(document, schema.get("items", schema))
    if not found.get("properties"):
        return ""
    needed = set(found.get("required", ()))
    return _table(
        ("Field", "Kind", "Always there"),
        [
            (f"`{name}`", _kind(document, value), "yes" if name in needed else "no")
            for name, value in found.get("properties", {}).items()
        ],
    )


def _kind(document: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        found = _resolved(document, schema)
        return _kind(document, found) if "enum" in found else "object"
    if schema.get("type") == "array":
        return f"list of {_kind(document, schema.get('items', {}))}"
    kinds = schema.get("type", "object")
    words = " or ".join(kinds) if isinstance(kinds, list) else kinds
    if "enum" in schema:
        return "one of " + ", ".join(f"`{word}`" for word in schema["enum"])
    limits = [
        f"{word} {schema[key]}" for key, word in (("minimum", "from"), ("maximum", "to")) if key in schema
    ]
    form = schema.get("format", "")
    return " ".join([words, *([f"({form})"] if form else []), *limits])


def _resolved(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in schema:
        return schema
    found: Any = document
    for step in schema["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    resolved: Mapping[str, Any] = found
    return resolved


def _table(head: tuple[str, ...], body: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"
