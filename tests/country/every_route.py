"""Every route there is, with an address for each, and asking it without leaving anything behind."""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver
from small_country import ISLAND

from eenthuis.terms.access import ANYONE, Actor

ROOT = Path(__file__).resolve().parents[2]
ROUTES = tomllib.loads((ROOT / "tests" / "access" / "routes.toml").read_text(encoding="utf-8"))
GUESS = {"int": "1"}
ARGUMENT = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")


def routes(resolver: URLResolver, before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Yield name and pattern of every route of the program."""
    for entry in resolver.url_patterns:
        where = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, where, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", where


def address(name: str, pattern: str, known: dict[str, str]) -> str:
    """Return an address of a route, with the example arguments of its row and what is known put in."""
    example = ROUTES.get(name, {}).get("arguments", {})

    def fill(match: re.Match[str]) -> str:
        written = str(example.get(match["name"], GUESS.get(match["kind"] or "", known["household"])))
        if written.startswith("{"):
            return known.get(written.strip("{}"), "1")
        return written.replace("GM0344", ISLAND)

    return "/" + ARGUMENT.sub(fill, pattern)


def texts(answer: HttpResponseBase) -> str:
    """Return everything an answer says, also in the files of an archive or workbook."""
    body = answer.content if isinstance(answer, HttpResponse) else b"".join(iter(answer))
    said = [body, repr(sorted(answer.headers.items())).encode()]
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            said += [archive.read(entry) for entry in archive.namelist()]
    return "\n".join(part.decode(errors="replace") for part in said)


def client_of(who: Actor) -> Client:
    from django.contrib.auth import get_user_model

    client = Client(raise_request_exception=False)
    if who is not ANYONE:
        user = get_user_model().objects.get(username=who.name)
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def ask(client: Client, method: str, path: str, given: dict[str, str]) -> HttpResponseBase:
    """Ask and undo whatever was done."""
    with transaction.atomic():
        answer = client.generic(
            method,
            f"{path}?{urlencode(given)}" if method == "GET" else path,
            urlencode(given) if method == "POST" else "",
            content_type="application/x-www-form-urlencoded",
        )
        transaction.set_rollback(True)
    assert isinstance(answer, HttpResponseBase)
    return answer
