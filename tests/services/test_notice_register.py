"""The register of notices, and what telling asks of its caller; no database is needed."""

from __future__ import annotations

import pytest
from small_country import TODAY, UTRECHT

from eenthuis.services import notices
from eenthuis.terms.access import Role
from eenthuis.terms.notices import FIGURES, KINDS, Addressee, NoticeKind
from eenthuis.terms.places import ProvinceCode


def test_nothing_is_told_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        notices.tell(
            kind=NoticeKind.PROPOSAL_READY, to=Addressee(Role.COA), reference="proposal:1", today=TODAY
        )


def test_the_register_says_everything_of_every_kind() -> None:
    assert set(KINDS) == set(NoticeKind)
    for kind, row in KINDS.items():
        assert row.meaning, kind
        assert row.sentence.endswith("."), kind
        assert row.roles, kind
        assert Role.PUBLIC not in row.roles, kind
        assert row.figures <= set(FIGURES), kind
        assert row.escalates_to is None or row.asks, kind


def test_a_notice_goes_to_one_place_at_most_and_never_to_the_public() -> None:
    with pytest.raises(ValueError, match="one place"):
        Addressee(Role.MUNICIPALITY, municipality=UTRECHT, province=ProvinceCode("PV26"))
    with pytest.raises(ValueError, match="role of the chain"):
        Addressee(Role.PUBLIC)
