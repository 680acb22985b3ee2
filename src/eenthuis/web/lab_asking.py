"""Reading a question to the policy lab from a form: which scenarios, how many futures; every problem by its field."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.formats import get_format
from django.utils.translation import gettext as _

from eenthuis.connect.lab_work import work_from_content
from eenthuis.connect.scenario_files import scenario_from_text
from eenthuis.connect.weight_files import weights_in
from eenthuis.lab import Ask
from eenthuis.reference.policy import lever_value, levers, scenarios
from eenthuis.services.lab import MOST_FUTURES, least_futures
from eenthuis.terms.errors import EenthuisError, InputError, InputErrors
from eenthuis.terms.lab_runs import LabAsk, LabKind
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.policy import DISTRIBUTION_KEY, OWN_WEIGHTS, Lever, LeverKind, LeverValue, Scenario
from eenthuis.terms.work_scores import WorkScores
from eenthuis.web import wording_lab as words
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.typed import typed_decimal, without_points

LONGEST_NAME = 60
LONGEST_FILE = 20_000
LONGEST_WEIGHTS = 2_000_000
FIRST_PROBLEMS = 5
LONGEST_WORK = 500_000
MOST_HALF_YEARS = 40
FUTURES, HALF_YEARS, SEED = 200, 20, 1
OWN, FILE, WEIGHTS, WORK = "eigen", "bestand", "gewichten", "werk"
Problems = dict[str, str]


def ask_from_form(given: Mapping[str, str], handed: Mapping[str, bytes], problems: Problems) -> LabAsk | None:
    """Return the question of a form and the files handed in with it, or None with every problem by its field."""
    base = scenarios().get(given.get("basis", ""))
    if base is None:
        problems["basis"] = _("Kies een scenario om mee te vergelijken.")
    scenario = _scenario(given, handed, problems)
    work = _work(given, handed.get(WORK), problems)
    kind = _kind(given.get("soort", ""))
    futures = _number(given, "toekomsten", least_futures(kind), MOST_FUTURES, FUTURES, problems)
    half_years = _number(given, "halfjaren", 1, MOST_HALF_YEARS, HALF_YEARS, problems)
    seed = _number(given, "startgetal", 0, 2**31, SEED, problems)
    if base is not None and scenario is not None and not scenario.differs_in(base):
        problems["scenario"] = _("Dit scenario verschilt nergens van waar u het mee vergelijkt.")
    if scenario is not None and not problems:
        try:
            Ask((scenario,), futures, seed, half_years)
        except InputError as wrong:
            problems[FILE if given.get("scenario") == FILE else WEIGHTS] = _told(wrong)
    if problems or base is None or scenario is None:
        return None
    return LabAsk(kind, (base, scenario), futures, half_years, seed, work)


def _work(given: Mapping[str, str], file: bytes | None, problems: Problems) -> WorkScores | None:
    if not file:
        return None
    if len(file) > LONGEST_WORK:
        problems[WORK] = _("Dit bestand is te groot voor kansen op werk.")
        return None
    try:
        return work_from_content(file, given.get("werknaam", ""))
    except InputErrors as wrong:
        problems[WORK] = " ".join(_told(one) for one in wrong.errors[:FIRST_PROBLEMS])
    except InputError as wrong:
        problems[WORK] = _told(wrong)
    return None


def _kind(written: str) -> LabKind:
    """Return what is asked for; a comparison unless it is said otherwise."""
    return LabKind(written) if written in {LabKind.TORNADO.value, LabKind.WORTH.value} else LabKind.COMPARE


def _scenario(given: Mapping[str, str], handed: Mapping[str, bytes], problems: Problems) -> Scenario | None:
    which = given.get("scenario", "")
    if which == OWN:
        return _own(given, handed.get(WEIGHTS), problems)
    if which == FILE:
        return _from_file(handed.get(FILE), problems)
    if which not in scenarios():
        problems["scenario"] = _("Kies een scenario.")
        return None
    return scenarios()[which]


def _from_file(file: bytes | None, problems: Problems) -> Scenario | None:
    if not file:
        problems["bestand"] = _("Kies een bestand dat op .toml eindigt.")
        return None
    if len(file) > LONGEST_FILE:
        problems["bestand"] = _("Dit bestand is te groot voor een scenario.")
        return None
    try:
        return scenario_from_text(file.decode("utf-8-sig"), name=_("eigen bestand"))
    except UnicodeDecodeError:
        problems["bestand"] = _("Dit bestand is geen tekst in UTF-8.")
    except InputError as wrong:
        problems["bestand"] = _told(wrong)
    return None


def _own(given: Mapping[str, str], weights: bytes | None, problems: Problems) -> Scenario | None:
    name = " ".join(given.get("naam", "").split())
    if not name or len(name) > LONGEST_NAME:
        problems["naam"] = _("Geef het scenario een naam van hoogstens %(most)s tekens.") % {
            "most": LONGEST_NAME
        }
    elif name in scenarios():
        problems["naam"] = _("Zo heet al een scenario dat bij het programma hoort. Kies een andere naam.")
    found: dict[str, LeverValue] = {}
    for lever in levers().values():
        value = _lever(lever, given.get(lever.name, "").strip(), problems)
        if value is not None:
            found[lever.name] = value
    own = _weights(weights, problems) if found.get(DISTRIBUTION_KEY) == OWN_WEIGHTS else {}
    if problems:
        return None
    ground = " ".join(given.get("bron", "").split())[:200] or _("een aanname van wie dit vroeg")
    changed = {name: ground for name, value in found.items() if value != levers()[name].default}
    return Scenario(name, found, changed, own)


def _weights(file: bytes | None, problems: Problems) -> Mapping[MunicipalityCode, int]:
    """Return the weights that were handed in, once there is one of every municipality."""
    if not file or len(file) > LONGEST_WEIGHTS:
        problems[WEIGHTS] = (
            _("Dit bestand is te groot voor een tabel van gemeenten.")
            if file
            else _(
                "Wie naar eigen gewichten verdeelt, levert daarbij een bestand met een gewicht per gemeente."
            )
        )
        return {}
    try:
        return weights_in(file, name=_("gewichten"))
    except InputErrors as wrong:
        problems[WEIGHTS] = " ".join(_told(one) for one in wrong.errors[:FIRST_PROBLEMS])
    except InputError as wrong:
        problems[WEIGHTS] = _told(wrong)
    return {}


def _told(wrong: EenthuisError) -> str:
    """Return what is wrong in a file: the sentence of the page, and where it stands and what to do as files have it."""
    where = wrong.location
    parts = () if where is None else (("rij", where.row), ("kolom", where.column), ("waarde", where.value))
    words_of = {"rij": _("rij"), "kolom": _("kolom"), "waarde": _("waarde")}
    place = ", ".join(f"{words_of[name]} {value}" for name, value in parts if value)
    return f"{SENTENCES[wrong.code]} {place}{': ' if place else ''}{wrong.message}. {wrong.remedy}"


def _lever(lever: Lever, written: str, problems: Problems) -> LeverValue | None:
    value: object = written
    if lever.kind is LeverKind.SWITCH:
        value = {"ja": True, "nee": False}.get(written, written)
    elif lever.kind is LeverKind.NUMBER:
        number = typed_decimal(written, str(get_format("DECIMAL_SEPARATOR")))
        value = written if number is None else number
    try:
        return lever_value(lever.name, value)
    except InputError:
        problems[lever.name] = _remedy(lever)
        return None


def _remedy(lever: Lever) -> str:
    what = words.LEVERS[lever.name]
    if lever.kind is LeverKind.NUMBER:
        return _("%(what)s: vul een getal in van %(low)s tot en met %(high)s.") % {
            "what": what,
            "low": words.lever_value(lever.low),
            "high": words.lever_value(lever.high),
        }
    return _("%(what)s: kies een van de mogelijkheden.") % {"what": what}


def _number(
    given: Mapping[str, str], field: str, low: int, high: int, otherwise: int, problems: Problems
) -> int:
    written = without_points(given.get(field, "").strip()) or str(otherwise)
    if written.isascii() and written.isdigit() and len(written) < 12 and low <= int(written) <= high:  # noqa: PLR2004 - longer is out of any range
        return int(written)
    problems[field] = _("Vul een geheel getal in van %(low)s tot en met %(high)s.") % {
        "low": low,
        "high": high,
    }
    return otherwise
