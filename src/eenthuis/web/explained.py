"""Explanations, differences and conflicts as Dutch sentences: for staff, and apart from that for the household itself.

What is said to a household names no other household and no number that tells of one.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from eenthuis.terms.explaining import Flip, FlipKind, HouseholdExplained, OtherPlace, PlaceExplained
from eenthuis.terms.overriding import Conflict, Difference, Moved, Repair, RepairKind, Wish, WishKind
from eenthuis.web.wording import REASONS, Words, reason_sentences

Names = Mapping[str, str]

MOST_NAMED = 5
"""Households named in one sentence; of the others only the number is told."""

PERSONS = "persons"
"""The use that counts members in reception."""

SMALLEST = 0.01
"""Points below this are told as less than this."""

PLACED: Words = {
    "linked:only-place": _("Alleen %(here)s is toegestaan."),
    "linked:best-score": _("%(here)s past van alle toegestane gemeenten het best."),
    "linked:room-elsewhere-dearer": _(
        "%(place)s past beter, maar de ruimte daar is meer waard voor anderen."
    ),
}
PLACED_YOU: Words = {
    "linked:only-place": _("Alleen %(here)s past bij wat voor u moet."),
    "linked:best-score": _("%(here)s past het best bij u."),
    "linked:room-elsewhere-dearer": _("Een andere gemeente paste ook bij u, maar daar was te weinig ruimte."),
}
WAITING_YOU: Words = {
    "not-linked:no-allowed-place": _("Er is nu geen gemeente die past bij wat voor u moet."),
    "not-linked:too-large": _("Er is nu geen gemeente met genoeg ruimte voor uw gezin."),
    "not-linked:group-apart": _(
        "Er is nu geen gemeente met ruimte voor u en de mensen met wie u samen gaat."
    ),
    "not-linked:no-room": _("In de gemeenten die bij u passen, is nu geen ruimte."),
    "not-linked:spread": _(
        "In de gemeenten die bij u passen, is nu geen ruimte voor een gezin zoals dat van u."
    ),
    "not-linked:no-gain": _("Nu wachten is voor u beter dan een gemeente die niet past."),
    "not-linked:held-back": _("Een medewerker van het COA heeft besloten dat u nog wacht."),
}
REASONS_YOU: Words = {
    "hard:first-degree-family": _("Uw ouder of uw kind woont daar."),
    "hard:family-reunification": _("Uw gezin komt daar weer bij elkaar."),
    "hard:medical-treatment": _("Uw behandeling is daar in de buurt."),
    "hard:work-contract": _("U hebt daar in de buurt werk."),
    "hard:study": _("U volgt daar in de buurt een opleiding."),
    "soft:work-experience": _("Uw ervaring past bij het werk daar."),
    "soft:education": _("Uw opleiding past daar."),
    "soft:network": _("U kent daar mensen."),
    "soft:ambition": _("Uw plannen passen daar."),
    "soft:region": _("U woont nu al in die streek."),
    "count:joining-relatives": _("Er is ook plaats voor uw familie die nog komt."),
}
USES: Words = {
    "persons": _("personen"),
    "persons_with_joining": _("personen, met nareizigers"),
    "households_1": _("huishoudens van 1 persoon"),
    "households_2-3": _("huishoudens van 2 of 3 personen"),
    "households_4-5": _("huishoudens van 4 of 5 personen"),
    "households_6+": _("huishoudens van 6 of meer personen"),
}
FLIPS: Words = {
    FlipKind.SCORE: _("Met %(points)s punt meer voor %(place)s gaat het huishouden daarheen."),
    FlipKind.ROOM: _("Met meer ruimte in %(place)s (%(room)s) gaat het huishouden daarheen."),
    FlipKind.FEWER: _("Doet %(others)s niet mee, dan gaat het huishouden naar %(place)s."),
    FlipKind.CRITERION: _("Zou %(place)s toegestaan zijn, dan gaat het huishouden daarheen."),
    FlipKind.TOGETHER: _("Mag het huishouden los van zijn groep, dan gaat het naar %(place)s."),
    FlipKind.PIN: _("U kunt het huishouden vastzetten in %(place)s. Dat kost samen %(points)s punt."),
}
FLIPS_YOU: Words = {
    FlipKind.SCORE: _(
        "Hebt u werk, een opleiding of bekenden in %(place)s? Vertel het ons, want dat telt mee."
    ),
    FlipKind.ROOM: _("Komt er meer ruimte in %(place)s, dan kan de keuze anders worden."),
}
WISHES: Words = {
    WishKind.PIN: _("Huishouden %(household)s staat vast in %(place)s."),
    WishKind.FORBID: _("Huishouden %(household)s mag niet naar %(place)s."),
    WishKind.MUST_LINK: _("Huishouden %(household)s moet een plek krijgen."),
    WishKind.HELD_BACK: _("Huishouden %(household)s moet wachten."),
    WishKind.GROUP: _("Deze huishoudens gaan samen: %(others)s."),
    WishKind.CRITERION: _("Een hard criterium houdt huishouden %(household)s weg uit %(place)s."),
    WishKind.CAP: _("%(place)s heeft ruimte voor %(amount)s (%(use)s)."),
    WishKind.FLOOR: _("De groep %(label)s moet minstens %(amount)s punt halen."),
}
REPAIRS: Words = {
    RepairKind.DROP_PIN: _("Maak huishouden %(household)s los van %(place)s."),
    RepairKind.DROP_FORBID: _("Laat huishouden %(household)s weer toe in %(place)s."),
    RepairKind.DROP_MUST_LINK: _("Laat huishouden %(household)s wachten."),
    RepairKind.DROP_HELD_BACK: _("Laat huishouden %(household)s niet langer wachten."),
    RepairKind.SPLIT_GROUP: _("Laat deze huishoudens los van elkaar gaan: %(others)s."),
    RepairKind.LIFT_CRITERION: _("Sta %(place)s toe voor huishouden %(household)s."),
    RepairKind.RAISE_CAP: _("Maak in %(place)s ruimte voor %(amount)s meer (%(use)s)."),
    RepairKind.LOWER_FLOOR: _("Vraag voor de groep %(label)s niet meer dan %(amount)s punt."),
}
ANY_PLACE = _("een andere gemeente")


def for_staff(explained: HouseholdExplained, names: Names) -> list[str]:
    """Return why a household has its place or none, what else could be and what would change it, for staff."""
    here = names.get(explained.place or "", explained.place or "")
    place = str(explained.values.get("place", ""))
    told = [str(line) for line in reason_sentences(explained.reasons)] if explained.reasons else []
    if explained.place:
        told.append(_fill(PLACED, explained.code, here=here, place=names.get(place, place)))
    else:
        told.append(str(REASONS.get(explained.code, explained.code)))
        told += _short_of(explained)
    if explained.together:
        told.append(gettext("Het gaat samen met: %(others)s.") % {"others": ", ".join(explained.together)})
    for cap in explained.caps:
        values = {
            "place": names.get(cap.place, cap.place),
            "used": cap.used,
            "cap": cap.cap,
            "use": use_word(cap.use),
        }
        full, scarce = (
            gettext("%(place)s is vol: %(used)s van %(cap)s (%(use)s)."),
            gettext("Ruimte in %(place)s is schaars: %(used)s van %(cap)s (%(use)s)."),
        )
        told.append((full if cap.is_full else scarce) % values)
    for other in explained.others:
        told += _of_other(other, names)
    return told + [of_flip(flip, names) for flip in explained.flips]


def for_household(explained: HouseholdExplained, names: Names) -> list[str]:
    """Return the same for the people themselves, with nothing about other households."""
    here = names.get(explained.place or "", explained.place or "")
    if explained.place:
        told = [gettext("U gaat naar %(here)s.") % {"here": here}]
        told += [str(REASONS_YOU[one.code]) for one in explained.reasons if one.code in REASONS_YOU]
        told.append(_fill(PLACED_YOU, explained.code, here=here))
    else:
        told = [gettext("U hebt nog geen gemeente."), _fill(WAITING_YOU, explained.code)]
    for kind, words in FLIPS_YOU.items():
        place = next((flip.place for flip in explained.flips if flip.kind == kind), None)
        if place is not None:
            told.append(str(words) % {"place": names.get(place, place)})
    return [
        *told,
        gettext("Een medewerker beslist."),
        gettext("Klopt er iets niet? Vertel het aan uw begeleider."),
    ]


def of_municipality(explained: PlaceExplained, names: Names) -> list[str]:
    """Return why a municipality gets its households, for staff."""
    place = names.get(explained.place, explained.place)
    told = [
        gettext("%(place)s krijgt %(count)s, samen %(people)s.")
        % {
            "place": place,
            "count": _households(len(explained.linked)),
            "people": _people(sum(one.persons for one in explained.linked)),
        }
    ]
    for cap in explained.caps:
        if cap.is_full:
            values = {"place": place, "used": cap.used, "cap": cap.cap, "use": use_word(cap.use)}
            told.append(gettext("%(place)s is vol: %(used)s van %(cap)s (%(use)s).") % values)
    for one in explained.next_in_line:
        values = {
            "household": one.household,
            "cost": points(one.cost),
            "uses": ", ".join(map(use_word, one.lacking)),
        }
        short, dear = (
            gettext("Daarna komt huishouden %(household)s. Te weinig ruimte: %(uses)s."),
            gettext("Daarna komt huishouden %(household)s. Dat kost samen %(cost)s punt."),
        )
        told.append((short if one.lacking else dear) % values)
    return told


def of_difference(difference: Difference, names: Names) -> list[str]:
    """Return what overrides change, for staff."""
    told = [_of_score(difference.score)]
    if difference.persons:
        more, fewer = gettext("Met een plek: %(people)s meer."), gettext("Met een plek: %(people)s minder.")
        told.append(
            (more if difference.persons > 0 else fewer) % {"people": _people(abs(difference.persons))}
        )
    if difference.moved:
        told.append(
            gettext("Van plek veranderen: %(count)s, samen %(people)s.")
            % {"count": _households(len(difference.moved)), "people": _people(difference.people_moved)}
        )
    else:
        told.append(gettext("Niemand verandert van plek."))
    told += [_of_move(one, names) for one in difference.moved]
    for change in difference.targets_missed:
        values = {
            "place": names.get(change.place, change.place),
            "people": _people(change.before - change.after),
        }
        told.append(gettext("%(place)s houdt ruimte over voor %(people)s.") % values)
    for way in difference.given_way:
        values = {"place": names.get(way.place, way.place), "more": str(way.more), "use": use_word(way.use)}
        told.append(gettext("%(place)s gaat %(more)s boven de grens (%(use)s).") % values)
    return told + [
        gettext("De groep %(label)s haalt de afgesproken score niet meer.") % {"label": label}
        for label in difference.floors_missed
    ]


def of_conflict(conflict: Conflict, names: Names) -> list[str]:
    """Return what cannot hold together and what would mend it, the smallest change first, for staff."""
    told = [gettext("Dit kan niet samen:")]
    told += [_of_wish(WISHES[wish.kind], wish, wish.amount, names) for wish in conflict.wishes]
    told.append(gettext("Dit lost het op:"))
    return told + [_of_repair(repair, names) for repair in conflict.repairs]


def points(number: float) -> str:
    """Return points as a number that reads easily, never as 0 when it is more."""
    if 0 < number < SMALLEST:
        return gettext("minder dan %(least)s") % {"least": number_format(SMALLEST, decimal_pos=2)}
    return str(number_format(number, decimal_pos=2))


def _of_score(score: float) -> str:
    if score < 0:
        return gettext("Dit kost samen %(points)s punt.") % {"points": points(-score)}
    if score > 0:
        return gettext("Dit levert samen %(points)s punt op.") % {"points": points(score)}
    return gettext("Dit kost geen punten.")


def _short_of(explained: HouseholdExplained) -> list[str]:
    values = explained.values
    if "need" not in values:
        return []
    words = gettext("Nodig is %(need)s (%(use)s). Het meeste dat een toegestane gemeente heeft, is %(most)s.")
    return [words % {"need": values["need"], "use": use_word(str(values["use"])), "most": values["most"]}]


def _of_other(other: OtherPlace, names: Names) -> list[str]:
    place = names.get(other.place, other.place)
    free, dear = (
        gettext("%(place)s kan ook en kost niets."),
        gettext("%(place)s kan ook en kost samen %(cost)s punt."),
    )
    told = [(dear if other.cost > 0 else free) % {"place": place, "cost": points(other.cost)}]
    out = [one.household for one in other.displaced if one.after is None]
    away = [one.household for one in other.displaced if one.after is not None]
    if away:
        told.append(
            gettext("Dan gaan deze huishoudens ergens anders heen: %(others)s.") % {"others": _listed(away)}
        )
    if out:
        told.append(
            gettext("Dan raken deze huishoudens hun plek kwijt: %(others)s.") % {"others": _listed(out)}
        )
    return told


def of_flip(flip: Flip, names: Names) -> str:
    """Return a change after which the household goes elsewhere; it was solved again, and did."""
    room = ", ".join(_amount(use, more) for use, more in flip.room)
    return str(FLIPS[flip.kind]) % {
        "place": names.get(flip.place, flip.place),
        "points": points(flip.points),
        "room": room,
        "others": gettext("huishouden %(others)s") % {"others": _listed(list(flip.households))},
    }


def _of_move(moved: Moved, names: Names) -> str:
    before, after = moved.before or "", moved.after or ""
    if not before:
        words = gettext("Huishouden %(household)s krijgt een plek in %(after)s.")
    elif not after:
        words = gettext("Huishouden %(household)s raakt zijn plek in %(before)s kwijt.")
    else:
        words = gettext("Huishouden %(household)s gaat naar %(after)s en niet naar %(before)s.")
    return words % {
        "household": moved.household,
        "before": names.get(before, before),
        "after": names.get(after, after),
    }


def _of_wish(words: object, wish: Wish, amount: float, names: Names) -> str:
    return str(words) % {
        "household": wish.household,
        "place": names.get(wish.place, wish.place) or ANY_PLACE,
        "amount": number_format(amount, decimal_pos=0 if amount == int(amount) else 2),
        "use": use_word(wish.use),
        "others": ", ".join(wish.households),
        "label": wish.label,
    }


def _of_repair(repair: Repair, names: Names) -> str:
    told = _of_wish(REPAIRS[repair.kind], repair.wish, repair.amount, names)
    return told if repair.is_enough else gettext("%(repair)s Dan blijft er nog iets over.") % {"repair": told}


def _listed(households: list[str]) -> str:
    named = ", ".join(households[:MOST_NAMED])
    rest = len(households) - MOST_NAMED
    return gettext("%(named)s en nog %(rest)s") % {"named": named, "rest": str(rest)} if rest > 0 else named


def _people(count: int) -> str:
    return gettext("1 persoon") if count == 1 else gettext("%(count)s personen") % {"count": count}


def _households(count: int) -> str:
    return gettext("1 huishouden") if count == 1 else gettext("%(count)s huishoudens") % {"count": count}


def _amount(use: str, count: int) -> str:
    return _people(count) if use == PERSONS else f"{count} {use_word(use)}"


def use_word(use: str) -> str:
    """Return what a use counts."""
    return str(USES.get(use, use))


def _fill(words: Words, code: str, **values: str) -> str:
    return str(words.get(code, code)) % values
