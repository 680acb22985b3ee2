"""Every route for every role on the real service: what the matrix refuses is refused, nothing out of reach shows."""

from __future__ import annotations

import json
import re
import time
import tomllib
from collections.abc import Callable
from contextlib import AbstractContextManager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest
from money_addresses import MONEY_ADDRESSES, MONEY_OF_ACCOUNT, MONEY_WALKED
from more_addresses import (
    DOCUMENTS,
    OF_A_DECISION,
    OWN_TABLE,
    PLACES,
    REGISTERS_WALKED,
    SCHEMES,
    WITH_A_DOCUMENT,
)
from note_addresses import NOTES, OF_ONE

from eenthuis.access import decide
from eenthuis.services.demonstration import ACCOUNTS
from eenthuis.terms.access import ANYONE, Actor, Place, Reach
from eenthuis.terms.places import MunicipalityCode, ProvinceCode

pytestmark = pytest.mark.browser
ROUTES = tomllib.loads((Path(__file__).parents[1] / "access" / "routes.toml").read_text(encoding="utf-8"))
UTRECHT = Place(province=ProvinceCode("PV26"), municipality=MunicipalityCode("GM0344"))
EVERYONE = (ANYONE, *(who for who in ACCOUNTS if not who.name.endswith("-2")))
"""One account of each kind; a second one of a role sees and does the same."""
REFUSED = {403, 404}
PATIENCE_SECONDS = 240
OWN_PLACE = {
    "place-offer",
    "supervision-letter",
    "supervision-letter-file",
    "preview-letters",
    "write-letters",
    "send-letters",
    "withdraw-letter",
    "household",
    "swap",
    "progress-file",
    "homes-file",
    "letter",
    "letter-pdf",
    "way-step",
    "way-correct",
    "way-reason",
    "home",
    "home-change",
    "home-withdraw",
    "home-matching",
    "readings",
    "keep-readings",
    "readings-csv",
    "table-pack",
    "warnings",
    "warnings-csv",
    "reliability-csv",
    "warning-models-csv",
    "kept-readings-csv",
    "case-file",
    "record-contact",
    "case-file-csv",
}
OWN_ACCOUNT = {
    *OWN_TABLE,
    "documents",
    "documents-csv",
    *MONEY_OF_ACCOUNT,
    "flex",
    "flex-csv",
    "homes",
    "home-add",
    "supervision",
    "supervision-letters",
    "hand-over",
}
"""Pages of whatever place the account itself belongs to."""

