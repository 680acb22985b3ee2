"""Signing in at the organisation's own provider: two real providers, each a program of its own, answer over HTTP."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, OpenerDirector, build_opener, urlopen

import pytest
import pytest_django
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice
from oidc_provider import CLIENT, PASSWORD, SECRET

from eenthuis.connect import oidc
from eenthuis.connect.sign_in_providers import Provider
from eenthuis.services import account_keeping
from eenthuis.store.models import JournalRow
from eenthuis.store.provider_models import ProviderAccountRow
from eenthuis.store.sign_in_models import OpenSessionRow
from eenthuis.terms.errors import EenthuisError, SignInError

pytestmark = pytest.mark.django_db
PROGRAM = Path(__file__).parents[1] / "country" / "oidc_provider.py"
PATIENCE_SECONDS = 60
KEYS = ("utrecht", "zundert")


class Stay(HTTPRedirectHandler):
    """Follows nothing, so that each address can be looked at."""

    def redirect_request(self, *given: object) -> None:
        del given


@dataclass(frozen=True)
class Served:
    """A provider that answers."""

    key: str
    issuer: str

    @property
    def root(self) -> str:
        return self.issuer.removesuffix("/o")


@pytest.fixture(scope="module")
def providers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Served]]:
    running, served = [], {}
    for key in KEYS:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        back = f"http://testserver/aanmelden/bij/{key}/terug/"
        command = [sys.executable, str(PROGRAM), str(port), str(tmp_path_factory.mktemp(key)), back]
        running.append(subprocess.Popen(command))
        served[key] = Served(key, f"http://127.0.0.1:{port}/o")
    until = time.monotonic() + PATIENCE_SECONDS
    for one in served.values():
        while time.monotonic() < until:
            with (
                suppress(URLError, ConnectionError),
                urlopen(  # noqa: S310 - its own provider
                    f"{one.issuer}/.well-known/jwks.json"
                ),
            ):
                break
            time.sleep(0.1)
    yield served
    for program in running:
        program.terminate()
        program.wait()


@pytest.fixture(autouse=True)
def trusted(
    providers: dict[str, Served],
    settings: pytest_django.Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setenv("SECRET_OF_THE_TESTS", SECRET)
    file = tmp_path / "providers.toml"
    file.write_text(
        "\n".join(
            f'[[provider]]\nkey = "{one.key}"\nlabel = "Gemeente {one.key.title()}"\nissuer = "{one.issuer}"\n'
            f'client_id = "{CLIENT}"\nsecret_variable = "SECRET_OF_THE_TESTS"\n'
            'second_factor = ["mfa", "urn:example:strong"]\nacr_values = ["urn:example:strong"]\n'
            for one in providers.values()
        )
    )
    settings.OIDC_PROVIDERS = str(file)


def at_provider(address: str, name: str) -> str:
    """Sign in at a provider as a browser does; return where it sends the browser on to."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()), Stay())
    parts = urlsplit(address)
    form = urlencode({"name": name, "password": PASSWORD}).encode()
    browser.open(f"{parts.scheme}://{parts.netloc}/sign-in/", form).close()
    return moved(browser, address)


def moved(browser: OpenerDirector, address: str) -> str:
    """Return where an address sends the browser on to."""
    with pytest.raises(HTTPError) as found:
        browser.open(address)
    with found.value as answer:
        assert answer.code == 302
        return str(answer.headers["Location"])


def begun(client: Client, key: str = "utrecht", given: str = "") -> str:
    answer = client.get(f"/aanmelden/bij/{key}/{given}")
    assert answer.status_code == 302
    return answer.headers["Location"]


def signed_in(client: Client, name: str, key: str = "utrecht", given: str = "") -> HttpResponse:
    """Sign in all the way."""
    answer = client.get(at_provider(begun(client, key, given), name).removeprefix("http://testserver"))
    assert isinstance(answer, HttpResponse)
    return answer


