"""The receipt of reception shares, and its computation again from nothing but that receipt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from eenthuis.rules.inputs import listed, mapping, people, whole, whole_or_none, yes
from eenthuis.rules.law_lines import book_of, law_line
from eenthuis.rules.provincial_tasks import durable_places, provincial_tasks
from eenthuis.rules.reception import distribute_reception
from eenthuis.terms.places import Inhabitants, MunicipalityCode, ProvinceCode
from eenthuis.terms.receipt import Receipt, make_receipt
from eenthuis.terms.reception import PlaceKind, ProvincialTask, ReceptionShares, ReceptionSite, SesScores

DISTRIBUTE = "reception.distribute"

DISTRIBUTE_COLUMNS = ("weight", "exact", "places", "minors_exact", "minors")
"""The names of the values in the output of a distribution, per municipality, as the command names them."""

PROVINCE_COLUMNS = ("places", "durable", "remaining", "minors")
"""The names of the values in the output of a distribution, per province."""


def is_province(code: str) -> bool:
    """Return whether a code in an output is that of a province.

    Examples
    --------
    >>> is_province("PV26"), is_province("GM0344")
    (True, False)
    """
    return code.startswith("PV")


def distribution_receipt(
    *,
    shares: ReceptionShares,
    inhabitants_source: str,
    provinces: Mapping[MunicipalityCode, ProvinceCode],
    sites: Sequence[ReceptionSite],
    tasks: Iterable[ProvincialTask],
    code_version: str,
) -> Receipt:
    """Return the receipt of reception shares and provincial numbers, with every input to compute them again.

    ``sites`` are the places that were looked at for durable ones.
    """
    return make_receipt(
        action=DISTRIBUTE,
        as_of=shares.as_of,
        inputs={
            "need": shares.need,
            "minors": shares.minors_need,
            "as_of": shares.as_of.isoformat(),
            "reference_date": shares.reference_date.isoformat(),
            "country": shares.country_inhabitants,
            "inhabitants": {share.municipality: share.inhabitants for share in shares.shares},
            "inhabitants_source": inhabitants_source,
            "scores": {share.municipality: _written(share.score) for share in shares.shares},
            "score_source": shares.score_source,
            "scores_invented": shares.is_invented,
            "provinces": {share.municipality: provinces[share.municipality] for share in shares.shares},
            "sites": [_site_line(site) for site in sites],
            "law": [law_line(citation) for citation in shares.citations],
        },
        output=_output(shares, tasks),
        citations=shares.citations,
        code_version=code_version,
    )


def distribute_again(inputs: Mapping[str, object]) -> dict[str, object]:
    """Share out again with nothing but the inputs of a receipt."""
    as_of = date.fromisoformat(str(inputs["as_of"]))
    law = book_of(inputs).reception(as_of)
    given = {MunicipalityCode(code): Fraction(str(one)) for code, one in mapping(inputs["scores"]).items()}
    shares = distribute_reception(
        need=whole(inputs["need"]),
        scores=SesScores(given, str(inputs["score_source"]), yes(inputs["scores_invented"])),
        inhabitants=Inhabitants(
            reference_date=date.fromisoformat(str(inputs["reference_date"])),
            people=people(inputs["inhabitants"]),
            country=whole(inputs["country"]),
            source=str(inputs["inhabitants_source"]),
        ),
        law=law,
        as_of=as_of,
        minors=whole_or_none(inputs["minors"]),
    )
    provinces = {
        MunicipalityCode(code): ProvinceCode(str(one)) for code, one in mapping(inputs["provinces"]).items()
    }
    sites = [_site(listed(line)) for line in listed(inputs["sites"])]
    durable = durable_places(sites, as_of=as_of, law=law)
    return _output(shares, provincial_tasks(shares, provinces, durable))


def _output(shares: ReceptionShares, tasks: Iterable[ProvincialTask]) -> dict[str, object]:
    found: dict[str, object] = {
        share.municipality: [
            _written(share.weight),
            _written(share.exact),
            share.places,
            None if share.minors_exact is None else _written(share.minors_exact),
            share.minors,
        ]
        for share in shares.shares
    }
    return found | {task.province: [task.places, task.durable, task.remaining, task.minors] for task in tasks}


def _written(share: Fraction) -> str:
    return f"{share.numerator}/{share.denominator}"


def _site_line(site: ReceptionSite) -> list[object]:
    last = None if site.last_day is None else site.last_day.isoformat()
    return [site.municipality, site.kind.value, site.places, site.first_day.isoformat(), last, site.name]


def _site(line: Sequence[object]) -> ReceptionSite:
    code, kind, places, first, last, name = line
    return ReceptionSite(
        municipality=MunicipalityCode(str(code)),
        kind=PlaceKind(str(kind)),
        places=whole(places),
        first_day=date.fromisoformat(str(first)),
        last_day=None if last is None else date.fromisoformat(str(last)),
        name=str(name),
    )