ADDRESSES = {
    **MONEY_ADDRESSES,
    **NOTES,
    "start": "/",
    "half-years": "/halfjaren/",
    "half-year": "/halfjaren/2026-I/",
    "half-year-csv": "/halfjaren/2026-I/gemeenten.csv",
    "corrected": "/halfjaren/2026-I/gecorrigeerd/",
    "corrected-json": "/halfjaren/2026-I/gecorrigeerd/bewijs.json",
    "months-csv": "/halfjaren/2026-I/verloop.csv",
    "open-data": "/open-data/",
    "open-data-set": "/open-data/voortgang/",
    "open-data-file": "/open-data/voortgang/nieuwste.parquet",
    "open-data-catalogue": "/open-data/catalogus.jsonld",
    "municipalities": "/gemeenten/",
    "municipality": "/gemeenten/GM0344/",
    "municipality-csv": "/gemeenten/GM0344/verloop.csv",
    "municipality-history-csv": "/gemeenten/GM0344/halfjaren.csv",
    "province-csv": "/provincies/PV26/verloop.csv",
    "province-history-csv": "/provincies/PV26/halfjaren.csv",
    "swap": "/gemeenten/GM0344/ruilen/",
    "lab": "/beleidslab/",
    "lab-ask": "/beleidslab/vragen/",
    "lab-registers": "/beleidslab/hefbomen/",
    "lab-registers-csv": "/beleidslab/hefbomen/maten.csv",
    "lab-run": "/beleidslab/{lab}/",
    "lab-provinces": "/beleidslab/{lab}/provincies/",
    "lab-map": "/beleidslab/{lab}/kaart/",
    "stop-lab": "/beleidslab/{lab}/stoppen/",
    "lab-report": "/beleidslab/{lab}/rapport.pdf",
    "lab-scenario": "/beleidslab/{lab}/scenario-1.toml",
    "lab-file": "/beleidslab/{lab}/fan.csv",
    "composition": "/gezinssamenstelling/",
    "composition-csv": "/gezinssamenstelling/cijfers.csv",
    "composition-report": "/gezinssamenstelling/{report}",
    "coming-csv": "/gemeenten/GM0344/wat-komt.csv",
    **DOCUMENTS,
    **PLACES,
    **SCHEMES,
    "urgency": "/urgentie/",
    "urgency-csv": "/urgentie/register.csv",
    "urgency-of": "/urgentie/GM0344/",
    "forecasts": "/prognoses/",
    "forecasts-csv": "/prognoses/prognoses.csv",
    "forecast-scores-csv": "/prognoses/toets.csv",
    "estimates-csv": "/prognoses/ramingen.csv",
    "state-estimate": "/prognoses/ramingen/invoeren/",
    "interim": "/halfjaren/2026-I/bijstellen/",
    "interim-csv": "/halfjaren/2026-I/bijstellen/gemeenten.csv",
    "announce-interim": "/halfjaren/2026-I/bijstellen/aankondigen/",
    "supervision-letters": "/toezicht/brieven/",
    "preview-letters": "/toezicht/brieven/voorbeeld/",
    "write-letters": "/toezicht/brieven/voorleggen/",
    "send-letters": "/toezicht/brieven/versturen/",
    "supervision-letter": "/toezicht/brieven/1/",
    "withdraw-letter": "/toezicht/brieven/1/intrekken/",
    "supervision-letter-file": "/toezicht/brieven/1/brief.pdf",
    "check-letter": "/brief/controle/",
    "recommendations": "/aanbevelingen/",
    "recommendations-csv": "/aanbevelingen/aanbevelingen.csv",
    "recommendation-steps-csv": "/aanbevelingen/stappen.csv",
    "recommendations-json": "/aanbevelingen/aanbevelingen.json",
    "recommendation": "/aanbevelingen/5/",
    "record-recommendation": "/aanbevelingen/5/regel/",
    "comment-on-recommendation": "/aanbevelingen/5/reactie/",
    "recommendation-lab": "/aanbevelingen/5/lab/",
    "deviations": "/prognoses/afwijkingen/",
    "deviations-csv": "/prognoses/afwijkingen/afwijkingen.csv",
    "past-deviations-csv": "/prognoses/afwijkingen/geschiedenis.csv",
    "deviation": "/prognoses/afwijkingen/1/",
    "deviation-csv": "/prognoses/afwijkingen/1/gemeenten.csv",
    "put-deviation-forward": "/prognoses/afwijkingen/2/voorleggen/",
    "tell-deviation": "/prognoses/afwijkingen/2/vertellen/",
    "drop-deviation": "/prognoses/afwijkingen/2/laten-vallen/",
    "provinces": "/provincies/",
    "province": "/provincies/PV26/",
    "supervision": "/toezicht/",
    "readings": "/toezicht/provincies/PV26/",
    "keep-readings": "/toezicht/provincies/PV26/vastleggen/",
    "warnings": "/toezicht/provincies/PV26/waarschuwing/",
    "warnings-csv": "/toezicht/provincies/PV26/waarschuwing.csv",
    "reliability-csv": "/toezicht/provincies/PV26/waarschuwing/betrouwbaarheid.csv",
    "warning-models-csv": "/toezicht/provincies/PV26/waarschuwing/modellen.csv",
    "table-pack": "/toezicht/provincies/PV26/regietafel.pdf",
    "readings-csv": "/toezicht/provincies/PV26/beoordelingen.csv",
    "kept-readings-csv": "/toezicht/provincies/PV26/vastgelegd.csv",
    "case-file": "/toezicht/gemeenten/GM0344/",
    "record-contact": "/toezicht/gemeenten/GM0344/vastleggen/",
    "case-file-csv": "/toezicht/gemeenten/GM0344/tijdlijn.csv",
    "ladder": "/toezicht/provincies/PV26/ladder/",
    "ladder-csv": "/toezicht/provincies/PV26/ladder.csv",
    "receipt": "/ontvangstbewijzen/{receipt}/",
    "receipt-json": "/ontvangstbewijzen/{receipt}/bewijs.json",
    "desk": "/bureau/",
    "region-desk": "/bureau/regios/noord-brabant-limburg/",
    "work": "/werk/",
    "letter": "/huishoudens/{household}/brief/",
    "letter-pdf": "/huishoudens/{household}/brief/ar.pdf",
    "own-letter-pdf": "/brief/lezen/brief.pdf",
    "open-letter": "/brief/",
    "read-letter": "/brief/lezen/",
    "close-letter": "/brief/sluiten/",
    "bulk": "/werk/samen/",
    "search": "/zoeken/?vraag=Utrecht",
    "save-filter": "/filters/",
    "drop-filter": "/filters/1/verwijderen/",
    "workspace": "/koppelen/",
    "propose": "/koppelen/voorstel/",
    "run": "/koppelen/rekenen/{run}/",
    "stop-run": "/koppelen/rekenen/{run}/stoppen/",
    "proposal": "/koppelen/voorstellen/{proposal}/",
    "change": "/koppelen/voorstellen/{change}/verschil/",
    "decide-change": "/koppelen/voorstellen/{change}/verschil/besluit/",
    "explained": "/huishoudens/{open}/uitleg/",
    "place-explained": "/koppelen/gemeenten/GM0344/",
    "override": "/huishoudens/{household}/aanpassen/",
    "way-step": "/huishoudens/{household}/stappen/verhuisd/",
    "way-correct": "/huishoudens/{household}/stap/1/verbeteren/",
    "change-link": "/huishoudens/{household}/koppeling-wijzigen/",
    "merge": "/huishoudens/{open}/samenvoegen/",
    "split": "/huishoudens/{open}/splitsen/",
    "recompose-undo": "/huishoudens/{open}/terugdraaien/",
    "way-reason": "/huishoudens/{household}/reden-gelezen/",
    "homes": "/woningen/",
    "home-add": "/woningen/toevoegen/",
    "home": "/woningen/{home}/",
    "home-change": "/woningen/{home}/wijzigen/",
    "home-withdraw": "/woningen/{home}/intrekken/",
    "home-matching": "/gemeenten/GM0344/woningen/",
    "refusals": "/weigeringen/",
    "proposal-ways-csv": "/koppelen/voorstellen/{proposal}/vergelijk.csv",
    "proposal-groups-csv": "/koppelen/voorstellen/{proposal}/groepen.csv",
    "proposal-json": "/koppelen/voorstellen/{proposal}/voorstel.json",
    "proposal-folder": "/koppelen/voorstellen/{proposal}/controle.zip",
    "confirm": "/koppelen/bevestigen/",
    "weeks": "/koppelen/weken/?provincie=PV26",
    "weeks-csv": "/koppelen/weken/weken.csv",
    "workspace-csv": "/koppelen/lijst.csv",
    "household": "/huishoudens/{household}/",
    "undo": "/huishoudens/{household}/ongedaan-maken/",
    "sign-off": "/huishoudens/{household}/afmelden/",
    "sheets": "/bestanden/",
    "sheet": "/bestanden/1/",
    "sheet-agree": "/bestanden/1/inlezen/",
    "sheet-withdraw": "/bestanden/1/intrekken/",
    "sheet-marked": "/bestanden/1/nagekeken.xlsx",
    "sheet-file": "/bestanden/1/lijst/",
    "sheet-template": "/bestanden/sjablonen/huishoudens/",
    "sheet-hand-in": "/bestanden/inleveren/huishoudens/",
    "households-file": "/lijsten/huishoudens/?stand=waiting",
    "homes-file": "/lijsten/woningen/?gemeente=GM0344",
    "sign-offs-file": "/lijsten/afmeldingen/?halfjaar=2026-I",
    "progress-file": "/lijsten/voortgang/?gemeente=GM0344",
    "workspace-file": "/lijsten/voorstel/?stand=open",
    "work-file": "/lijsten/werk/?soort=house",
    "journal-file": "/lijsten/journaal/",
    "announce": "/aankondigen/",
    "journal": "/journaal/",
    "journal-csv": "/journaal/journaal.csv",
    "notices": "/berichten/",
    "notice-mail": "/berichten/e-mail/",
    "deliveries": "/beheer/afleveringen/",
    "send-again": "/beheer/afleveringen/opnieuw/",
    "subscribe": "/beheer/abonnees/",
    "change-subscriber": "/beheer/abonnees/{subscriber}/",
    "open-notice": "/berichten/openen/",
    "read-notices": "/berichten/gelezen/",
    "acknowledge-notice": "/berichten/bevestigen/",
    "acknowledge-notices": "/berichten/samen-bevestigen/",
    "calendar": "/berichten/agenda/",
    "calendar-file": "/agenda/{secret}/deadlines.ics",
    "keys": "/beheer/sleutels/",
    "rotate-key": "/beheer/sleutels/aaaaaaaa/vernieuwen/",
    "withdraw-key": "/beheer/sleutels/aaaaaaaa/intrekken/",
    "sign-in": "/aanmelden/",
    "hand-over": "/werk/overdragen/",
    "deputy": "/account/vervanging/",
    "end-deputy": "/account/vervanging/beeindigen/",
    "stand-in": "/account/vervangen/",
    "accounts": "/beheer/accounts/",
    "invite-account": "/beheer/accounts/uitnodigen/",
    "account-page": "/beheer/accounts/van/coa/",
    "do-account": "/beheer/accounts/van/coa/doen/",
    "decide-grant": "/beheer/accounts/gevraagd/1/",
    "provider-begin": "/aanmelden/bij/geen/",
    "provider-come-back": "/aanmelden/bij/geen/terug/",
    "invitation": "/uitnodiging/geen/",
    "sign-in-code": "/aanmelden/code/",
    "account": "/account/",
    "second-factor": "/account/tweede-stap/",
    "password": "/account/wachtwoord/",
    "end-session": "/account/sessies/",
    "sign-in-demonstration": "/aanmelden/demonstratie/",
    "sign-out": "/afmelden/",
    "language": "/taal/",
    "about": "/over/",
    "accessibility": "/toegankelijkheid/",
    "authority": "/bevoegdheden/",
}
OWN_SHEETS = {"sheet", "sheet-agree", "sheet-withdraw", "sheet-marked", "sheet-file"}
"""Pages of one's own files, which are not found by anybody else whatever the role."""

