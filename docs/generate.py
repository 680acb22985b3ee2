"""Write the reference pages that follow from the packaged files, so that they cannot fall behind."""

from __future__ import annotations

import argparse
import os
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from enum import EnumType
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import eenthuis
from describe_api import api
from eenthuis.access.matrix import actions
from eenthuis.cli.main import GROUPS, build_parser
from eenthuis.law.loading import DatedValue, packaged
from eenthuis.matching.criteria import Criterion
from eenthuis.matching.registers import REGISTERS
from eenthuis.reference.algorithm_register import Reference, algorithm_record, titles, to_fill
from eenthuis.terms.access import Reach, Role

PACKAGE = resources.files("eenthuis")
WIDTH = "96"


def toml(file: Traversable) -> dict[str, object]:
    """Return the content of a packaged TOML file."""
    return tomllib.loads(file.read_text(encoding="utf-8"))


def rows(document: Mapping[str, object], key: str) -> list[dict[str, object]]:
    """Return the tables listed under ``key``."""
    found = document[key]
    if not isinstance(found, list):
        raise TypeError(key)
    return found


def cell(value: object) -> str:
    """Return ``value`` as the text of one table cell."""
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return text.replace("|", "\\|").replace("\n", " ").strip()


def table(head: Sequence[str], body: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(cell(value) for value in line) + " |" for line in lines) + "\n"


def link(address: object) -> str:
    """Return a short link when ``address`` is one, else the text."""
    text = str(address)
    if not text.startswith("http"):
        return text
    return f"[{text.split('/')[2].removeprefix('www.')}]({text})"


def commands() -> str:
    """Return the page with what every command says about itself."""
    os.environ["COLUMNS"] = WIDTH
    parts = ["# Commands\n", "What `eenthuis GROUP COMMAND --help` prints.\n"]
    for group, meaning in GROUPS.items():
        parts.append(f"## {group}\n\n{meaning[0].upper()}{meaning[1:]}.\n")
        whole = build_parser(group)
        for parser in leaves(choices(whole)[group]):
            title = parser.prog.removeprefix("eenthuis ")
            heading = f"### {title}\n\n" if title != group else ""
            parts.append(f"{heading}```text\n{parser.format_help().rstrip()}\n```\n")
    return "\n".join(parts)


