"""The main menu: what stands in it, in which group, and who sees it, as the authority matrix says."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from eenthuis.access import actions
from eenthuis.terms.access import Actor, Reach


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: the name of its address, what it is called, and the action that lets a role see it.

    ``section`` is that of the pages that belong to it, the name of the address unless another is given.
    """

    route: str
    label: object
    action: str = "see-published-figures"
    section: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading; a group without a heading stands open in the bar."""

    label: object
    entries: tuple[Entry, ...]


GROUPS = (
    Group(
        "",
        (
            Entry("desk", _("Mijn bureau"), "see-desk"),
            Entry("work", _("Open werk"), "see-open-work"),
            Entry("start", _("Nederland")),
        ),
    ),
    Group(
        _("Cijfers"),
        (
            Entry("half-years", _("Taakstelling"), section="half-year"),
            Entry("provinces", _("Provincies"), section="province"),
            Entry("municipalities", _("Gemeenten"), section="municipality"),
            Entry("composition", _("Gezinssamenstelling")),
            Entry("forecasts", _("Prognoses")),
            Entry("open-data", _("Open data")),
        ),
    ),
    Group(
        _("Koppelen"),
        (
            Entry("workspace", _("Voorstellen en koppelen"), "see-proposal", "linking"),
            Entry("refusals", _("Weigeringen"), "judge-refusal"),
        ),
    ),
    Group(
        _("Opvang"),
        (
            Entry("places", _("Opvangplaatsen")),
            Entry("transit", _("Doorstroomlocaties"), "see-transit-counts"),
            Entry("documents", _("Verblijfsdocumenten"), "see-document-counts"),
        ),
    ),
    Group(
        _("Wonen en geld"),
        (
            Entry("homes", _("Woningen"), "see-homes"),
            Entry("flex", _("Flexwoningen"), "see-flex-projects"),
            Entry("urgency", _("Urgentie")),
            Entry("schemes", _("Regelingen")),
            Entry("money", _("Geld"), "see-money-files"),
        ),
    ),
    Group(
        _("Beleid en toezicht"),
        (
            Entry("supervision", _("Toezicht"), "see-supervision"),
            Entry("recommendations", _("Aanbevelingen"), "see-recommendations"),
            Entry("lab", _("Beleidslab")),
            Entry("announce", _("Aankondigen"), "announce"),
        ),
    ),
    Group(
        _("Bestanden en beheer"),
        (
            Entry("sheets", _("Bestanden"), "use-sheets"),
            Entry("journal", _("Journaal"), "see-journal"),
            Entry("accounts", _("Accounts"), "manage-accounts"),
            Entry("keys", _("Sleutels"), "manage-keys"),
            Entry("deliveries", _("Afleveringen"), "manage-deliveries"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as a page shows it."""

    label: object
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group as a page shows it; ``has_current`` where the page belongs to one of its entries."""

    label: object
    entries: tuple[Shown, ...]
    has_current: bool


def menu(actor: Actor, section: str) -> tuple[ShownGroup, ...]:
    """Return the groups with what this actor may see; one without any is left out."""
    known = actions()
    found = []
    for group in GROUPS:
        shown = [
            Shown(one.label, reverse(one.route), (one.section or one.route) == section)
            for one in group.entries
            if known[one.action].reach[actor.role] not in {Reach.NOTHING, Reach.AGGREGATES}
        ]
        if not group.label and (own := _own_place(actor)):
            shown.append(own)
        if shown:
            found.append(ShownGroup(group.label, tuple(shown), any(one.is_current for one in shown)))
    return tuple(found)


def _own_place(actor: Actor) -> Shown | None:
    if actor.municipality:
        return Shown(_("Mijn gemeente"), reverse("municipality", args=[actor.municipality]), is_current=False)
    if actor.province:
        return Shown(_("Mijn provincie"), reverse("province", args=[actor.province]), is_current=False)
    return None