WALKED = OWN_SHEETS | {
    *OF_A_DECISION,
    "supervision-letter",
    "supervision-letter-file",
    "put-deviation-forward",
    "preview-letters",
    "write-letters",
    "send-letters",
    "withdraw-letter",
    "tell-deviation",
    "drop-deviation",
    "end-session",
    "way-reason",
    "way-correct",
    *OF_ONE,
    *WITH_A_DOCUMENT,
    *REGISTERS_WALKED,
    *MONEY_WALKED,
    "propose",
    "undo",
    "sign-off",
    "sign-out",
    "sign-in-demonstration",
    "rotate-key",
    "stop-lab",  # only who asked may stop it
    "withdraw-key",
    "provider-begin",  # no provider is trusted here; two are in tests/web/test_provider_sign_in.py
    "provider-come-back",
    "invitation",
    "end-deputy",  # nobody stands in here; tests/services/test_deputies.py
    "decide-grant",  # it takes two administrators; tests/web/test_account_pages.py
    "calendar",  # a new address ends the one before it, which is looked at too
}
"""Routes whose success is walked in the browser, where its effect is looked at; here only their refusals are."""


def is_allowed(who: Actor, route: str) -> bool:
    """Return what the matrix says of an actor and a route, at Utrecht where the route has a place."""
    place = UTRECHT if route in OWN_PLACE else Place()
    if route in OWN_ACCOUNT:
        place = Place(province=who.province, municipality=who.municipality)
    verdict = decide(who, ROUTES[route]["action"], place)
    return verdict.allowed or verdict.reach is Reach.OWN_HOMES


