"""Wishes that cannot hold together, and the smallest repairs, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eenthuis import reference
from eenthuis.terms.overriding import Conflict, Repair, RepairKind, Wish, WishKind

WISHES: Mapping[WishKind, object] = {
    WishKind.PIN: gettext_lazy("%(household)s moet naar %(place)s."),
    WishKind.FORBID: gettext_lazy("%(household)s mag niet naar %(place)s."),
    WishKind.MUST_LINK: gettext_lazy("%(household)s moet ergens een plek krijgen."),
    WishKind.HELD_BACK: gettext_lazy("%(household)s moet wachten."),
    WishKind.GROUP: gettext_lazy("Deze huishoudens blijven bij elkaar: %(households)s."),
    WishKind.CRITERION: gettext_lazy(
        "Een hard plaatsingscriterium staat %(place)s niet toe voor %(household)s."
    ),
    WishKind.CAP: gettext_lazy("In %(place)s is ruimte voor %(amount)s %(use)s."),
    WishKind.FLOOR: gettext_lazy("De groep %(label)s haalt ten minste %(amount)s punten."),
}
REPAIRS: Mapping[RepairKind, object] = {
    RepairKind.DROP_PIN: gettext_lazy("Laat los dat %(household)s naar %(place)s moet."),
    RepairKind.DROP_FORBID: gettext_lazy("Laat los dat %(household)s niet naar %(place)s mag."),
    RepairKind.DROP_MUST_LINK: gettext_lazy("Laat los dat %(household)s een plek moet krijgen."),
    RepairKind.DROP_HELD_BACK: gettext_lazy("Laat los dat %(household)s moet wachten."),
    RepairKind.SPLIT_GROUP: gettext_lazy("Laat los dat deze huishoudens bij elkaar blijven: %(households)s."),
    RepairKind.LIFT_CRITERION: gettext_lazy(
        "Kijk of het harde plaatsingscriterium van %(household)s nog klopt; zonder dat mag %(place)s."
    ),
    RepairKind.RAISE_CAP: gettext_lazy(
        "Maak in %(place)s ruimte voor %(more)s %(use)s meer, bijvoorbeeld met een ruil."
    ),
    RepairKind.LOWER_FLOOR: gettext_lazy("Vraag voor de groep %(label)s niet meer dan %(more)s punten."),
}
USES: Mapping[str, object] = {
    "persons": gettext_lazy("mensen"),
    "persons_with_joining": gettext_lazy("mensen, nareizigers meegeteld"),
}
OTHER_USE = gettext_lazy("huishoudens van deze grootte")


@dataclass(frozen=True, slots=True)
class Told:
    """One conflict in sentences: what cannot hold together, and what ends it, with whether that alone is enough."""

    wishes: tuple[str, ...]
    repairs: tuple[tuple[str, bool], ...]


def told(conflict: Conflict) -> Told:
    """Return a conflict as sentences in the language of the page."""
    return Told(
        tuple(str(WISHES[wish.kind]) % _values(wish) for wish in conflict.wishes),
        tuple((_repair(repair), repair.is_enough) for repair in conflict.repairs),
    )


def _repair(repair: Repair) -> str:
    return str(REPAIRS[repair.kind]) % {**_values(repair.wish), "more": _number(repair.amount)}


def _values(wish: Wish) -> dict[str, str]:
    return {
        "household": wish.household,
        "place": reference.municipality(wish.place).name if wish.place else _("een gemeente"),
        "households": ", ".join(wish.households),
        "label": wish.label,
        "amount": _number(wish.amount),
        "use": str(USES.get(wish.use, OTHER_USE)),
    }


def _number(amount: float) -> str:
    return str(number_format(amount, 0 if amount == int(amount) else 2, use_l10n=True))
