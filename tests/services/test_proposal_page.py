"""A proposal laid open: simpler ways beside it, who gets what, and a folder that anyone can check."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from small_country import AUDITOR, COA, MINISTRY, OF_UTRECHT, TODAY

from eenthuis.cli.main import main
from eenthuis.services import proposing
from eenthuis.services.proposal_page import (
    groups_shown,
    proposal_document,
    proposal_folder,
    read_proposal,
)
from eenthuis.store.models import JournalRow
from eenthuis.terms.access import ANYONE, Actor
from eenthuis.terms.errors import AccessError
from eenthuis.terms.linking import Wishes

pytestmark = pytest.mark.django_db
WAYS = ["proposal", "first-come", "greedy", "most-room", "random", "persons-flow"]


@pytest.fixture
def made(proposal: int) -> int:
    """Let the engine make a proposal for the small country; return its number."""
    assert proposal
    return proposing.propose(actor=COA, today=TODAY)


def test_every_simpler_way_stands_beside_the_proposal_on_the_page_and_in_json(made: int) -> None:
    page = read_proposal(actor=AUDITOR, number=made)
    assert [way.name for way in page.ways] == WAYS
    own = page.ways[0]
    assert own.people == page.proposal.proof.persons_linked == 22
    assert all(way.people <= own.people for way in page.ways)
    document = json.loads(json.dumps(proposal_document(actor=AUDITOR, number=made)))
    assert [way["name"] for way in document["ways"]] == WAYS
    assert document["certificate"]["gap"] == page.proposal.proof.gap
    assert len(document["links"]) == 6
    kept = JournalRow.objects.filter(action="propose").latest("id").after
    assert isinstance(kept, dict)
    assert [way["name"] for way in kept["ways"]] == WAYS


def test_groups_too_small_to_show_are_shown_nowhere(made: int) -> None:
    page = read_proposal(actor=COA, number=made)
    assert {group.characteristic for group in page.groups} == {"size", "children", "age", "region"}
    size = [group for group in page.groups if group.characteristic == "size"]
    assert len(size) > 1
    assert all(group.is_hidden and group.gain is None and group.people_linked is None for group in size)
    region = [group for group in page.groups if group.characteristic == "region"]
    assert [(group.households, group.linked) for group in region] == [(6, 6)]
    document = proposal_document(actor=COA, number=made)
    assert isinstance(document["groups"], list)
    assert {group["households"] for group in document["groups"] if group["characteristic"] == "size"} == {
        None
    }


def test_hiding_one_group_hides_another_of_the_same_characteristic() -> None:
    def group(label: str, households: int) -> dict[str, object]:
        counts = dict.fromkeys(("linked", "persons", "persons_linked"), households)
        return {
            "characteristic": "sex",
            "label": label,
            "households": households,
            "gain": 1.0,
            "mean_rank": 1.0,
            **counts,
        }

    shown = groups_shown([group("women", 3), group("men", 40), group("both", 20)], 5)
    assert [line.households for line in shown] == [None, 40, None]


def test_a_least_gain_stands_with_its_price_beside_the_proposal(proposal: int) -> None:
    assert proposal
    number = proposing.propose(actor=COA, today=TODAY, wishes=Wishes(least_gain=0.9))
    page = read_proposal(actor=COA, number=number)
    assert page.wishes.least_gain == 0.9
    assert page.price_of_floors is not None
    assert {floor["characteristic"] for floor in page.floors} == {"size", "children"}
    plain = read_proposal(actor=COA, number=proposing.propose(actor=COA, today=TODAY))
    assert plain.price_of_floors is None
    assert plain.floors == ()


def unpacked(number: int, where: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(proposal_folder(actor=AUDITOR, number=number))) as archive:
        archive.extractall(where)
    return where


def checked(folder: Path) -> int:
    return main(
        ["link", "check", str(folder), str(folder / "proposal.csv"), str(folder / "certificate.json")]
    )


def test_the_folder_of_a_proposal_checks_and_a_tampered_one_does_not(
    made: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = unpacked(made, tmp_path / "own")
    assert checked(folder) == 0
    rows = list(csv.reader((folder / "proposal.csv").read_text(encoding="utf-8").splitlines()))
    rows[1][1] = ""
    (folder / "proposal.csv").write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
    assert checked(folder) == 1
    assert "LNK-02" in capsys.readouterr().err
    folder = unpacked(made, tmp_path / "other")
    certificate = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
    certificate["bound"] -= 1
    (folder / "certificate.json").write_text(json.dumps(certificate), encoding="utf-8")
    assert checked(folder) == 1


def test_the_folder_names_no_household(made: int, tmp_path: Path) -> None:
    folder = unpacked(made, tmp_path / "own")
    assert "PE-" not in "".join(
        file.read_text(encoding="utf-8") for file in folder.iterdir() if file.suffix != ".npy"
    )


def test_the_same_proposal_gives_the_same_folder_but_for_the_seconds(made: int, tmp_path: Path) -> None:
    again = proposing.propose(actor=COA, today=TODAY)
    one, two = unpacked(made, tmp_path / "one"), unpacked(again, tmp_path / "two")
    names = sorted(file.name for file in one.iterdir())
    assert names == sorted(file.name for file in two.iterdir())
    same = [name for name in names if (one / name).read_bytes() == (two / name).read_bytes()]
    assert set(names) - set(same) <= {"certificate.json"}


def test_a_proposal_kept_without_a_folder_has_none_and_still_shows(proposal: int) -> None:
    page = read_proposal(actor=COA, number=proposal)
    assert (page.ways, page.groups, page.has_folder) == ((), (), False)
    with pytest.raises(AccessError, match="ACC-02"):
        proposal_folder(actor=COA, number=proposal)


@pytest.mark.parametrize("actor", [MINISTRY, OF_UTRECHT, ANYONE])
def test_only_coa_and_the_auditor_see_a_proposal(proposal: int, actor: Actor) -> None:
    for attempt in (
        lambda: read_proposal(actor=actor, number=proposal),
        lambda: proposal_document(actor=actor, number=proposal),
        lambda: proposal_folder(actor=actor, number=proposal),
    ):
        with pytest.raises(AccessError, match="ACC-01"):
            attempt()


def test_a_number_that_is_no_proposal_is_not_found(proposal: int) -> None:
    with pytest.raises(AccessError, match="ACC-02"):
        read_proposal(actor=COA, number=proposal + 999)