PAIRS = [
    (who, route)
    for who in EVERYONE
    for route in sorted(ADDRESSES)
    if not (route in WALKED and is_allowed(who, route))
]


class Visitor:
    """Someone with a session of their own."""

    def __init__(self, address: str, who: Actor) -> None:
        self._address, self.who = address, who
        self._jar = CookieJar()
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(self._jar))
        self.get("/aanmelden/")
        if who is not ANYONE:
            status, _ = self.post("/aanmelden/demonstratie/", account=who.name)
            assert status == 200

    def get(self, path: str) -> tuple[int, str]:
        return self._open(Request(self._address + path))  # noqa: S310 - our own service

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        token = next(cookie.value or "" for cookie in self._jar if cookie.name == "csrftoken")
        body = urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
        return self._open(Request(self._address + path, data=body))  # noqa: S310 - our own service

    def _open(self, request: Request) -> tuple[int, str]:
        try:
            with self._opener.open(request, timeout=60) as answer:
                return answer.status, answer.read().decode(errors="replace")
        except HTTPError as wrong:
            with wrong:
                return wrong.code, wrong.read().decode()


@pytest.fixture(scope="module")
def coa(address: str) -> Visitor:
    return Visitor(address, next(who for who in ACCOUNTS if who.name == "coa"))


