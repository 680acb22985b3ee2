"""Projects of flex homes: kept by municipalities and housing associations, with the shares of their scheme."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction

from eenthuis import reference
from eenthuis.access import decide
from eenthuis.law import law_book
from eenthuis.rules.flex_effect import effect_on_target
from eenthuis.rules.flex_shares import FlexVerdict, ShareVerdict, flex_verdict
from eenthuis.services.access import may, place_of, require, require_somewhere
from eenthuis.services.homes import owner_of
from eenthuis.store import flex, journal
from eenthuis.store.flex import HeldProject
from eenthuis.terms.access import Actor, Place, Reach, Role
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.terms.flex import FlexProject, FlexProjectId, HomesInHalfYear
from eenthuis.terms.places import MunicipalityCode

LONGEST_NAME = 80
TRIES = 5
"""So often a number is asked for when others add projects at the same moment."""


@dataclass(frozen=True, slots=True)
class FlexLine:
    """A project with its name, and what the shares of its scheme say of it."""

    project: FlexProject
    name: str
    municipality_name: str
    verdict: FlexVerdict
    may_change: bool
    version: int

    @property
    def effect(self) -> tuple[HomesInHalfYear, ...]:
        """The homes for status holders that come and end with this project alone."""
        return effect_on_target([self.project])


@dataclass(frozen=True, slots=True)
class FlexPage:
    """The projects in reach, the homes for status holders that come and end with them, and who may add one."""

    lines: tuple[FlexLine, ...]
    effect: tuple[HomesInHalfYear, ...]
    may_add: bool

    @property
    def broken(self) -> int:
        """Projects of which a binding share is broken."""
        return sum(1 for line in self.lines if line.verdict.broken)

    @property
    def tight(self) -> int:
        """Projects of which the next home breaks a binding share."""
        return sum(1 for line in self.lines if line.verdict.warnings and not line.verdict.broken)


def read_flex_projects(*, actor: Actor, municipality: MunicipalityCode | None = None) -> FlexPage:
    """Return the projects in reach: of a municipality or province itself, of a housing association, or of the country.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no projects, ACC-02 when it does, but not there.
    """
    owner, place = "", municipality
    if decide(actor, "see-flex-projects", Place()).reach is Reach.OWN_HOMES:
        owner = owner_of(actor)
    else:
        if place is None and actor.role is Role.MUNICIPALITY:
            place = actor.municipality
        require(actor, "see-flex-projects", place_of(place) if place else _own_province(actor))
    lines = tuple(
        _line(actor, held)
        for held in flex.projects(place, owner)
        if owner or may(actor, "see-flex-projects", place_of(held.project.municipality))
    )
    return FlexPage(lines, effect_on_target(line.project for line in lines), may_add=_keeps(actor))


def read_flex_project(*, actor: Actor, identifier: FlexProjectId) -> FlexLine:
    """Return one project.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no projects, ACC-02 when there is no such project in its reach.
    """
    return _line(actor, require_project(actor=actor, action="see-flex-projects", identifier=identifier))


def require_project(*, actor: Actor, action: str, identifier: FlexProjectId) -> HeldProject:
    """Return a project when the actor may do this with it; one of somebody else is not found.

    Raises
    ------
    AccessError
        ACC-01 when the action is not for this role, ACC-02 when there is no such project in its reach.
    """
    require_somewhere(actor, action)
    held = flex.project(identifier)
    if held is None or held.is_withdrawn or not _reaches(actor, action, held):
        raise AccessError("ACC-02", "no project by that number", remedy="Check the number.")
    return held


def require_keeping_projects(*, actor: Actor) -> None:
    """Pass when the actor keeps projects somewhere.

    Raises
    ------
    AccessError
        ACC-01 when this role keeps no projects.
    """
    if not _keeps(actor):
        require(actor, "keep-flex-projects", Place())


def add_flex_project(*, actor: Actor, project: FlexProject, name: str) -> FlexProjectId:
    """Add a project and return its number; the number it carries does not matter.

    A housing association adds projects of its own, in any municipality; a municipality in its own.

    Raises
    ------
    AccessError
        ACC-01 when this role may not, ACC-02 when it may, but not there.
    InputError
        INP-04 without a name; INP-06 when its homes do not add up.
    LawError
        LAW-01 when there is no such scheme.
    StateError
        STA-01 when just this project stands already.
    """
    place = place_of(reference.municipality(project.municipality).code)
    verdict = decide(actor, "keep-flex-projects", place)
    if verdict.reach is not Reach.OWN_HOMES:
        require(actor, "keep-flex-projects", place)
    project = replace(project, owner=owner_of(actor))
    _check(project, name)
    for last in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                journal.lock_subject(f"flex projects in {project.municipality}")
                if before := flex.like(project, name.strip()):
                    raise StateError("STA-01", f"just this is {before}", remedy="Change that project.")
                numbered = replace(project, identifier=flex.next_identifier())
                flex.add_step(numbered, name.strip(), "added", after=None, decided_by=actor.name)
                _account(actor, "add-flex-project", numbered)
                return numbered.identifier
        except IntegrityError:
            if not last:
                raise
    raise StateError("STA-07", "others add projects at this moment", remedy="Try again.")


def broken_shares(project: FlexProject) -> tuple[ShareVerdict, ...]:
    """Return the binding shares that a project would not keep, so that nobody breaks one unawares.

    Raises
    ------
    InputError
        INP-06 when its homes do not add up.
    LawError
        LAW-01 when there is no such scheme.
    """
    return flex_verdict(project, law_book()).broken


def change_flex_project(
    *, actor: Actor, project: FlexProject, name: str, why: str, seen: FlexProject | None = None
) -> None:
    """Change what is said of a project, with a reason; its municipality and owner stay.

    ``seen`` is the project as the caller saw it, where it says so.

    Raises
    ------
    AccessError
        ACC-01 when this role may not, ACC-02 when there is no such project in its reach.
    InputError
        INP-04 without a name or a reason; INP-06 when its homes do not add up.
    LawError
        LAW-01 when there is no such scheme.
    StateError
        STA-07 when somebody changed it since.
    """
    require_project(actor=actor, action="keep-flex-projects", identifier=project.identifier)
    _check(project, name)
    _step(actor, project.identifier, "changed", why, project, name, seen=seen)


def withdraw_flex_project(*, actor: Actor, identifier: FlexProjectId, why: str) -> None:
    """Withdraw a project, with a reason; its rows stay.

    Raises
    ------
    AccessError, InputError
        As :func:`change_flex_project`.
    """
    require_project(actor=actor, action="keep-flex-projects", identifier=identifier)
    _step(actor, identifier, "withdrawn", why, None, "")


def _step(
    actor: Actor,
    identifier: FlexProjectId,
    kind: str,
    why: str,
    changed: FlexProject | None,
    name: str,
    *,
    seen: FlexProject | None = None,
) -> None:
    with transaction.atomic():
        flex.lock_project(identifier)
        held = require_project(actor=actor, action="keep-flex-projects", identifier=identifier)
        if not why.strip():
            raise InputError("INP-04", "no reason was given", remedy="Say why.")
        before = held.project
        if seen is not None and before != seen:
            raise StateError("STA-07", "somebody changed this project", remedy="Read it again.")
        after = (
            before
            if changed is None
            else replace(changed, municipality=before.municipality, owner=before.owner)
        )
        flex.add_step(
            after, name.strip() or held.name, kind, after=held.row, decided_by=actor.name, why=why.strip()
        )
        action = "withdraw-flex-project" if changed is None else "change-flex-project"
        _account(actor, action, after, before=before, why=why.strip())


def _line(actor: Actor, held: HeldProject) -> FlexLine:
    project = held.project
    return FlexLine(
        project=project,
        name=held.name,
        municipality_name=reference.municipality(project.municipality).name,
        verdict=flex_verdict(project, law_book()),
        may_change=_reaches(actor, "keep-flex-projects", held),
        version=held.row.step,
    )


def _reaches(actor: Actor, action: str, held: HeldProject) -> bool:
    verdict = decide(actor, action, place_of(held.project.municipality))
    if verdict.reach is Reach.OWN_HOMES:
        return held.project.owner == owner_of(actor)
    return verdict.allowed


def _own_province(actor: Actor) -> Place:
    return Place(province=actor.province) if actor.province else Place()


def _keeps(actor: Actor) -> bool:
    place = place_of(actor.municipality) if actor.municipality else Place()
    verdict = decide(actor, "keep-flex-projects", place)
    return verdict.allowed or verdict.reach is Reach.OWN_HOMES


def _check(project: FlexProject, name: str) -> None:
    if not name.strip() or len(name) > LONGEST_NAME:
        raise InputError(
            "INP-04", "the project has no name, or a long one", remedy="Give a short name, no address."
        )
    flex_verdict(project, law_book())
    effect_on_target([project])


def _account(
    actor: Actor, action: str, project: FlexProject, *, before: FlexProject | None = None, why: str = ""
) -> None:
    journal.write(
        actor,
        action,
        f"flex project {project.identifier}",
        municipality=project.municipality,
        before=before,
        after=project,
        why=why,
    )
