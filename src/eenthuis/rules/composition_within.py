"""Counts that are told of nowhere: those of municipalities told of together, as an attacker would seek them.

Nothing of them is published, but the people linked to each municipality are, and so are the counts of their area.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from eenthuis.rules.bands import HOME_BANDS, name_in
from eenthuis.rules.composition import Geography, Group, known_of_people
from eenthuis.terms.composition import Cell, Characteristic, Publication, Relation, Stage
from eenthuis.terms.places import COUNTRY


def with_municipalities(
    publication: Publication,
    groups: Iterable[Group],
    geography: Geography,
    *,
    people: Mapping[str, int],
    restless: frozenset[str],
) -> Publication:
    """Return a publication with the linked households of municipalities told of together, hidden, per kind of home.

    ``people`` are those linked per municipality; in ``restless`` municipalities someone came or went since the month
    before, which everyone can see in the progress that is published.
    """
    inside: defaultdict[str, list[str]] = defaultdict(list)
    for code in geography.municipalities:
        if code not in geography.areas:
            inside[geography.above[code]].append(code)
    counts = {_cell(code, home): 0 for codes in inside.values() for code in codes for home in _HOMES}
    for group in groups:
        if group.stage is Stage.LINKED and group.characteristic is Characteristic.SIZE:
            cell = _cell(group.municipality, name_in(HOME_BANDS, int(group.value)))
            if cell in counts:
                counts[cell] += group.households
    sums = [
        Relation(((_cell(area, home), -1), *((_cell(code, home), 1) for code in codes)))
        for area, codes in inside.items()
        for home in _HOMES
    ]
    known = [
        relation
        for codes in inside.values()
        for code in codes
        for relation in known_of_people(Characteristic.HOME, code, people.get(code, 0))
    ]
    return replace(
        publication,
        counts={**publication.counts, **counts},
        relations=(*publication.relations, *sums, *known),
        hidden=publication.hidden | counts.keys(),
        restless=restless - frozenset(geography.areas),
    )


def public_only(publication: Publication, geography: Geography, people: Mapping[str, int]) -> Publication:
    """Return what an attacker would know without this publication.

    That is the people linked per place and the households in reception in the whole country.
    """
    places = {cell.place for cell in publication.counts}
    linked = geography.at_every_place(people)
    known = [
        relation
        for place in sorted(places)
        for relation in known_of_people(Characteristic.HOME, place, linked.get(place, 0))
        if all(cell in publication.counts for cell, _ in relation.terms)
    ]
    known += [
        relation
        for relation in publication.relations
        if all(cell.place == COUNTRY and cell.characteristic in _PLAIN for cell, _ in relation.terms)
    ]
    return replace(publication, relations=tuple(known), hidden=frozenset(publication.counts))


_PLAIN = frozenset({Characteristic.TOTAL, Characteristic.HOME})
_HOMES = tuple(name for name, _, _ in HOME_BANDS)


def _cell(place: str, home: str) -> Cell:
    return Cell(Stage.LINKED, Characteristic.HOME, place, home)