@pytest.fixture(scope="module")
def known(
    coa: Visitor,
    visitors: dict[str, Visitor],
    runs_alone: Callable[[], AbstractContextManager[None]],
) -> dict[str, str]:
    """Return a receipt, a household linked to Utrecht, the proposal, and a run that was asked for and stopped."""
    _, page = coa.get("/gemeenten/GM0344/")
    proposal = re.search(r"/koppelen/voorstellen/(\d+)/", coa.get("/koppelen/")[1])
    with runs_alone():
        change = changed(coa)
        asked = coa.post("/koppelen/voorstel/", doel="score")[1]
        run = re.search(r"/koppelen/rekenen/(\d+)/", asked)
        assert run is not None
        coa.post(f"/koppelen/rekenen/{run[1]}/stoppen/")
        ended(coa, run[1], "Klaar|Ingetrokken")
    assert proposal is not None
    address = re.search(r"/agenda/([\w-]+)/deadlines.ics", coa.post("/berichten/agenda/")[1])
    assert address is not None
    secret = address[1]
    receipt = re.search(r"/ontvangstbewijzen/([0-9A-F]{12})/", page)
    household = re.search(r"/huishoudens/(PE-\d+)/", page)
    assert receipt is not None
    assert household is not None
    return {
        "receipt": receipt[1],
        "household": household[1],
        "proposal": proposal[1],
        "run": run[1],
        "change": change,
        "open": open_household(coa),
        "secret": secret,
        "home": home_of_the_association(coa),
        "subscriber": subscriber(visitors["beheer"]),
        "report": report(coa),
        "lab": lab_run(coa),
    }


def lab_run(coa: Visitor) -> str:
    """Let the policy lab live a few futures, and return the address of the run when it is done."""
    asked = {"scenario": "as-advised", "basis": "today", "toekomsten": "5", "halfjaren": "2"}
    _, page = coa.post("/beleidslab/vragen/", **asked)
    found = re.search(r"scenario-([0-9a-f]{16})-0.toml", page)
    assert found is not None
    until = time.monotonic() + PATIENCE_SECONDS
    while "Klaar." not in coa.get(f"/beleidslab/{found[1]}/")[1]:
        assert time.monotonic() < until
        time.sleep(1)
    return found[1]


