"""The receipt of an assessment, and its computation again from nothing but that receipt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from eenthuis.rules.inputs import listed, mapping, whole, whole_or_none, yes
from eenthuis.rules.judgement import word
from eenthuis.rules.law_lines import book_of, law_line
from eenthuis.rules.supervision import Assessment, assess_supervision, citations_of
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.receipt import Receipt, make_receipt, plain
from eenthuis.terms.supervision import Figures

ASSESS = "supervise.assess"

ASSESS_COLUMNS = ("verdict", "rung", "answer_by", "grounds")
"""The names of the values in the output of an assessment, as the command names them."""


def assessment_receipt(
    *,
    assessments: Sequence[Assessment],
    progress: Mapping[MunicipalityCode, Iterable[Figures]],
    half_year: HalfYear,
    as_of: date,
    code_version: str,
) -> Receipt:
    """Return the receipt of an assessment, of one municipality or of many.

    ``progress`` holds the figures that were assessed. The receipt keeps every value of the law that was used, so that
    it computes again after the law book has grown.
    """
    citations = citations_of(assessments)
    return make_receipt(
        action=ASSESS,
        as_of=as_of,
        inputs={
            "half_year": str(half_year),
            "as_of": as_of.isoformat(),
            "law": [law_line(citation) for citation in citations],
            "progress": {
                one.municipality: {
                    "place": one.law.ladder.place,
                    "figures": [_line(figures) for figures in _ordered(progress[one.municipality])],
                }
                for one in assessments
            },
        },
        output=output_of(assessments),
        citations=citations,
        code_version=code_version,
    )


def output_of(assessments: Iterable[Assessment]) -> dict[str, object]:
    """Return what the receipt of an assessment promises, per municipality."""
    return {
        one.municipality: [
            word(one.judgement),
            one.rung,
            one.answer_by.isoformat() if one.answer_by else None,
            [plain(ground) for ground in one.grounds],
        ]
        for one in assessments
    }


def assess_again(inputs: Mapping[str, object]) -> dict[str, object]:
    """Assess again with nothing but the inputs of a receipt."""
    given = {MunicipalityCode(code): mapping(one) for code, one in mapping(inputs["progress"]).items()}
    return output_of(
        assess_supervision(
            half_year=HalfYear.parse(str(inputs["half_year"])),
            as_of=date.fromisoformat(str(inputs["as_of"])),
            progress={
                code: [_figures(mapping(figures)) for figures in listed(one["figures"])]
                for code, one in given.items()
            },
            places={code: str(one["place"]) for code, one in given.items()},
            book=book_of(inputs),
        )
    )


def _ordered(figures: Iterable[Figures]) -> list[Figures]:
    return sorted(figures, key=lambda one: one.half_year)


def _line(figures: Figures) -> dict[str, object]:
    """Return the figures of a half-year in plain form; what is not known or nought is left out."""
    line: dict[str, object] = {
        "half_year": str(figures.half_year),
        "corrected": figures.corrected,
        "realised": figures.realised,
        "linked": figures.linked,
        "source": figures.source,
    }
    known = {
        "net": figures.net,
        "own_count": figures.own_count,
        "requests_unmet": figures.requests_unmet or None,
        "homes_ready": figures.homes_ready or None,
        "plan_on_schedule": figures.plan_on_schedule or None,
        "decided_rung": figures.decided_rung,
        "skip_reason": figures.skip_reason or None,
    }
    return line | {name: value for name, value in known.items() if value is not None}


def _figures(line: Mapping[str, object]) -> Figures:
    return Figures(
        half_year=HalfYear.parse(str(line["half_year"])),
        corrected=whole(line["corrected"]),
        realised=whole(line["realised"]),
        linked=whole(line["linked"]),
        source=str(line["source"]),
        net=whole_or_none(line.get("net")),
        own_count=whole_or_none(line.get("own_count")),
        requests_unmet=whole(line.get("requests_unmet", 0)),
        homes_ready=whole(line.get("homes_ready", 0)),
        plan_on_schedule=yes(line.get("plan_on_schedule", False)),
        decided_rung=whole_or_none(line.get("decided_rung")),
        skip_reason=str(line.get("skip_reason", "")),
    )
