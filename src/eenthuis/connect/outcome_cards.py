"""The card of a trained model: on what it was trained, how good it is and where it stops, in JSON and in words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

import numpy as np

from eenthuis.connect.outcome_models import MODEL, model_document
from eenthuis.connect.svg import element, picture, text
from eenthuis.matching.outcome.columns import personal_kind
from eenthuis.matching.outcome.evidence import Split, Trained, Verdict
from eenthuis.matching.outcome.measures import Bin
from eenthuis.matching.outcome.model import Model, Variant
from eenthuis.matching.outcome.table import Table


@dataclass(frozen=True, slots=True)
class Training:
    """What whoever trained asked for, and from which file; ``file_digest`` is its SHA-256."""

    file: str
    file_digest: str
    months: int
    as_of: date | None
    named: tuple[str, ...]
    too_recent: int
    seed: int


def model_files(trained: Trained, table: Table, asked: Training) -> dict[str, bytes]:
    """Return everything that training writes, by name of file; the model itself comes last."""
    model = model_document(trained.model, asked.months)
    card = card_document(trained, table, asked, str(model["digest"]))
    texts = {
        "card.json": as_json(card),
        "card.md": card_text(trained, table, asked),
        "calibration.svg": calibration_plot(trained.bins, asked.months) + "\n",
        "calibration.csv": calibration_table(trained.bins),
        "terms.csv": terms_table(trained.model),
        MODEL: as_json(model),
    }
    return {name: content.encode() for name, content in texts.items()}


def as_json(document: Mapping[str, object]) -> str:
    """Return a document as JSON to read; numbers keep every digit."""
    return json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def card_document(trained: Trained, table: Table, asked: Training, model_digest: str) -> dict[str, object]:
    """Return the card as JSON holds it."""
    model = trained.model
    return {
        "what": f"the chance of work within {asked.months} months of placing, per person and place",
        "model_digest": model_digest,
        "table": {
            "file": asked.file,
            "sha256": asked.file_digest,
            "people": len(table.worked),
            "households": len(np.unique(table.household)),
            "places": len(table.places),
            "places_with_terms_of_their_own": len(model.places),
            "regions_with_terms_of_their_own": len(model.regions),
            "worked": int(table.worked.sum()),
            "first_placed": _day(table, last=False),
            "last_placed": _day(table, last=True),
            "outcomes_looked_up_on": asked.as_of and asked.as_of.isoformat(),
            "left_out_as_too_recent": asked.too_recent,
        },
        "columns": {
            "people": [coding.name for coding in model.people],
            "places": [coding.name for coding in model.surroundings],
            "sex_or_age_asked_for_by_name": list(asked.named),
            "the_same_for_everyone": _unused(model, table),
        },
        "splits": [_split(split) for split in (trained.by_household, trained.by_time) if split is not None],
        "calibration": [asdict(one) for one in trained.bins],
        "correction": {"slope": model.slope, "shift": model.shift},
        "spread_of_terms": {name: float(found) ** -0.5 for name, found in model.precision.items()},
        "seed": asked.seed,
    }


def _day(table: Table, *, last: bool) -> str | None:
    if table.placed_on is None:
        return None
    return str(table.placed_on.max() if last else table.placed_on.min())


def _unused(model: Model, table: Table) -> list[str]:
    used = {coding.name for coding in (*model.people, *model.surroundings)}
    return [column.name for column in (*table.people, *table.surroundings) if column.name not in used]


def _split(split: Split) -> dict[str, object]:
    return {
        "left_out": split.name,
        "people": split.people,
        "measures": {
            variant.value: {name: asdict(found) for name, found in measures.items()}
            for variant, measures in split.measures.items()
        },
        "log_loss_saved_against_plain_logistic": asdict(split.saved),
        "log_loss_saved_against_share_for_all": asdict(split.saved_on_share),
        "verdict": split.verdict.value,
    }


Sentence = tuple[str, str]
"""A sentence in Dutch and in English."""

TITLE: Sentence = ("Kans op werk binnen {months} maanden", "Chance of work within {months} months")
TRAINED_ON: Sentence = (
    "Getraind op `{file}`: {people} mensen uit {households} huishoudens op {places} plaatsen; {worked} kregen werk.",
    "Trained on `{file}`: {people} people of {households} households in {places} places; {worked} had work in time.",
)
PERIOD: Sentence = ("Geplaatst van {first} tot en met {last}.", "Placed from {first} until {last}.")
NO_PERIOD: Sentence = ("De dagen van plaatsing zijn niet bekend.", "The days of placing are not known.")
COLUMNS: Sentence = ("Kolommen: {columns}.", "Columns: {columns}.")
NAMED: Sentence = (
    "Geslacht of leeftijd telt mee, omdat daar om gevraagd is: {named}.",
    "Sex or age counts, since that was asked for: {named}.",
)
NOT_NAMED: Sentence = ("Geslacht en leeftijd tellen niet mee.", "Sex and age do not count.")
NOT_CHECKED: Sentence = (
    "Niet gecontroleerd is of iedereen lang genoeg geleden geplaatst is (`--as-of`).",
    "It was not checked whether everyone was placed long enough ago (`--as-of`).",
)
LONG_AGO: Sentence = (
    "Uitkomsten van {as_of}. Wie korter dan {months} maanden daarvoor geplaatst is, telt niet mee ({too_recent}).",
    "Outcomes of {as_of}. Who was placed less than {months} months before is left out ({too_recent}).",
)
LIMITS: tuple[Sentence, ...] = (
    (
        "Wie waar geplaatst is, was geen toeval. Het model ziet samenhang, niet wat een plaats bij iemand doet.",
        "Who was placed where was no accident. The model sees what goes together, not what a place does to someone.",
    ),
    (
        "Nationaliteit, religie, etniciteit en herkomst zijn geen kolommen. Andere kolommen kunnen ermee samenhangen.",
        "Nationality, religion, ethnicity and origin are no columns. Other columns can go together with them.",
    ),
    (
        "Een plaats of regio met minder dan tien mensen heeft geen eigen waarde.",
        "A place or region with fewer than ten people has no value of its own.",
    ),
    (
        "Werk is één maat. Wat de kans met groepen doet, staat in de tabel van wie erbij wint.",
        "Work is one measure. The table of who gains shows what the chance does to groups.",
    ),
    (
        "Een mens beslist. Deze kans staat standaard uit.",
        "A person decides. This chance is off by default.",
    ),
)

VERDICTS: Mapping[Verdict, Sentence] = {
    Verdict.NOTHING_LEARNED: (
        "Het model is niet aantoonbaar beter dan voor iedereen dezelfde kans. Gebruik het niet.",
        "The model is not shown to be better than the same chance for everyone. Do not use it.",
    ),
    Verdict.BETTER: (
        "Het model is beter dan een gewone logistische regressie op dezelfde kolommen.",
        "The model is better than a plain logistic regression on the same columns.",
    ),
    Verdict.NO_DIFFERENCE: (
        "Het model is niet aantoonbaar beter dan een gewone logistische regressie op dezelfde kolommen.",
        "The model is not shown to be better than a plain logistic regression on the same columns.",
    ),
    Verdict.WORSE: (
        "Het model is slechter dan een gewone logistische regressie op dezelfde kolommen. Gebruik het niet.",
        "The model is worse than a plain logistic regression on the same columns. Do not use it.",
    ),
}

SPLITS = {"households": ("huishoudens", "households"), "time": ("de laatst geplaatsten", "those placed last")}


def card_text(trained: Trained, table: Table, asked: Training) -> str:
    """Return the card in words, Dutch first."""
    return "\n".join([*_card(trained, table, asked, 0), "", *_card(trained, table, asked, 1)]) + "\n"


def _card(trained: Trained, table: Table, asked: Training, language: int) -> list[str]:
    model = trained.model
    dutch = language == 0
    counts = {
        "file": asked.file,
        "months": asked.months,
        "people": len(table.worked),
        "households": len(np.unique(table.household)),
        "places": len(table.places),
        "worked": int(table.worked.sum()),
        "first": _day(table, last=False),
        "last": _day(table, last=True),
        "columns": ", ".join(f"`{coding.name}`" for coding in (*model.people, *model.surroundings)),
        "named": ", ".join(f"`{name}` ({personal_kind(name)})" for name in asked.named),
        "as_of": asked.as_of,
        "too_recent": asked.too_recent,
    }
    told = [
        TRAINED_ON,
        PERIOD if table.placed_on is not None else NO_PERIOD,
        COLUMNS,
        NAMED if asked.named else NOT_NAMED,
        LONG_AGO if asked.as_of else NOT_CHECKED,
    ]
    head = TITLE[language].format(**counts)
    lines = [sentence[language].format(**counts) for sentence in told]
    heading = "Grenzen:" if dutch else "Limits:"
    limits = [f"- {limit[language]}" for limit in LIMITS]
    return [f"# {head}", "", *lines, "", *_scores(trained, language), "", heading, "", *limits]


def _scores(trained: Trained, language: int) -> list[str]:
    head = (
        "| weggelaten | model | log-verlies | Brier | AUC | ijkfout |",
        "| left out | model | log loss | Brier | AUC | calibration error |",
    )
    lines = [head[language], "| --- | --- | --- | --- | --- | --- |"]
    splits = [split for split in (trained.by_household, trained.by_time) if split is not None]
    for split in splits:
        for variant in Variant:
            found = split.measures[variant]
            cells = [f"{one.value:.3f} ({one.low:.3f} – {one.high:.3f})" for one in found.values()]
            lines.append(f"| {SPLITS[split.name][language]} | {variant.value} | " + " | ".join(cells) + " |")
    lines.append("")
    lines += [
        f"{SPLITS[split.name][language].capitalize()}: {VERDICTS[split.verdict][language]}"
        for split in splits
    ]
    return lines


def terms_table(model: Model) -> str:
    """Return every term of a model with its standard error as CSV: ``group,of,at,term,standard_error``."""
    own = [term for coding in model.people for term in coding.terms]
    around = [term for coding in model.surroundings for term in coding.terms]
    names: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
        "people": (own, ("",)),
        "surroundings": (around, ("",)),
        "people x surroundings": (own, around),
        "region": (("",), model.regions),
        "place": (("",), model.places),
        "people x region": (own, model.regions),
        "people x place": (own, model.places),
    }
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("group", "of", "at", "term", "standard_error"))
    writer.writerow(("intercept", "", "", repr(model.intercept), ""))
    for group, terms in model.terms.items():
        of, at = names[group]
        pairs = [(one, other) for one in of for other in at]
        if group.endswith(("region", "place")):
            pairs = [(one, other) for other in at for one in of]
        for (one, other), term, error in zip(pairs, terms.ravel(), model.errors[group].ravel(), strict=True):
            writer.writerow((group, one, other, repr(float(term)), repr(float(error))))
    return out.getvalue()


def calibration_table(bins: Sequence[Bin]) -> str:
    """Return the table behind the plot as CSV: ``people,mean_chance,share_worked,low,high``."""
    lines = ["people,mean_chance,share_worked,low,high"]
    lines += [f"{one.people},{one.chance:.6f},{one.worked:.6f},{one.low:.6f},{one.high:.6f}" for one in bins]
    return "\n".join(lines) + "\n"


SIZE, LEFT, TOP = 480, 64, 40
INK, QUIET, LINE = "#1b1b1b", "#6b6b6b", "#154273"


def calibration_plot(bins: Sequence[Bin], months: int) -> str:
    """Draw for tenths of left-out people the share that worked against the mean chance given, with intervals."""
    end = min(1.0, np.ceil(max(max(one.high, one.chance) for one in bins) * 10) / 10)

    def x(share: float) -> float:
        return float(LEFT + (SIZE - LEFT - 24) * share / end)

    def y(share: float) -> float:
        return float(SIZE - LEFT - (SIZE - LEFT - TOP) * share / end)

    quiet: dict[str, object] = {"fill": QUIET, "font_size": 13, "font_family": "sans-serif"}
    parts = [element("rect", width=SIZE, height=SIZE, fill="#ffffff")]
    for tenth in range(round(end * 10) + 1):
        share = tenth / 10
        parts.append(element("line", x1=x(0), x2=x(end), y1=y(share), y2=y(share), stroke="#d9d9d9"))
        parts.append(text(f"{tenth * 10} %", x=LEFT - 8, y=y(share) + 4, text_anchor="end", **quiet))
        parts.append(text(f"{tenth * 10} %", x=x(share), y=SIZE - LEFT + 20, text_anchor="middle", **quiet))
    parts.append(
        element("line", x1=x(0), y1=y(0), x2=x(end), y2=y(end), stroke=QUIET, stroke_dasharray="5 4")
    )
    for one in bins:
        at = x(one.chance)
        parts.append(
            element("line", x1=at, x2=at, y1=y(one.low), y2=y(one.high), stroke=LINE, stroke_width=2)
        )
        parts.append(element("circle", cx=at, cy=y(one.worked), r=5, fill=LINE))
    ink = {**quiet, "fill": INK, "font_size": 14}
    parts.append(text("aandeel dat werkte / share that worked", x=8, y=22, **ink))
    parts.append(
        text("kans volgens het model / chance given", x=x(end), y=SIZE - 14, text_anchor="end", **ink)
    )
    title = (
        f"Kans op werk binnen {months} maanden: het aandeel dat werkte, naast de kans die het model vooraf gaf aan "
        "mensen die het niet kende. Op de streeplijn zijn beide gelijk."
    )
    return picture(parts, width=SIZE, height=SIZE, name="calibration", title=title)