def subscriber(beheer: Visitor) -> str:
    """Let a system get events, and return its number."""
    _, page = beheer.post(
        "/beheer/abonnees/",
        naam="toets",
        adres="https://toets.example/berichten",
        contact="beheer@toets.example",
        rol="ministry",
        plaats="",
    )
    found = re.search(r"/beheer/abonnees/(\d+)/", page)
    assert found is not None
    return found[1]


def report(coa: Visitor) -> str:
    """Return the address of a file of the latest published composition, after that of the page."""
    found = re.search(r'href="/gezinssamenstelling/([\d-]+/[\w.-]+)"', coa.get("/gezinssamenstelling/")[1])
    assert found is not None
    return found[1]


def home_of_the_association(coa: Visitor) -> str:
    """Return a home in Utrecht that its housing association keeps."""
    page = coa.get("/woningen/?gemeente=GM0344&stand=free")[1]
    found = re.search(r"(W-\d{7})(?:(?!</tr>).)*<td>corporatie</td>", page, re.DOTALL)
    assert found is not None
    return found[1]


def open_household(coa: Visitor) -> str:
    """Return a household of the latest proposal that can still be confirmed."""
    found = re.findall(r'name="huishouden" value="(PE-\d+)"', coa.get("/koppelen/?volgorde=household")[1])
    assert found
    return str(found[-1])


def changed(coa: Visitor) -> str:
    """Ask for a change of the proposal that asks nothing of anyone, and return the number of what came of it."""
    address = f"/huishoudens/{open_household(coa)}/aanpassen/"
    _, page = coa.post(address, soort="ergens", grond="other", reden="toets")
    run = re.search(r"/koppelen/rekenen/(\d+)/", page)
    assert run is not None
    return ended(coa, run[1], r"/koppelen/voorstellen/(\d+)/verschil/")[1]


