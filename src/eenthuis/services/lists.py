"""Lists that go out as files with their filter: at once when they are short, in the background when they are long.

Lists of what can be handed in have the headings of their form, so that they can be handed in again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import TypeVar

from django.db import transaction

from eenthuis import reference
from eenthuis.connect.sheet_book import forms, list_words
from eenthuis.connect.sheet_cells import Value, read_day, written
from eenthuis.connect.sheet_ods import list_ods
from eenthuis.connect.sheet_writing import ListFile, Written, list_csv, list_workbook
from eenthuis.services.access import place_of, require
from eenthuis.services.homes import HomesPage, read_homes
from eenthuis.services.journal import households_in
from eenthuis.services.open_work import WorkFilter, count_open_work, every_open_work
from eenthuis.services.processing import note_processing
from eenthuis.services.sheet_homes import home_values
from eenthuis.services.sheet_people import values_of
from eenthuis.services.workspace import every_proposed, proposed_count
from eenthuis.store import journal, people, sheets, taken_in
from eenthuis.store.sheet_models import SheetRow
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.journal import JournalFilter
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.processing import Activity
from eenthuis.terms.receipt import digest
from eenthuis.terms.sheets import SheetForm, SheetKind

AT_ONCE = 2_000
"""Lists of at most so many rows are made while one waits."""
CHUNK = 2_000
LISTS = ("households", "homes", "sign-offs", "progress", "workspace", "work", "journal")
FORMS = {"xlsx": "xlsx", "ods": "ods", "csv": "csv", "excel": "csv"}
"""The ways a list can be written, and the ending of its file."""
Rows = Iterator[Sequence[Written]]
Row = TypeVar("Row")
OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which list, with which filter, and how that filter reads in words."""

    name: str
    chosen: Mapping[str, str]
    words: str
    today: date

    def get(self, key: str) -> str:
        """Return a part of the filter, empty where it is not there."""
        return self.chosen.get(key, "")


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made at once, with its name; or the number of the sheet in which it will be made."""

    file_name: str
    content: bytes | None
    number: int | None


def count_list(*, actor: Actor, asked: Asked) -> int:
    """Return how many rows a list has.

    Raises
    ------
    AccessError
        ACC-01 or ACC-02 when this actor may not see it.
    """
    require_list(actor, asked)
    return _COUNTS[asked.name](actor, asked)


def ask_list(*, actor: Actor, asked: Asked, form: str, moment: datetime) -> Made:
    """Return a list as a file, or let a long one be made in the background.

    Raises
    ------
    AccessError
        ACC-01 or ACC-02 when this actor may not see it.
    """
    require_list(actor, asked)
    name = f"{asked.name}-{moment:%Y%m%d-%H%M}.{FORMS[form]}"
    if _COUNTS[asked.name](actor, asked) <= AT_ONCE:
        content = _written(actor, asked, form, moment)
        _tell(actor, asked, form)
        return Made(name, content, None)
    require(actor, "use-sheets")
    with transaction.atomic():
        row = sheets.add(
            direction="out",
            kind=asked.name,
            name=name,
            content=None,
            digest="",
            actor=actor,
            as_of=asked.today,
            asked={
                "chosen": dict(asked.chosen),
                "words": asked.words,
                "form": form,
                "moment": moment.isoformat(),
            },
        )
        _tell(actor, asked, form)
    return Made(name, None, row.pk)


def make_list(actor: Actor, row: SheetRow, tell: OnProgress) -> Callable[[str], None]:
    """Make a list that was asked for in the background; what is returned keeps it."""
    told = row.asked
    asked = Asked(row.kind, told["chosen"], told["words"], row.as_of)
    require_list(actor, asked)
    total = _COUNTS[asked.name](actor, asked)
    content = _written(
        actor,
        asked,
        told["form"],
        datetime.fromisoformat(told["moment"]),
        lambda done: tell(done, max(total, done)),
    )

    def finish(worker: str) -> None:
        sheets.end_with(
            row.pk, worker, "done", content=content, digest=digest(row.asked), total=total, done=total
        )

    return finish


def list_file(*, actor: Actor, number: int) -> tuple[str, bytes]:
    """Return the name and the file of a list that was made in the background.

    Raises
    ------
    AccessError
        ACC-01 or ACC-02 when this actor may not see it, or it is not there.
    """
    require(actor, "use-sheets")
    row = sheets.by_number(number, asked_by=actor.name)
    content = sheets.content_of(number) if row and row.direction == "out" and row.state == "done" else None
    if row is None or content is None:
        raise AccessError("ACC-02", "no file of yours by that number", remedy="Ask for the list again.")
    require_list(actor, Asked(row.kind, row.asked["chosen"], "", row.as_of))
    return row.file_name, content


def _tell(actor: Actor, asked: Asked, form: str) -> None:
    told = {"list": asked.name, "filter": dict(asked.chosen), "form": form}
    journal.write(
        actor, "export-list", f"list {asked.name}", municipality=asked.get("municipality"), after=told
    )


def require_list(actor: Actor, asked: Asked) -> None:
    """Refuse who may not see a list.

    Raises
    ------
    AccessError
        ACC-01 or ACC-02 when this actor may not see it, or there is no such list.
    """
    match asked.name:
        case "journal":
            require(actor, "see-journal")
        case "progress":
            code = asked.get("municipality")
            require(actor, "see-stated-progress", place_of(MunicipalityCode(code)) if code else None)
        case "homes":
            _homes_page(actor, asked, most=1)
        case "work":
            count_open_work(actor=actor, today=asked.today, chosen=WorkFilter(**asked.chosen))
        case "households" | "sign-offs" | "workspace":
            require(actor, "see-proposal")
        case _:
            raise AccessError("ACC-02", "no list by that name", remedy="Choose a list on a page.")


def _written(
    actor: Actor, asked: Asked, form: str, moment: datetime, tell: Callable[[int], None] | None = None
) -> bytes:
    words = list_words(asked.name)
    made = ListFile(
        sheet=words.sheet,
        title=words.title,
        headings=words.headings,
        rows=_ROWS[asked.name](actor, asked),
        filter_words=asked.words,
        moment=moment,
    )
    if form in {"xlsx", "ods"}:
        return list_workbook(made, tell) if form == "xlsx" else list_ods(made, tell)
    return list_csv(made, for_excel=form == "excel", tell=tell)


def _cells(form: SheetForm, values: Mapping[str, Value]) -> list[Written]:
    return [written(values[column.name], column) for column in form.columns]


def _named(asked: Asked) -> tuple[HouseholdId, ...]:
    return people.identifiers(only_waiting=asked.get("state") == "waiting", search=asked.get("search"))


def _households(_actor: Actor, asked: Asked) -> Rows:
    form, names = forms()[SheetKind.HOUSEHOLDS], _named(asked)
    for chunk in _chunks(names):
        note_processing(Activity.EXPORT_LIST, chunk)
        for household in people.households(chunk):
            yield _cells(form, values_of(household))


def _sign_offs(_actor: Actor, asked: Asked) -> Rows:
    form = forms()[SheetKind.SIGN_OFFS]
    found = taken_in.sign_offs_in_force(_half_year(asked))
    for household, on, municipality in _noted(
        Activity.EXPORT_LIST, found, lambda part: [one[0] for one in part]
    ):
        yield _cells(form, {"household": household, "on": on, "municipality": municipality})


def _progress(_actor: Actor, asked: Asked) -> Rows:
    form = forms()[SheetKind.PROGRESS]
    for stated in _stated(asked):
        values: dict[str, Value] = {
            "municipality": stated.municipality,
            "half_year": stated.half_year,
            "as_of": stated.as_of,
            "realised": stated.realised,
            "note": stated.note,
        }
        yield _cells(form, values)


def _stated(asked: Asked) -> list[taken_in.Stated]:
    code = asked.get("municipality")
    rows = taken_in.stated_in_force([MunicipalityCode(code)] if code else None, _half_year(asked))
    return [taken_in.stated_of(row) for row in rows]


def _workspace(_actor: Actor, asked: Asked) -> Rows:
    found = every_proposed(asked.chosen, asked.today)
    for row in _noted(Activity.EXPORT_PROPOSAL, found, lambda part: [one.household for one in part]):
        yield [
            row.household,
            row.persons,
            row.children,
            row.region,
            row.weeks_waiting,
            row.municipality or "",
            row.municipality_name,
            round(row.score, 3),
            row.state,
            row.needs_accessible_home,
            " ".join(reason.code for reason in row.reasons),
        ]


def _work(actor: Actor, asked: Asked) -> Rows:
    for line in every_open_work(actor=actor, today=asked.today, chosen=WorkFilter(**asked.chosen)):
        yield [
            line.kind.value,
            line.household,
            line.persons,
            line.needs_accessible_home,
            line.region,
            line.municipality or "",
            line.municipality_name,
            line.since,
            line.due,
            line.days_left,
            line.stage.value,
        ]


def _journal(_actor: Actor, asked: Asked) -> Rows:
    for row in _noted(Activity.READ_JOURNAL, journal.every_line(_lines(asked)), households_in):
        place = reference.municipality(row.municipality).name if row.municipality else ""
        yield [
            row.at,
            row.actor,
            row.role,
            row.action,
            row.subject,
            place,
            journal.as_text(row.before),
            journal.as_text(row.after),
            row.why,
        ]


def _lines(asked: Asked) -> JournalFilter:
    return JournalFilter(
        actor=asked.get("actor"),
        action=asked.get("action"),
        subject=asked.get("search"),
        first_day=_typed(asked, "first_day"),
        last_day=_typed(asked, "last_day"),
    )


def _typed(asked: Asked, part: str) -> date | None:
    """Return a day of a filter, typed as people type it; None where it is empty or no day."""
    return read_day(asked.get(part))


def _homes(actor: Actor, asked: Asked) -> Rows:
    form, first = forms()[SheetKind.HOMES], 0
    while True:
        page = _homes_page(actor, asked, first=first, most=CHUNK)
        for line in page.lines:
            yield _cells(form, home_values(line.home))
        first += CHUNK
        if first >= page.count:
            return


def _homes_page(actor: Actor, asked: Asked, *, first: int = 0, most: int) -> HomesPage:
    code = asked.get("municipality")
    return read_homes(
        actor=actor,
        municipality=MunicipalityCode(code) if code else None,
        state=asked.get("state") or "",
        first=first,
        most=most,
    )


def _half_year(asked: Asked) -> HalfYear | None:
    written_half_year = asked.get("half_year")
    return HalfYear.parse(written_half_year) if written_half_year else None


def _noted(
    activity: Activity, rows: Iterable[Row], about: Callable[[Sequence[Row]], Iterable[str]]
) -> Iterator[Row]:
    """Yield rows, and note of each chunk of them about which households it tells."""
    left = iter(rows)
    while chunk := tuple(islice(left, CHUNK)):
        note_processing(activity, about(chunk))
        yield from chunk


def _chunks(names: Sequence[HouseholdId]) -> Iterable[Sequence[HouseholdId]]:
    return (names[first : first + CHUNK] for first in range(0, len(names), CHUNK))


_ROWS: Mapping[str, Callable[[Actor, Asked], Rows]] = {
    "households": _households,
    "homes": _homes,
    "sign-offs": _sign_offs,
    "progress": _progress,
    "workspace": _workspace,
    "work": _work,
    "journal": _journal,
}
_COUNTS: Mapping[str, Callable[[Actor, Asked], int]] = {
    "households": lambda _actor, asked: len(_named(asked)),
    "homes": lambda actor, asked: _homes_page(actor, asked, most=1).count,
    "sign-offs": lambda _actor, asked: taken_in.sign_off_count(_half_year(asked)),
    "progress": lambda _actor, asked: len(_stated(asked)),
    "workspace": lambda _actor, asked: proposed_count(asked.chosen, asked.today),
    "work": lambda actor, asked: count_open_work(
        actor=actor, today=asked.today, chosen=WorkFilter(**asked.chosen)
    ),
    "journal": lambda _actor, asked: journal.lines(_lines(asked), first=0, most=1)[1],
}
