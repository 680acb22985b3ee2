"""What a line of the journal changed, in words: what it was and what it became, one sentence per value."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eenthuis import reference
from eenthuis.terms.errors import ReferenceFactError

CODE = re.compile(r"GM[0-9]{4}")

VALUES: Mapping[str, object] = {
    "": gettext_lazy("waarde"),
    "people": gettext_lazy("mensen"),
    "persons": gettext_lazy("personen"),
    "persons_linked": gettext_lazy("personen met een plek"),
    "households": gettext_lazy("huishoudens"),
    "linked": gettext_lazy("huishoudens met een plek"),
    "linked_on": gettext_lazy("gekoppeld op"),
    "receipt": gettext_lazy("ontvangstbewijs"),
    "municipality": gettext_lazy("gemeente"),
    "half_year": gettext_lazy("halfjaar"),
    "proposal": gettext_lazy("voorstel"),
    "run": gettext_lazy("berekening"),
    "kind": gettext_lazy("soort"),
    "on": gettext_lazy("dag"),
    "why": gettext_lazy("reden"),
    "goal": gettext_lazy("doel"),
    "seed": gettext_lazy("beginwaarde van het toeval"),
    "within_pace": gettext_lazy("binnen het tempo"),
    "least_gain": gettext_lazy("kleinste winst"),
    "gain_for": gettext_lazy("winst voor"),
    "take_over": gettext_lazy("eerdere aanpassingen overnemen"),
    "gap": gettext_lazy("ruimte tot het bewijs"),
    "people_moved": gettext_lazy("verplaatste mensen"),
    "cost": gettext_lazy("prijs in punten"),
    "reference": gettext_lazy("verwijzing"),
    "lines": gettext_lazy("regels van het journaal"),
    "deliveries": gettext_lazy("afleveringen"),
    "as_of": gettext_lazy("op de stand van"),
}
"""What the names of values mean; one that is not here is shown as it is."""


def difference(before: object, after: object) -> list[str]:
    """Return the sentences that say what changed from ``before`` to ``after``; what stayed the same is left out."""
    was, became = _flat(before), _flat(after)
    sentences = []
    for name in dict.fromkeys([*was, *became]):
        label = _label(name)
        if name not in became:
            sentences.append(_("%(label)s: was %(was)s") % {"label": label, "was": was[name]})
        elif name not in was:
            sentences.append(f"{label}: {became[name]}")
        elif was[name] != became[name]:
            sentences.append(
                _("%(label)s: van %(was)s naar %(became)s")
                % {"label": label, "was": was[name], "became": became[name]}
            )
    return sentences


def _flat(value: object, path: str = "") -> dict[str, str]:
    match value:
        case None | "":
            return {}
        case Mapping():
            found: dict[str, str] = {}
            for key, inner in value.items():
                found |= _flat(inner, f"{path} {key}".strip())
            return found
        case []:
            return {}
        case list() if all(not isinstance(item, Mapping | list) for item in value):
            return {path: ", ".join(_shown(item) for item in value)}
        case list():
            found = {}
            for number, inner in enumerate(value, start=1):
                found |= _flat(inner, f"{path} {number}".strip())
            return found
        case _:
            return {path: _shown(value)}


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, int):
        return str(number_format(value, 0, use_l10n=True))
    text = str(value)
    return _place(text) or text


def _label(path: str) -> str:
    words = [str(VALUES.get(word, "")) or _place(word) or word for word in path.split(" ")]
    return " ".join(words)


def _place(text: str) -> str:
    """Return the name of a municipality for its code, and nothing for anything else."""
    if not CODE.fullmatch(text):
        return ""
    try:
        return reference.municipality(text).name
    except ReferenceFactError:
        return ""