def account(name: str, *linked: str) -> None:
    """Make an account that is the person of its name at some providers."""
    account_keeping.add_account(name=name, role="municipality", place="GM0344")
    for key in linked:
        account_keeping.link_account(name=name, provider=key, subject=f"subject-of-{name}")


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def code_of(answer: HttpResponseBase) -> str:
    text = answer.getvalue().decode() if isinstance(answer, HttpResponse) else ""
    return text.split("<code>")[1].split("</code>")[0] if "<code>" in text else ""


def test_who_is_linked_signs_in_at_each_of_two_providers(providers: dict[str, Served]) -> None:
    account("anna", "utrecht", "zundert")
    for key in KEYS:
        client = Client()
        assert f"Gemeente {key.title()}" in client.get("/aanmelden/").content.decode()
        asked = parse_qs(urlsplit(begun(client, key)).query)
        assert asked["code_challenge_method"] == ["S256"]
        assert asked["acr_values"] == ["urn:example:strong"]
        assert asked["redirect_uri"] == [f"http://testserver/aanmelden/bij/{key}/terug/"]
        assert {"state", "nonce", "code_challenge"} <= set(asked)
        answer = signed_in(client, "anna", key, "?volgende=/werk/")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/werk/")
        assert client.get("/werk/").status_code == 200
        assert not OpenSessionRow.objects.latest("id").with_second_factor
        left = client.post("/afmelden/").content.decode()
        assert f'href="{providers[key].issuer}/logout/?id_token_hint=' in left
        assert not is_in(client)
    lines = JournalRow.objects.filter(action="link-provider").order_by("id")
    assert list(lines.values_list("after__provider", flat=True)) == list(KEYS)


def test_signing_out_at_the_provider_ends_its_session_and_comes_back() -> None:
    account("anna", "utrecht")
    client = Client()
    browser = build_opener(HTTPCookieProcessor(CookieJar()), Stay())
    address = begun(client)
    root = f"http://{urlsplit(address).netloc}"
    form = urlencode({"name": "anna", "password": PASSWORD}).encode()
    browser.open(f"{root}/sign-in/", form).close()
    client.get(moved(browser, address).removeprefix("http://testserver"))
    page = client.post("/afmelden/").content.decode()
    link = page.split(f'href="{root}')[1].split('"')[0].replace("&amp;", "&")
    assert moved(browser, root + link) == "http://testserver/"
    assert "/login/" in moved(browser, address), "it asks to sign in again"


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("wrong-issuer", "iss"),
        ("wrong-audience", "aud"),
        ("two-audiences", "azp"),
        ("wrong-party", "azp"),
        ("expired", "exp"),
        ("of-tomorrow", "iat"),
        ("no-expiry", "exp"),
        ("wrong-nonce", "nonce"),
        ("no-nonce", "nonce"),
        ("no-subject", "sub"),
        ("wrong-token-digest", "at_hash"),
        ("unsigned", "signature"),
        ("shared-secret", "signature"),
        ("other-key", "signature"),
    ],
)
def test_what_a_provider_says_falsely_lets_nobody_in(name: str, what: str) -> None:
    account(name, "utrecht")
    client = Client()
    answer = signed_in(client, name)
    assert (answer.status_code, code_of(answer)) == (400, "SGN-03")
    assert f"the ID token does not hold ({what})" in answer.getvalue().decode()
    assert not is_in(client)


@pytest.mark.parametrize("name", ["just-expired", "just-ahead"])
def test_clocks_may_differ_a_little(name: str) -> None:
    account(name, "utrecht")
    client = Client()
    assert signed_in(client, name).status_code == 302
    assert is_in(client)


def test_an_answer_counts_once_and_only_in_the_browser_that_asked() -> None:
    account("anna", "utrecht")
    client = Client()
    back = at_provider(begun(client), "anna").removeprefix("http://testserver")
    stolen = Client()
    assert code_of(stolen.get(back)) == "SGN-01"
    begun(stolen)
    assert code_of(stolen.get(back)) == "SGN-01"
    assert client.get(back).status_code == 302
    assert code_of(client.get(back)) == "SGN-01"
    assert not is_in(stolen)