def ended(coa: Visitor, run: str, sign: str) -> re.Match[str]:
    """Wait until the page of a run shows a sign that it has ended."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        found = re.search(sign, coa.get(f"/koppelen/rekenen/{run}/")[1])
        if found is not None:
            return found
        time.sleep(1)
    pytest.fail(f"run {run} has not ended")


@pytest.fixture(scope="module")
def visitors(address: str) -> dict[str, Visitor]:
    return {who.name: Visitor(address, who) for who in EVERYONE}


def test_the_list_of_addresses_is_complete() -> None:
    assert set(ADDRESSES) == {name for name in ROUTES if not name.startswith("api")}


@pytest.mark.parametrize(("who", "route"), PAIRS, ids=lambda value: getattr(value, "name", value))
def test_a_route_answers_whom_the_matrix_allows_and_refuses_the_rest(
    visitors: dict[str, Visitor], known: dict[str, str], who: Actor, route: str
) -> None:
    visitor, path = visitors[who.name], ADDRESSES[route].format(**known)
    if ROUTES[route]["method"] == "GET":
        status, _ = visitor.get(path)
    else:
        status, _ = visitor.post(
            path, huishouden=known["household"], voorstel="1", reden="toets", gezien="ja"
        )
    assert (status not in REFUSED) == is_allowed(who, route), f"{who.name} on {route} got {status}"


@pytest.mark.parametrize("who", EVERYONE, ids=lambda who: who.name)
def test_households_show_only_where_they_may_be_seen(visitors: dict[str, Visitor], who: Actor) -> None:
    visitor, seen = visitors[who.name], decide(who, "see-linked-household", UTRECHT).allowed
    pages = ["/", "/halfjaren/2026-I/", "/gemeenten/GM0344/", "/provincies/PV26/", "/gemeenten/GM0879/"]
    shown = {path for path in pages if re.search(r"P[EV]-\d{6}", visitor.get(path)[1])}
    if not seen:
        assert shown <= ({"/gemeenten/GM0879/"} if who.municipality == "GM0879" else set())
    else:
        assert "/gemeenten/GM0344/" in shown


def test_what_is_out_of_reach_answers_like_what_does_not_exist(address: str, known: dict[str, str]) -> None:
    zundert = Visitor(address, next(who for who in ACCOUNTS if who.name == "gemeente-zundert"))
    hidden = zundert.get(f"/huishoudens/{known['household']}/")
    missing = zundert.get("/huishoudens/PE-999999/")
    unlinked = zundert.get("/huishoudens/PE-000002/")
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|name="volgende" value="[^"]+"')
    assert hidden[0] == missing[0] == unlinked[0] == 404
    assert token.sub("", hidden[1]) == token.sub("", missing[1]) == token.sub("", unlinked[1])


def test_a_form_without_its_token_is_refused(coa: Visitor, known: dict[str, str]) -> None:
    request = Request(  # noqa: S310 - our own service
        coa._address + "/koppelen/bevestigen/",  # noqa: SLF001 - the visitor is ours
        data=urlencode({"huishouden": known["household"], "voorstel": "1", "gezien": "ja"}).encode(),
    )
    status, page = coa._open(request)  # noqa: SLF001 - the same
    assert status == 403
    assert "Dit mag niet" in page


@pytest.mark.parametrize(
    "path",
    [
        "/gemeenten/?naam=Bergen",
        "/gemeenten/?naam=%27%3B+drop+table+store_linkrow%3B--",
        "/halfjaren/2026-III/",
        "/halfjaren/%3Cscript%3E/",
        "/gemeenten/GM0344/?halfjaar=banaan",
        "/gemeenten/GM0457/",
        "/ontvangstbewijzen/000000000000/",
        "/provincies/PV99/",
        "/halfjaren/2031-I/",
        "/gemeenten/?naam=%00",
        "/halfjaren/%00/",
        "/halfjaren/2026-I/?zoek=%00",
    ],
)
def test_a_wrong_address_gets_a_clear_dutch_page(address: str, path: str) -> None:
    status, page = Visitor(address, ANYONE).get(path)
    assert status in {400, 404}
    assert "<script>" not in page
    assert re.search(r"Code: <code>[A-Z]{3}-\d\d</code>|Code: <code>40[04]</code>", page)


@pytest.mark.parametrize("proposal", ["99999999999999999999", "²", "-1", "", "1; drop table"])
def test_a_proposal_number_that_is_none_links_nobody(
    coa: Visitor, known: dict[str, str], proposal: str
) -> None:
    status, _ = coa.post(
        "/koppelen/bevestigen/", huishouden=known["household"], voorstel=proposal, gezien="ja"
    )
    assert status == 200


def test_every_receipt_on_the_page_of_a_municipality_recomputes(address: str, tmp_path: Path) -> None:
    from eenthuis.cli.main import main

    zundert = Visitor(address, next(who for who in ACCOUNTS if who.municipality == "GM0879"))
    swap = {"richting": "over", "aantal": "1", "andere": "Rucphen", "kenmerk": "besluit 2026-18"}
    status, page = zundert.post("/gemeenten/GM0879/ruilen/?halfjaar=2026-I", **swap)
    assert status == 200
    actions = set()
    for number in set(re.findall(r'href="/ontvangstbewijzen/([0-9A-F]{12})/"', page)):
        _, text = zundert.get(f"/ontvangstbewijzen/{number}/bewijs.json")
        file = tmp_path / f"{number}.json"
        file.write_text(text, encoding="utf-8")
        actions.add(json.loads(text)["action"])
        assert main(["receipt", "verify", str(file)]) == 0
    assert actions == {"targets.compute", "targets.swap"}


def test_a_list_for_excel_opens_in_dutch_and_starts_no_formula(address: str) -> None:
    _, text = Visitor(address, ANYONE).get("/halfjaren/2026-I/gemeenten.csv?provincie=PV29&vorm=excel")
    lines = text.splitlines()
    assert lines[0].startswith("\ufeffcode;name;")
    assert len(lines) == 14
    assert all(cell[:1] not in "=@" for line in lines for cell in line.split(";") if cell)
