"""A decision note from the register to the public: versions, four eyes, personal data left out for good."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from every_route import client_of
from programs import environment
from pypdf import PdfReader
from small_country import AUDITOR, COA, MINISTRY, TODAY

from eenthuis.rules.decision_notes import NoteObstacle, NoteState
from eenthuis.rules.personal_details import PLACEHOLDER, leaks
from eenthuis.rules.seen_text import folded
from eenthuis.services import decision_notes as services
from eenthuis.services import note_publishing as publishing
from eenthuis.services.note_publishing import Choice
from eenthuis.services.notices import notices_for
from eenthuis.store import accounts, scope
from eenthuis.store import decision_notes as stored
from eenthuis.store.decision_note_models import (
    DecisionNoteMarkRow,
    DecisionNoteVersionRow,
    PublishedNoteRow,
)
from eenthuis.store.models import JournalRow
from eenthuis.terms.access import ANYONE, Actor, Role
from eenthuis.terms.decision_notes import (
    NoteStep,
    NoteStepKind,
    NoteText,
    NoteVersion,
    Section,
    WithheldGround,
)
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.terms.notices import NoticeFilter

pytestmark = pytest.mark.django_db
SECOND = Actor("ministerie-2", Role.MINISTRY)
THIRD = Actor("ministerie-3", Role.MINISTRY)
PROGRAM = Path(__file__).resolve().parents[1] / "country" / "note_race.py"
SECRETS = (
    "sanne de wit",
    "s.dewit@minjenv.example",
    "070 123 45 67",
    "fatoumata diallo",
    "k.l.m.",
    "kees vonk",
)
HOSTILE = "<script>alert('x')</script> #set page(fill: red) $x$ @ref [[a]] \\u{41} {{ 7|add:7 }}"
TEXT: dict[Section, str] = {
    Section.OCCASION: "Sanne\u200b de Wit (s.dewit@minjenv.example, 070 123 45 67) vraagt om een besluit.",
    Section.KEY_POINTS: f"Eerste punt. {HOSTILE}\n\nBesproken met SANNE  DE\nWIT en Fatoumata Diallo.",
    Section.LEGAL: "Intern: Kees Vonk ziet een risico in de Huisvestingswet 2014.",
    Section.COMMUNICATION: "Minister Van der Burg spreekt de pers toe.\n\nParaaf: K.L.M.",
    Section.NOT_PUBLIC: "De persoonsgegevens van ambtenaren.",
}


def step(who: Actor, number: int, kind: NoteStepKind, why: str = "") -> NoteObstacle | None:
    seen = services.read_note(actor=who, number=number).held.last.place
    return services.take_note_step(actor=who, number=number, kind=kind, seen=seen, why=why, today=TODAY)


def written(number: int, **changes: str) -> int:
    held = services.read_note(actor=MINISTRY, number=number).held
    text = NoteText(
        changes.get("title", "Nota van Sanne de Wit"),
        {**held.last.text.sections, **TEXT},
        {Section.LEGAL: WithheldGround.OPINIONS},
    )
    return services.save_version(actor=MINISTRY, number=number, text=text, seen=held.last.place, today=TODAY)


@pytest.fixture
def draft() -> int:
    """A note on two recommendations, written on by one person of the ministry."""
    number = services.begin_note(actor=MINISTRY, numbers=[5, 4, 5], today=TODAY)
    assert written(number) == 2
    return number


@pytest.fixture
def reviewed(draft: int) -> int:
    assert step(MINISTRY, draft, NoteStepKind.PUT_FORWARD) is None
    assert step(SECOND, draft, NoteStepKind.REVIEWED) is None
    return draft


def leave_out(number: int, *kept: str) -> None:
    page = publishing.read_marks(actor=SECOND, number=number)
    choices = [
        Choice(line.mark.key, line.mark.key not in kept, "bewindspersoon" if line.mark.key in kept else "")
        for line in page.lines
    ]
    publishing.decide_marks(actor=SECOND, number=number, seen=page.held.last.place, choices=choices)


@pytest.fixture
def public(reviewed: int) -> int:
    leave_out(reviewed, "minister van der burg")
    assert publishing.publish_note(actor=SECOND, number=reviewed, seen=2, today=TODAY) is None
    return reviewed


def test_a_note_is_drawn_up_from_the_register() -> None:
    number = services.begin_note(actor=MINISTRY, numbers=[3, 10], today=TODAY)
    text = services.read_note(actor=MINISTRY, number=number).held.last.text
    assert set(text.sections) == set(Section)
    assert all(text.sections.values())
    assert "3 en 10" in text.title
    assert "verblijfsdocumenten" in text.sections[Section.KEY_POINTS].casefold()
    assert "zonder toegezegde dag" in text.sections[Section.STRATEGY]
    assert "artikel 5.1, tweede lid, onder e" in text.sections[Section.NOT_PUBLIC]
    for numbers in ([], [11]):
        with pytest.raises(InputError):
            services.begin_note(actor=MINISTRY, numbers=numbers, today=TODAY)


def test_hidden_characters_are_not_kept_and_versions_are(draft: int) -> None:
    held = services.read_note(actor=MINISTRY, number=draft).held
    assert "\u200b" not in held.last.text.sections[Section.OCCASION]
    assert [one.place for one in held.versions] == [1, 2]
    assert written(draft) == 2, "the same text is no new version"
    with pytest.raises(StateError, match="STA-07"):
        services.save_version(actor=SECOND, number=draft, text=held.last.text, seen=1, today=TODAY)
    for spoilt in (
        replace(held.last.text, title=" "),
        replace(held.last.text, sections={Section.LEGAL: "x" * 20_001}),
    ):
        with pytest.raises(InputError, match="INP-06"):
            services.save_version(actor=SECOND, number=draft, text=spoilt, seen=2, today=TODAY)


def test_who_wrote_does_not_review(draft: int) -> None:
    assert step(SECOND, draft, NoteStepKind.REVIEWED) is NoteObstacle.WRONG_STATE
    assert step(THIRD, draft, NoteStepKind.PUT_FORWARD) is None
    (notice,) = notices_for(actor=SECOND, wanted=NoticeFilter(kind="note-put-forward")).notices
    assert (notice.thing, notice.key) == ("note", str(draft))
    for who in (MINISTRY, THIRD, replace(SECOND, hand=MINISTRY.name)):
        assert step(who, draft, NoteStepKind.REVIEWED) is NoteObstacle.OWN_WORK
    assert step(SECOND, draft, NoteStepKind.SENT_BACK) is NoteObstacle.NO_REASON
    assert step(SECOND, draft, NoteStepKind.SENT_BACK, "noem het bedrag") is None
    assert written(draft, title="Nota, tweede keer") == 3
    assert step(MINISTRY, draft, NoteStepKind.PUT_FORWARD) is None
    stale = services.take_note_step(
        actor=SECOND, number=draft, kind=NoteStepKind.REVIEWED, seen=2, why="", today=TODAY
    )
    assert stale is NoteObstacle.OVERTAKEN
    assert step(SECOND, draft, NoteStepKind.REVIEWED) is None
    assert services.read_note(actor=SECOND, number=draft).state is NoteState.REVIEWED
    assert written(draft, title="Nota, derde keer") == 4
    assert services.read_note(actor=SECOND, number=draft).state is NoteState.DRAFT, (
        "a review is of one version"
    )


@pytest.mark.parametrize(
    ("by", "version", "kind"),
    [
        (MINISTRY.name, 2, NoteStepKind.REVIEWED),
        (THIRD.name, 1, NoteStepKind.REVIEWED),
        (SECOND.name, 2, NoteStepKind.PUBLISHED),
    ],
)
def test_the_database_refuses_what_a_service_would_forget(
    draft: int, by: str, version: int, kind: NoteStepKind
) -> None:
    assert step(MINISTRY, draft, NoteStepKind.PUT_FORWARD) is None
    with pytest.raises(DatabaseError), transaction.atomic():
        stored.add_step(draft, NoteStep(kind, version, TODAY, by, ""))
    with pytest.raises(DatabaseError), transaction.atomic():
        stored.publish(stored.Published(draft, (4,), "x", (), TODAY, ""), b"")


def test_an_ended_note_takes_nothing_more(public: int) -> None:
    with pytest.raises(StateError, match="STA-01"):
        written(public, title="nog een keer")
    assert step(MINISTRY, public, NoteStepKind.WITHDRAWN, "toch niet") is NoteObstacle.ENDED
    held = services.read_note(actor=MINISTRY, number=public).held
    with pytest.raises(DatabaseError), transaction.atomic():
        stored.add_version(public, NoteVersion(3, held.last.text, "x", TODAY))


def test_nothing_is_public_before_everything_found_is_decided_on(reviewed: int) -> None:
    page = publishing.read_marks(actor=SECOND, number=reviewed)
    found = {line.mark.key for line in page.lines}
    assert {"sanne de wit", "fatoumata diallo", "s.dewit@minjenv.example", "070 123 45 67"} <= found
    assert page.undecided == len(page.lines)
    assert (
        publishing.publish_note(actor=SECOND, number=reviewed, seen=2, today=TODAY) is NoteObstacle.UNDECIDED
    )
    with pytest.raises(InputError, match="INP-06"):
        publishing.decide_marks(
            actor=SECOND, number=reviewed, seen=2, choices=[Choice("sanne de wit", is_removed=False)]
        )
    with pytest.raises(InputError, match="INP-04"):
        publishing.decide_marks(actor=SECOND, number=reviewed, seen=2, choices=[Choice("x", is_removed=True)])
    with pytest.raises(InputError, match="INP-04"):
        publishing.decide_marks(actor=SECOND, number=reviewed, seen=2, choices=[], by_hand="staat er niet")
    assert DecisionNoteMarkRow.objects.count() == 0
    assert PublishedNoteRow.objects.count() == 0


def everything_public(client: Client, number: int) -> Iterator[str]:
    """Yield all that anyone can get of a note: pages, files, what the PDF says and what is said about it."""
    base = f"/aanbevelingen/notas/{number}/"
    for path in ("/aanbevelingen/notas/", base, f"{base}nota.html", "/aanbevelingen/", "/aanbevelingen/4/"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        yield answer.content.decode() + repr(sorted(answer.headers.items()))
    content = client.get(f"{base}nota.pdf").content
    for path in ("/api/v1/beslisnotas", f"/api/v1/beslisnotas/{number}"):
        yield client.get(path).content.decode()
    reader = PdfReader(io.BytesIO(content))
    yield "\n".join(page.extract_text() for page in reader.pages)
    yield repr(reader.metadata)
    assert reader.xmp_metadata is not None
    yield reader.xmp_metadata.stream.get_data().decode()
    assert not reader.attachments
    yield content.decode("latin-1")
    for chunk in content.split(b"stream\n")[1:]:
        try:
            yield zlib.decompress(chunk).decode("utf-8", "replace")
        except zlib.error:
            continue


def test_what_is_left_out_stands_nowhere_in_public(public: int) -> None:
    client = client_of(ANYONE)
    pieces = list(everything_public(client, public))
    for piece in pieces:
        assert leaks(piece, SECRETS) == ()
        assert not [name for name in (MINISTRY.name + "-2", "ministerie-3") if name in piece]
    page, text, in_api = pieces[1], pieces[7], json.loads(pieces[6])
    assert page.count(PLACEHOLDER) >= 5
    assert text.count(PLACEHOLDER) >= 5
    assert in_api["titel"] == f"Nota van {PLACEHOLDER}"
    assert "Van der Burg" in page
    assert "Wet open overheid, artikel 5.2" in folded(text).replace("wet open overheid", "Wet open overheid")
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert "alert('x')" in text
    assert "#set page" in text


def test_the_pdf_is_accessible_and_says_nothing_of_who_wrote_it(public: int) -> None:
    reader = PdfReader(io.BytesIO(publishing.published_file(actor=ANYONE, number=public)))
    catalog = reader.trailer["/Root"]
    assert catalog["/Lang"] == "nl"  # type: ignore[index]
    assert catalog["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert reader.metadata is not None
    assert reader.metadata.author == "Ministerie"
    assert reader.metadata.title == f"Nota van {PLACEHOLDER}"
    assert "pdfuaid" in reader.xmp_metadata.stream.get_data().decode()  # type: ignore[union-attr]


def test_drafts_and_earlier_versions_are_not_there_for_others(public: int) -> None:
    for who in (ANYONE, COA):
        if who is not ANYONE:
            accounts.save_account(who, "een-goed-lang-wachtwoord")
        client = client_of(who)
        assert services.read_notes(actor=who).drafts == ()
        for part in ("concept/", "concept/schrijven/", "concept/persoonsgegevens/"):
            assert client.get(f"/aanbevelingen/notas/{public}/{part}").status_code in {302, 403, 404}
        with pytest.raises(AccessError):
            services.read_note(actor=who, number=public)
        with scope.within(scope.scope_of(who)):
            assert DecisionNoteVersionRow.objects.count() == 0
            assert DecisionNoteMarkRow.objects.count() == 0
            assert PublishedNoteRow.objects.count() == 1
    with pytest.raises(AccessError, match="ACC-02"):
        publishing.read_published(actor=ANYONE, number=public + 1)
    assert services.read_note(actor=AUDITOR, number=public).may_write is False


def test_the_journal_tells_what_was_done_and_names_nobody_left_out(public: int) -> None:
    lines = [
        f"{row.subject} {row.before} {row.after} {row.why}"
        for row in JournalRow.objects.filter(subject=f"decision note {public}")
    ]
    assert len(lines) == 6
    assert leaks("\n".join(lines), SECRETS) == ()


def test_what_a_person_points_out_goes_too(reviewed: int) -> None:
    leave_out(reviewed)
    publishing.decide_marks(actor=SECOND, number=reviewed, seen=2, choices=[], by_hand="Eerste  PUNT")
    assert publishing.publish_note(actor=SECOND, number=reviewed, seen=2, today=TODAY) is None
    made = publishing.read_published(actor=ANYONE, number=reviewed)
    assert leaks("\n".join(one.text for one in made.sections), ["eerste punt", *SECRETS]) == ()


def test_a_withheld_section_that_stands_elsewhere_too_stops_it(draft: int) -> None:
    held = services.read_note(actor=MINISTRY, number=draft).held
    text = replace(
        held.last.text,
        sections={**held.last.text.sections, Section.STRATEGY: f"Zoals gezegd: {TEXT[Section.LEGAL]}"},
    )
    assert services.save_version(actor=MINISTRY, number=draft, text=text, seen=2, today=TODAY) == 3
    assert step(MINISTRY, draft, NoteStepKind.PUT_FORWARD) is None
    assert step(SECOND, draft, NoteStepKind.REVIEWED) is None
    page = publishing.read_marks(actor=SECOND, number=draft)
    kept = [Choice(line.mark.key, is_removed=False, why="staat er") for line in page.lines]
    publishing.decide_marks(actor=SECOND, number=draft, seen=3, choices=kept)
    with pytest.raises(StateError, match="STA-06"):
        publishing.publish_note(actor=SECOND, number=draft, seen=3, today=TODAY)
    assert PublishedNoteRow.objects.count() == 0


@pytest.mark.parametrize("who", [COA, AUDITOR, ANYONE])
def test_only_the_ministry_writes(who: Actor, draft: int) -> None:
    text = stored.note(draft)
    assert text is not None
    for act in (
        lambda: services.begin_note(actor=who, numbers=[4], today=TODAY),
        lambda: services.save_version(actor=who, number=draft, text=text.last.text, seen=2, today=TODAY),
        lambda: services.take_note_step(
            actor=who, number=draft, kind=NoteStepKind.PUT_FORWARD, seen=2, why="", today=TODAY
        ),
        lambda: publishing.decide_marks(actor=who, number=draft, seen=2, choices=[]),
        lambda: publishing.publish_note(actor=who, number=draft, seen=2, today=TODAY),
    ):
        with pytest.raises(AccessError, match="ACC-01"):
            act()


def test_of_several_who_review_at_once_one_does(own_database: str) -> None:
    told = subprocess.run(
        [sys.executable, str(PROGRAM)],
        env=environment(own_database),
        capture_output=True,
        text=True,
        check=True,
    )
    by_services, by_rows = (line.split() for line in told.stdout.splitlines())
    assert by_services[0] in {"own-work", "wrong-state"}
    assert sorted(by_services[1:]) == ["reviewed", "wrong-state", "wrong-state"]
    assert by_rows[0] == "refused"
    assert sorted(by_rows[1:]) == ["refused", "refused", "reviewed"]


def test_the_pages_of_writing_say_what_is_wrong(draft: int) -> None:
    for who in (MINISTRY, SECOND):
        accounts.save_account(who, "een-goed-lang-wachtwoord")
    client, second = client_of(MINISTRY), client_of(SECOND)
    base = f"/aanbevelingen/notas/{draft}/concept/"
    assert client.post("/aanbevelingen/notas/opstellen/", {}).status_code == 400
    assert client.post(f"{base}schrijven/", {"titel": "", "versie": "2"}).status_code == 400
    assert client.post(f"{base}schrijven/", {"titel": "Nota", "versie": "1"}).status_code == 400
    assert client.post(f"{base}stap/", {"stap": "anders", "versie": "2"}).status_code == 400
    assert client.post(f"{base}stap/", {"stap": "published", "versie": "2"}).status_code == 400
    assert client.post(f"{base}stap/", {"stap": "put-forward", "versie": "2"}).status_code == 302
    assert client.post(f"{base}stap/", {"stap": "reviewed", "versie": "2"}).status_code == 400
    assert second.post(f"{base}stap/", {"stap": "reviewed", "versie": "2"}).status_code == 302
    page = publishing.read_marks(actor=SECOND, number=draft)
    given = {"versie": "2"}
    for place, line in enumerate(page.lines):
        given |= {f"sleutel-{place}": line.mark.key, f"keuze-{place}": "weg"}
    assert second.post(f"{base}persoonsgegevens/", given | {"keuze-0": "blijft"}).status_code == 400
    assert second.post(f"{base}persoonsgegevens/", given | {"zelf": "bestaat niet"}).status_code == 400
    assert second.post(f"{base}openbaar/", {"versie": "2"}).url.endswith("persoonsgegevens/")  # type: ignore[attr-defined]
    assert second.post(f"{base}persoonsgegevens/", given).status_code == 302
    assert second.post(f"{base}openbaar/", {"versie": "2"}).status_code == 302
    assert PublishedNoteRow.objects.count() == 1