def test_a_code_of_another_session_or_used_before_is_refused() -> None:
    account("anna", "utrecht")
    account("bram", "utrecht")
    victim, thief = Client(), Client()
    code = parse_qs(urlsplit(at_provider(begun(victim), "anna")).query)["code"][0]
    state = parse_qs(urlsplit(begun(thief)).query)["state"][0]
    injected = thief.get("/aanmelden/bij/utrecht/terug/", {"code": code, "state": state})
    assert code_of(injected) == "SGN-03"
    client = Client()
    back = at_provider(begun(client), "bram")
    used = parse_qs(urlsplit(back).query)["code"][0]
    assert client.get(back.removeprefix("http://testserver")).status_code == 302
    state = parse_qs(urlsplit(begun(thief)).query)["state"][0]
    assert code_of(thief.get("/aanmelden/bij/utrecht/terug/", {"code": used, "state": state})) == "SGN-03"
    assert not is_in(thief)


def test_an_answer_of_the_other_provider_is_refused(providers: dict[str, Served]) -> None:
    account("anna", "utrecht", "zundert")
    client = Client()
    back = at_provider(begun(client, "zundert"), "anna")
    query = urlsplit(back).query
    assert code_of(client.get(f"/aanmelden/bij/utrecht/terug/?{query}")) == "SGN-01"
    state = parse_qs(urlsplit(begun(client, "utrecht")).query)["state"][0]
    code = parse_qs(query)["code"][0]
    mixed = {"code": code, "state": state}
    assert code_of(client.get("/aanmelden/bij/utrecht/terug/", mixed)) == "SGN-03"
    state = parse_qs(urlsplit(begun(client, "utrecht")).query)["state"][0]
    named = {"code": code, "state": state, "iss": providers["zundert"].issuer}
    assert code_of(client.get("/aanmelden/bij/utrecht/terug/", named)) == "SGN-01"
    assert not is_in(client)


def test_a_subject_of_one_provider_is_nobody_at_the_other() -> None:
    account("anna", "utrecht")
    client = Client()
    answer = signed_in(client, "anna", "zundert")
    assert (answer.status_code, code_of(answer)) == (403, "SGN-05")
    assert "Vraag de beheerder om een uitnodiging" in answer.getvalue().decode()
    assert not is_in(client)


def test_nobody_makes_an_account_by_signing_in() -> None:
    client = Client()
    before = get_user_model().objects.count()
    assert code_of(signed_in(client, "stranger")) == "SGN-05"
    assert get_user_model().objects.count() == before
    account("bram", "utrecht")
    account_keeping.close_account(name="bram", why="left")
    assert code_of(signed_in(client, "bram")) == "SGN-05"


def test_an_invited_address_is_linked_at_the_first_sign_in_when_the_provider_verified_it() -> None:
    for name in ("anna", "unverified"):
        account(name)
        account_keeping.invite_account(name=name, email=f"{name.title()}@example.nl")
    assert code_of(signed_in(Client(), "unverified")) == "SGN-05"
    client = Client()
    assert signed_in(client, "anna").status_code == 302
    assert is_in(client)
    row = ProviderAccountRow.objects.get()
    assert (row.user.get_username(), row.subject) == ("anna", "subject-of-anna")
    assert signed_in(Client(), "anna").status_code == 302
    assert code_of(signed_in(Client(), "anna", "zundert")) == "SGN-05", "the invitation was taken up"


def test_the_link_of_an_invitation_links_whoever_opens_it_once() -> None:
    account("unverified")
    made = account_keeping.invite_account(name="unverified", email="someone@example.nl")
    secret = made.address.rstrip("/").rsplit("/", 1)[1]
    client = Client()
    page = client.get(f"/uitnodiging/{secret}/").content.decode()
    assert f"/aanmelden/bij/utrecht/?uitnodiging={secret}" in page
    assert signed_in(client, "unverified", given=f"?uitnodiging={secret}").status_code == 302
    assert is_in(client)
    assert Client().get(f"/uitnodiging/{secret}/").status_code == 404
    assert code_of(signed_in(Client(), "stranger", given=f"?uitnodiging={secret}")) == "SGN-05"
    assert secret not in str(list(JournalRow.objects.values()))