def choices(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the sub-parsers of a parser by name."""
    found: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:  # noqa: SLF001 - argparse has no public way to ask
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - likewise
            found |= action.choices
    return found


def leaves(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    """Return the commands below a parser, or the parser itself when it is one."""
    below = choices(parser)
    return [leaf for sub in below.values() for leaf in leaves(sub)] if below else [parser]


def law_book() -> str:
    """Return the page with every dated value of the law."""
    parts = [
        "# The law book\n",
        "Every value with the days between which it holds (both count), how strong its ground is, and its paper.\n",
    ]
    by_key: dict[str, list[DatedValue]] = {}
    for value in packaged():
        by_key.setdefault(value.key, []).append(value)
    for key in sorted(by_key):
        body = [
            (
                value.place,
                f"`{str(value.value).lower() if isinstance(value.value, bool) else value.value}`",
                value.first_day,
                value.last_day or "",
                value.authority,
                f"{value.instrument}, {value.article}",
                link(value.source),
                value.checked_on,
                value.note,
            )
            for value in by_key[key]
        ]
        head = ("Place", "Value", "From", "Until", "Authority", "Article", "Source", "Checked on", "Note")
        parts.append(f"## {key}\n\n{table(head, body)}")
    return "\n".join(parts)


def coverage() -> str:
    """Return the page that says which articles are modelled."""
    found = rows(toml(PACKAGE / "law" / "coverage.toml"), "article")
    body = [
        (row["instrument"], row["article"], row["state"], row["where"], row.get("note", "")) for row in found
    ]
    return "# Coverage of the law\n\nEvery article we know of, and how far it is modelled.\n\n" + table(
        ("Instrument", "Article", "State", "Where", "Note"), body
    )


def criteria() -> str:
    """Return the page with the registers of criteria of linking."""
    parts = [
        "# Criteria of linking\n",
        "What decides and counts when a municipality is proposed. `eenthuis link criteria` prints the same.\n",
        "A criterion without a basis does not load; nationality, religion and ethnicity cannot be read.\n",
    ]
    for one in REGISTERS:
        kind = next(iter(one.values())).kind.value
        body = [
            (
                f"`{criterion.key}`",
                criterion.meaning,
                criterion.unit,
                criterion.basis,
                link(criterion.source),
                ", ".join(f"`{name}`" for name in criterion.reads),
                number(criterion),
            )
            for criterion in one.values()
        ]
        head = ("Key", "Meaning", "Unit", "Basis", "Source", "Reads", "Number")
        parts.append(f"## {kind}\n\n{table(head, body)}")
    return "\n".join(parts)


def number(criterion: Criterion) -> str:
    """Return the stated number of a criterion with why it was chosen, if it has one."""
    stated = criterion.setting
    return f"{stated.value:g} {stated.unit} ({stated.authority}: {stated.why})" if stated else ""


def glossary() -> str:
    """Return the page with one English word per Dutch term."""
    found = sorted(
        rows(toml(PACKAGE / "terms" / "glossary.toml"), "term"), key=lambda row: str(row["english"])
    )
    body = [
        (
            row["english"],
            row["dutch"],
            row["meaning"],
            row["source"],
            ", ".join(f"`{name}`" for name in list_of(row["code"])),
            ", ".join(word.replace("_", " ") for word in list_of(row["not"])),
        )
        for row in found
    ]
    return (
        "# Glossary\n\nOne English word per Dutch term. A test holds the identifiers in the code to it.\n\n"
        + table(("English", "Dutch", "Meaning", "Source", "In the code", "Not"), body)
    )


def list_of(value: object) -> list[str]:
    """Return ``value`` as the list of words it is in the file."""
    if not isinstance(value, list):
        raise TypeError(value)
    return [str(item) for item in value]


def facts() -> str:
    """Return the page with the source card of every packaged table."""
    parts = ["# Packaged public facts\n", "`eenthuis reference check` prints whether they still agree.\n"]
    folder = PACKAGE / "reference" / "facts"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml"):
            continue
        card = toml(file)
        columns = card["columns"]
        if not isinstance(columns, dict):
            raise TypeError(file.name)
        name = file.name.removesuffix(".toml")
        limits = "\n".join(f"- {limit}" for limit in list_of(card.get("limits", [])))
        parts.append(
            f"## {card['title']}\n\n{card['meaning']}\n\n"
            f"File `reference/facts/{name}.csv`. Source: {card['source']}. Licence: {card['licence']}. "
            f"Checked on {card['checked_on']}.\n\n{limits}\n\n"
            + table(("Column", "Meaning"), columns.items())
        )
    return "\n".join(parts)


def authority() -> str:
    """Return the authority matrix: one row per action, one column per role."""
    roles = [role.value for role in Role]
    body = [
        (
            f"**{action.name}**: {action.meaning}",
            *(
                "-" if reach is Reach.NOTHING else reach
                for reach in map(action.reach.__getitem__, map(Role, roles))
            ),
            action.ground,
        )
        for action in actions().values()
    ]
    return (
        "# Authority matrix\n\nWho may do what, and how far. Reaches, widest first: "
        + ", ".join(reach.value for reach in Reach)
        + ". *Aggregates* are counts in which small numbers are hidden; a dash is nothing.\n\n"
        + table(("Action", *roles, "Ground"), body)
    )


def door() -> str:
    """Return the page with the names of the notebook door, each with its docstring."""
    parts = ["# The notebook door\n", "What `import eenthuis` gives.\n"]
    for name in eenthuis.__all__:
        found = getattr(eenthuis, name)
        kind = "autoclass" if isinstance(found, type) else "autofunction"
        members = "   :members:\n" if kind == "autoclass" else ""
        if isinstance(found, EnumType):
            members += "   :undoc-members:\n"
        parts.append(
            f"## {name}\n\n```{{eval-rst}}\n.. {kind}:: {found.__module__}.{found.__qualname__}\n"
            + members
            + "```\n"
        )
    return "\n".join(parts)


def algorithm() -> str:
    """Return the page, in Dutch, with the record of the linking engine for the Algorithm Register."""
    record = algorithm_record()
    parts = [
        f"# {record.name}\n",
        "De registratie zoals zij met Eenthuis meekomt. Tussen haakjes staat de naam van het veld in de standaard.\n",
    ]
    wanted = {one.field: one for one in to_fill()}
    for field, title in titles().items():
        value = getattr(record, field)
        if isinstance(value, tuple):
            value = "\n".join(
                f"- [{one.title}]({one.link})" if isinstance(one, Reference) else f"- {one}" for one in value
            )
        parts.append(f"## {title} (`{field}`)\n\n{value or 'Leeg.'}\n")
        if field in wanted:
            verb = "In te vullen" if wanted[field].must else "Aan te vullen of aan te passen"
            parts.append(f"*{verb}: {wanted[field].how}*\n")
    return "\n".join(parts)


PAGES = {
    "algorithm-record": algorithm,
    "api": api,
    "authority": authority,
    "commands": commands,
    "coverage": coverage,
    "criteria": criteria,
    "door": door,
    "facts": facts,
    "glossary": glossary,
    "law-book": law_book,
}


def write_all(folder: Path) -> None:
    """Write every page; a page that did not change keeps its date, so that Sphinx skips it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        path, text = folder / f"{name}.md", page()
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
