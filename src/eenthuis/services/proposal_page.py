"""One proposal laid open: its proof, simpler ways of linking beside it, and who gets what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.disclosure import hide_small
from eenthuis.services.access import may, require
from eenthuis.services.processing import note_processing
from eenthuis.services.read_models import ProposalView
from eenthuis.services.runs import kind_word
from eenthuis.services.workspace import view_of
from eenthuis.store import carried, proposals, runs
from eenthuis.store.links import reasons_plain
from eenthuis.store.models import ProposalRow
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.linking import Wishes
from eenthuis.terms.processing import Activity

PROPOSAL = "proposal"
"""The name under which the proposal itself stands among the ways of linking."""


@dataclass(frozen=True, slots=True)
class WayLine:
    """What one way of linking reaches: households, people and score; ``split`` households cut up by a flow."""

    name: str
    households: float
    people: float
    score: float
    split: int | None

    @property
    def is_proposal(self) -> bool:
        """Whether this is the proposal itself."""
        return self.name == PROPOSAL


@dataclass(frozen=True, slots=True)
class GroupLine:
    """How one group fares; everything but its name is None where it is too small to show.

    ``gain`` is its score as a multiple of that of random proposals; ``mean_rank`` the mean place of the municipality
    it got among those it may go to, by score.
    """

    characteristic: str
    label: str
    households: int | None
    linked: int | None
    people: int | None
    people_linked: int | None
    gain: float | None
    mean_rank: float | None

    @property
    def is_hidden(self) -> bool:
        """Whether the group is too small to show."""
        return self.households is None


@dataclass(frozen=True, slots=True)
class PreferencesLine:
    """How far preferences of households that were asked are met."""

    asked: int
    first_choice: int
    among_first: int
    named_place: int
    mean_rank: float | None
    envy: int
    justified_envy: int


@dataclass(frozen=True, slots=True)
class StageLine:
    """One of the goals in order: what was reached, and the proven most that can be."""

    name: str
    reached: float
    bound: float


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """A change in the proposal before that this one follows, or why it does not (``because``, empty when it does)."""

    kind: str
    household: str
    municipality: str
    ground: str
    why: str
    decided_by: str
    proposal: int
    because: str


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """A proposal with everything that stands beside it; the parts are empty for one that was kept without them."""

    proposal: ProposalView
    is_latest: bool
    wishes: Wishes
    price_of_floors: float | None
    floors: tuple[Mapping[str, object], ...]
    stages: tuple[StageLine, ...]
    ways: tuple[WayLine, ...]
    groups: tuple[GroupLine, ...]
    preferences: PreferencesLine | None
    floor: int
    has_folder: bool
    may_propose: bool
    taken_over: tuple[CarriedLine, ...]
    left_out: tuple[CarriedLine, ...]
    is_changed: bool


def read_proposal(*, actor: Actor, number: int) -> ProposalPage:
    """Return a proposal with its proof and audit; counts that are too small to show are left out.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such proposal.
    """
    require(actor, "see-proposal")
    row = _found(number)
    half_year = HalfYear.parse(row.half_year)
    newest = proposals.latest(half_year)
    floor = law_book().linking(half_year.first_day).disclosure_floor
    audit, certificate = _mapping(row.audit), _mapping(row.certificate)
    before = [_carried(one) for one in carried.of(row)]
    return ProposalPage(
        proposal=view_of(row),
        is_latest=newest is not None and newest.pk == row.pk,
        wishes=runs.wishes_from(row.wishes),
        price_of_floors=row.price_of_floors,
        floors=tuple(_mapping(one) for one in _listed(certificate.get("floors"))),
        stages=tuple(_stage(one) for one in _listed(certificate.get("stages"))),
        ways=tuple(_way(one) for one in _listed(audit.get("ways"))),
        groups=groups_shown(_listed(audit.get("groups")), floor),
        preferences=_preferences(audit.get("preferences")),
        floor=floor,
        has_folder=proposals.has_archive(row.pk),
        may_propose=may(actor, "propose"),
        taken_over=tuple(line for line in before if not line.because),
        left_out=tuple(line for line in before if line.because),
        is_changed=row.replaces_id is not None,
    )


def proposal_document(*, actor: Actor, number: int) -> Mapping[str, object]:
    """Return a proposal as JSON can hold it: links with reasons, wishes, certificate and audit.

    The certificate bears households under the numbers of the instance folder; small counts are left out of the audit.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such proposal.
    """
    page = read_proposal(actor=actor, number=number)
    row = _found(number)
    note_processing(Activity.EXPORT_PROPOSAL, proposals.households_in(number))
    return {
        "proposal": row.pk,
        "half_year": row.half_year,
        "as_of": row.as_of.isoformat(),
        "made_by": row.made_by,
        "made_at": row.made_at.isoformat(),
        "digest": row.digest,
        "wishes": row.wishes,
        "price_of_floors": row.price_of_floors,
        "certificate": row.certificate,
        "ways": [
            {
                "name": way.name,
                "households_linked": way.households,
                "persons_linked": way.people,
                "score": way.score,
                **({} if way.split is None else {"split": way.split}),
            }
            for way in page.ways
        ],
        "groups": [
            {
                "characteristic": group.characteristic,
                "label": group.label,
                "households": group.households,
                "linked": group.linked,
                "persons": group.people,
                "persons_linked": group.people_linked,
                "gain": group.gain,
                "mean_rank": group.mean_rank,
            }
            for group in page.groups
        ],
        "preferences": _mapping(row.audit).get("preferences"),
        "links": [
            {
                "household": link.household,
                "persons": link.persons,
                "municipality": link.municipality,
                "score": link.score,
                "reasons": reasons_plain(link.reasons),
            }
            for link in proposals.every_link(row.pk)
        ],
    }


def proposal_folder(*, actor: Actor, number: int) -> bytes:
    """Return the zip with which anyone can check a proposal.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such proposal, or it was kept without a folder.
    """
    require(actor, "see-proposal")
    found = proposals.archive(_found(number).pk)
    note_processing(Activity.EXPORT_PROPOSAL, proposals.households_in(number) if found else [])
    if found is None:
        raise AccessError("ACC-02", "no folder of this proposal", remedy="Make a new proposal.")
    return found


def groups_shown(groups: list[Mapping[str, object]], floor: int) -> tuple[GroupLine, ...]:
    """Return the groups with those hidden that are too small to show, each characteristic by itself."""
    lines: list[GroupLine] = []
    for characteristic in dict.fromkeys(str(group["characteristic"]) for group in groups):
        own = [group for group in groups if group["characteristic"] == characteristic]
        shown = hide_small([int(str(group["households"])) for group in own], floor)
        lines += [_group(group, is_shown=count is not None) for group, count in zip(own, shown, strict=True)]
    return tuple(lines)


def _group(group: Mapping[str, object], *, is_shown: bool) -> GroupLine:
    def count(name: str) -> int | None:
        return int(str(group[name])) if is_shown else None

    return GroupLine(
        characteristic=str(group["characteristic"]),
        label=str(group["label"]),
        households=count("households"),
        linked=count("linked"),
        people=count("persons"),
        people_linked=count("persons_linked"),
        gain=_number(group.get("gain")) if is_shown else None,
        mean_rank=_number(group.get("mean_rank")) if is_shown else None,
    )


def _carried(one: carried.Carried) -> CarriedLine:
    place = one.override.place
    return CarriedLine(
        kind=kind_word(one.override),
        household=one.override.household,
        municipality=reference.municipality(place).name if place else "",
        ground=one.override.ground.value,
        why=one.override.reason,
        decided_by=one.decided_by,
        proposal=one.proposal,
        because="" if one.because is None else one.because.value,
    )


def _way(way: Mapping[str, object]) -> WayLine:
    split = way.get("split")
    return WayLine(
        name=str(way["name"]),
        households=float(str(way["households_linked"])),
        people=float(str(way["persons_linked"])),
        score=float(str(way["score"])),
        split=None if split is None else int(str(split)),
    )


def _stage(stage: Mapping[str, object]) -> StageLine:
    return StageLine(str(stage["name"]), float(str(stage["reached"])), float(str(stage["bound"])))


def _preferences(document: object) -> PreferencesLine | None:
    if not isinstance(document, dict):
        return None
    return PreferencesLine(**document)


def _found(number: int) -> ProposalRow:
    row = proposals.by_number(number)
    if row is None:
        raise AccessError("ACC-02", "no proposal by that number", remedy="Check the number.")
    return row


def _mapping(document: object) -> Mapping[str, object]:
    return document if isinstance(document, dict) else {}


def _listed(document: object) -> list[Mapping[str, object]]:
    return [one for one in document if isinstance(one, dict)] if isinstance(document, list) else []


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))
