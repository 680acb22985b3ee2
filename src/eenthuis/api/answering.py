"""Answering: versions of what was read, writes done once, and the statuses that each kind of operation can give."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Header
from pydantic import BaseModel

from eenthuis.api.problems import problem
from eenthuis.api.rejected import Rejected
from eenthuis.api.schemas import ProblemResource
from eenthuis.services.answers import Kept, answer_once
from eenthuis.services.versions import version_of
from eenthuis.terms.errors import ApiError, EenthuisError, InputError, InputErrors

JSON = "application/json"


def _errors(*statuses: int) -> dict[int, type[ProblemResource]]:
    return dict.fromkeys(statuses, ProblemResource)


READ = _errors(400, 401, 404, 429, 503)
"""What reading something public can end in."""

GUARDED = _errors(400, 401, 403, 404, 429, 503)
"""What reading something that is not for everyone can end in."""

SEARCHED = GUARDED | _errors(413, 415)
"""What searching with a body can end in."""

LOOKED = SEARCHED | _errors(409)
"""What looking at something that a body describes can end in."""

WRITTEN = _errors(400, 401, 403, 404, 409, 413, 415, 422, 429, 503)
"""What adding something can end in."""

REPLACED = WRITTEN | _errors(412, 428)
"""What replacing something can end in."""

TAGS = r'^(\*|(W/)?"[!#-~]*"( ?, ?(W/)?"[!#-~]*")*)$'
IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=255,
        pattern=r"^[!-~]+$",
        description="Een eigen naam voor deze aanvraag; bij herhaling binnen 24 uur komt hetzelfde antwoord.",
    ),
]
IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=300,
        pattern=TAGS,
        description="De ETag van de stand die u hebt gezien. Zonder deze kop antwoordt de dienst met 428.",
    ),
]
IfNoneMatch = Annotated[
    str | None,
    Header(
        alias="If-None-Match",
        max_length=300,
        description="De ETag die u al hebt; is er niets nieuws, dan komt 304.",
    ),
]


@dataclass(frozen=True, slots=True)
class Made:
    """What a write answers: its status, what stands there now, and where."""

    shown: BaseModel
    status: int = 201
    location: str = ""
    version: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def shown(one: BaseModel) -> str:
    """Return a resource as JSON text."""
    return json.dumps(one.model_dump(mode="json", by_alias=True), ensure_ascii=False)


def written_once(request: HttpRequest, key: str, act: Callable[[], Made]) -> HttpResponse:
    """Do a write once per idempotency key of this caller, and answer with what it made.

    Raises
    ------
    ApiError
        API-05 when the key stands for another request of this caller.
    """
    asked = hashlib.sha256(
        b"\x00".join([(request.method or "").encode(), request.get_full_path().encode(), _meant(request)])
    ).hexdigest()

    def kept() -> Kept:
        made = act()
        headers = dict(made.headers)
        if made.location:
            headers["Location"] = made.location
        if made.version:
            headers["ETag"] = quoted(made.version)
        return Kept(asked, made.status, headers, shown(made.shown))

    answer, again = answer_once(who=caller_of(request), key=key, asked=asked, act=kept)
    response = HttpResponse(
        answer.body, status=answer.status, content_type=JSON, headers=dict(answer.headers)
    )
    if again:
        response["Idempotency-Replayed"] = "true"
    return response


NO_NAMES: Mapping[str, str] = {}


def written_together(
    request: HttpRequest,
    key: str,
    act: Callable[[], Made],
    *,
    names: Mapping[str, str] = NO_NAMES,
    rows: str = "",
) -> HttpResponse:
    """Write as :func:`written_once`; what is sound part by part and cannot be so together is told as a conflict.

    ``names`` gives the name in the body for a column in an error, and ``rows`` the list in which its row stands.
    """
    try:
        return written_once(request, key, act)
    except InputError as wrong:
        return _not_together(wrong, names, rows)


def looked_at(look: Callable[[], BaseModel], *, names: Mapping[str, str] = NO_NAMES) -> HttpResponse:
    """Answer what a body asks to look at, of which nothing is kept; a conflict as :func:`written_together`."""
    try:
        return HttpResponse(shown(look()), content_type=JSON)
    except InputError as wrong:
        return _not_together(wrong, names, "")


def _not_together(wrong: InputError, names: Mapping[str, str], rows: str) -> HttpResponse:
    every = wrong.errors if isinstance(wrong, InputErrors) else (wrong,)
    errors = [
        Rejected(one.code, f"{one.message}. {one.remedy}", "body", _pointer(one, names, rows))
        for one in every
    ]
    return problem(409, f"Dit kan zo niet samen: {errors[0].detail}", code="STA-01", errors=errors)


def _pointer(wrong: EenthuisError, names: Mapping[str, str], rows: str) -> str:
    """Return where in the body an error stands; the first row of a list is row 1 in an error and 0 here."""
    where = wrong.location
    if where is None:
        return "#"
    steps = [rows, str(where.row - 1)] if rows and where.row is not None else []
    steps += [names[where.column]] if where.column in names else []
    return "#" + "".join(f"/{step}" for step in steps)


def _meant(request: HttpRequest) -> bytes:
    """Return the body as what it says, so that other spacing or order is no other request."""
    try:
        return json.dumps(json.loads(request.body), sort_keys=True).encode()
    except (ValueError, RecursionError):  # no body was asked for, and what came is none
        return request.body


def versioned(seen: str | None, version: str, one: BaseModel) -> HttpResponse:
    """Return a resource with its version, or 304 when whoever asks has that version already."""
    if seen is not None and ("*" in _tags(seen) or quoted(version) in {_strong(tag) for tag in _tags(seen)}):
        return HttpResponse(status=304, headers={"ETag": quoted(version)})
    return HttpResponse(shown(one), content_type=JSON, headers={"ETag": quoted(version)})


def told(seen: str | None, one: BaseModel) -> HttpResponse:
    """Return a resource whose version is all that it shows, as :func:`versioned`."""
    return versioned(seen, version_of(shown(one)), one)


def made(one: BaseModel, location: str, *, status: int = 201) -> Made:
    """Return what a write made, under a version that is all it shows."""
    return Made(one, status=status, location=location, version=version_of(shown(one)))


def require_seen(is_seen: Callable[[str], bool], one: BaseModel) -> None:
    """Pass when what stands there now is what the caller saw.

    Raises
    ------
    ApiError
        API-03 when it changed since.
    """
    if not is_seen(version_of(shown(one))):
        raise ApiError("API-03", "it changed since it was read", remedy="Read it again.")


def expected(header: str | None) -> Callable[[str], bool]:
    """Return the question whether a version is one that ``If-Match`` names.

    Raises
    ------
    ApiError
        API-04 when the header is missing.
    """
    if header is None or not header.strip():
        raise ApiError(
            "API-04",
            "this replaces something, and the request does not say which version was seen",
            remedy="Read it, and send its ETag in If-Match.",
        )
    tags = _tags(header)
    return lambda version: "*" in tags or quoted(version) in tags


def quoted(version: str) -> str:
    """Return a version as a strong ETag."""
    return f'"{version}"'


def caller_of(request: HttpRequest) -> str:
    """Return under which name this caller is counted; the middleware has put it on the request."""
    return str(getattr(request, "caller", ""))


def _tags(header: str) -> tuple[str, ...]:
    return tuple(tag.strip() for tag in header.split(","))


def _strong(tag: str) -> str:
    return tag.removeprefix("W/")