@pytest.mark.parametrize(
    ("name", "is_enough"), [("with-acr", True), ("with-amr", True), ("with-a-password", False)]
)
def test_a_second_factor_of_the_provider_counts_when_it_says_so(
    name: str, *, is_enough: bool, settings: pytest_django.Settings
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    account(name, "utrecht")
    client = Client()
    answer = signed_in(client, name)
    assert answer.headers["Location"] == ("/bureau/" if is_enough else "/account/tweede-stap/")
    assert client.get("/werk/").status_code == (200 if is_enough else 403)
    user = get_user_model().objects.get(username=name)
    TOTPDevice.objects.create(user=user, name="app", confirmed=True)
    again = signed_in(Client(), name)
    assert again.headers["Location"] == ("/bureau/" if is_enough else "/aanmelden/code/")


def test_who_stops_at_the_provider_is_told(providers: dict[str, Served]) -> None:
    del providers
    client = Client()
    state = parse_qs(urlsplit(begun(client)).query)["state"][0]
    answer = client.get("/aanmelden/bij/utrecht/terug/", {"error": "access_denied", "state": state})
    assert (answer.status_code, code_of(answer)) == (403, "SGN-02")


def test_a_provider_that_is_away_or_names_another_issuer_is_not_used(providers: dict[str, Served]) -> None:
    issuer = providers["utrecht"].issuer
    for other in ("http://127.0.0.1:9/o", f"{issuer}/", issuer.replace("127.0.0.1", "localhost")):
        with pytest.raises(SignInError, match="SGN-04"):
            oidc.begin(Provider("x", "X", other, CLIENT, SECRET), "http://testserver/")


def test_a_link_is_made_once_and_taken_away_with_its_sessions() -> None:
    account("anna", "utrecht")
    account("bram")
    for name, subject in (("anna", "another"), ("bram", "subject-of-anna")):
        with pytest.raises(EenthuisError, match="STA-01"):
            account_keeping.link_account(name=name, provider="utrecht", subject=subject)
    with pytest.raises(EenthuisError, match="INP-01"):
        account_keeping.link_account(name="bram", provider="utrecht", subject=" ")
    with pytest.raises(EenthuisError, match="ACC-02"):
        account_keeping.link_account(name="bram", provider="nowhere", subject="b")
    client = Client()
    signed_in(client, "anna")
    assert is_in(client)
    assert account_keeping.unlink_account(name="anna", provider="utrecht", why="another post")
    assert not is_in(client)
    assert not account_keeping.unlink_account(name="anna", provider="utrecht", why="again")
    assert code_of(signed_in(Client(), "anna")) == "SGN-05"


def test_an_invitation_is_taken_up_with_a_password_once() -> None:
    account("anna")
    first = account_keeping.invite_account(name="anna", email="anna@example.nl").address
    path = account_keeping.invite_account(name="anna", email="anna@example.nl").address
    first, path = (urlsplit(one).path for one in (first, path))
    assert Client().get(first).status_code == 404, "a new link takes the place of the one before"
    client, new = Client(), "a quite different secret"
    wrong = client.post(path, {"nieuw": "anna", "nogmaals": new})
    assert wrong.status_code == 400
    assert 'id="nogmaals-fout"' in wrong.content.decode()
    assert client.post(path, {"nieuw": new, "nogmaals": new}).headers["Location"] == "/bureau/"
    assert is_in(client)
    assert Client().post(path, {"nieuw": new, "nogmaals": new}).status_code == 404
    with pytest.raises(EenthuisError, match="INP-01"):
        account_keeping.invite_account(name="anna", email="anna")
