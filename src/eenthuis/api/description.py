"""The description of the API, put right where the framework cannot know: errors, headers, security, keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.types import DictStrAny

from eenthuis.api import problems

FIRST_ERROR = 400
TWO = 2
OPEN: tuple[dict[str, list[str]], ...] = ({}, {"sleutel": []}, {"bearer": []})
GUARDED: tuple[dict[str, list[str]], ...] = ({"sleutel": []}, {"bearer": []}, {"sessie": []})
SCHEMES = {
    "sleutel": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Api-Key",
        "description": "Een sleutel van de beheerder.",
    },
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "Dezelfde sleutel, als Authorization: Bearer.",
    },
    "sessie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "sessionid",
        "description": "Voor de pagina’s zelf; een schrijvende aanvraag stuurt ook X-CSRFToken mee.",
    },
}


HEADERS: dict[str, tuple[str, str, object]] = {
    "API-Version": ("volledige versie van deze API", "string", problems.VERSION),
    "RateLimit-Limit": ("aanvragen per minuut", "integer", 600),
    "RateLimit-Remaining": ("aanvragen die deze minuut nog kunnen", "integer", 599),
    "RateLimit-Reset": ("seconden tot de volgende minuut", "integer", 42),
    "Link": ("adressen van de pagina’s rondom deze", "string", '</…>; rel="next"'),
    "X-Total-Count": ("hoeveel er in totaal zijn", "integer", 342),
    "ETag": ("de versie van deze stand, voor If-Match en If-None-Match", "string", '"3f2a"'),
    "Location": ("adres van wat is gemaakt", "string", "/api/v1/koppelingen/1"),
    "Retry-After": ("seconden wachten", "integer", 42),
    "WWW-Authenticate": ("hoe een sleutel wordt meegestuurd", "string", 'Bearer realm="Eenthuis"'),
}
EVERY = ("API-Version", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
CREATED = 201
EXTRA = {401: ("WWW-Authenticate",), 429: ("Retry-After",)}


def _headers(*names: str) -> dict[str, object]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in (*EVERY, *names)}


def _flat(value: DictStrAny) -> DictStrAny:
    """Say of a value that may be missing that it is of its type or null, so that its format stands beside it."""
    kinds = value.get("anyOf", ())
    if len(kinds) != TWO or kinds[-1].get("type") != "null" or "type" not in kinds[0]:
        return value
    return {
        **{k: v for k, v in value.items() if k != "anyOf"},
        **kinds[0],
        "type": [kinds[0]["type"], "null"],
    }


class DescribedApi(NinjaAPI):
    """An API whose description says all that its answers hold."""

    _described: OpenAPISchema | None = None

    def get_content_type(self) -> str:
        """Return the kind of every answer; JSON has no other encoding, so none is named."""
        return "application/json"

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: DictStrAny | None = None
    ) -> OpenAPISchema:
        """Return the description, put right; it is made once, and no caller changes it."""
        del path_prefix
        if self._described is None:
            self._described = self._describe(path_params)
        return self._described

    def _describe(self, path_params: DictStrAny | None) -> OpenAPISchema:
        document = super().get_openapi_schema(path_prefix="", path_params=path_params)
        for schema in document["components"]["schemas"].values():
            for key, value in schema.get("properties", {}).items():
                schema["properties"][key] = _flat(value)
        document["components"]["securitySchemes"] = SCHEMES
        document["components"]["headers"] = {
            name: {"description": meaning, "schema": {"type": kind, "examples": [example]}}
            for name, (meaning, kind, example) in HEADERS.items()
        }
        document["components"]["responses"] = {
            f"fout{status}": _failed(status) for status in STATUSES if status >= FIRST_ERROR
        }
        for _, _, operation in operations(document):
            _put_right(operation)
        return document


def _failed(status: int) -> dict[str, object]:
    """Return the answer that tells of an error."""
    return {
        "description": STATUSES[status],
        "headers": _headers(*EXTRA.get(status, ())),
        "content": {problems.PROBLEM: {"schema": {"$ref": "#/components/schemas/ProblemResource"}}},
    }


def _put_right(operation: dict[str, Any]) -> None:
    answers = {int(status): answer for status, answer in operation["responses"].items()}
    operation["security"] = list(GUARDED if 403 in answers else OPEN)  # noqa: PLR2004 - what is not for everyone
    for parameter in operation.get("parameters", ()):
        parameter["schema"] = _asked(parameter["schema"])
        parameter["required"] = parameter["required"] or parameter["name"] == "If-Match"
    if not operation.get("parameters"):
        operation.pop("parameters", None)
    names = {parameter["name"] for parameter in operation.get("parameters", ())}
    told: list[str] = ["Link", "X-Total-Count"] if "pageSize" in names else []
    if {"If-Match", "If-None-Match"} & names:
        told.append("ETag")
    operation["responses"] = {
        str(status): {"$ref": f"#/components/responses/fout{status}"}
        if status >= FIRST_ERROR
        else {
            **answer,
            "description": STATUSES[status],
            "headers": _headers(*told, *(("Location",) if status == CREATED else ())),
        }
        for status, answer in answers.items()
    }


def _asked(schema: DictStrAny) -> DictStrAny:
    """Return the schema of a value in an address, which is there or not, and is never null."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind.get("type") != "null"]
    if len(kinds) != 1:
        return schema
    rest = {key: value for key, value in schema.items() if key not in {"anyOf", "default"}}
    return {**rest, **kinds[0]}


STATUSES = {
    200: "gelukt",
    201: "vastgelegd",
    304: "niet gewijzigd sinds de versie in If-None-Match",
    400: "de aanvraag klopt niet; alle fouten staan erin",
    401: "de sleutel is niet geldig",
    403: "dit mag niet",
    404: "bestaat niet, of ligt buiten bereik",
    409: "past niet bij wat al vastligt",
    412: "intussen gewijzigd",
    413: "de aanvraag is te groot",
    415: "de inhoud is geen application/json",
    422: "de Idempotency-Key hoort bij een andere aanvraag",
    428: "If-Match ontbreekt",
    429: "te veel aanvragen",
    503: "de dienst is nu niet bereikbaar",
}


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield path, method and operation of a description."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def query_keys(document: Mapping[str, Any]) -> dict[tuple[str, str], frozenset[str]]:
    """Return the keys that an address may hold, by path and method."""
    return {
        (path, method.upper()): frozenset(
            one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"
        )
        for path, method, operation in operations(document)
    }
