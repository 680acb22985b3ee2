"""The file of sign-in providers: what it must say, and that its secrets stand elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from eenthuis.connect.sign_in_providers import Provider, read_providers
from eenthuis.terms.errors import SetupError

WHOLE = """
[[provider]]
key = "utrecht"
label = "Gemeente Utrecht"
issuer = "https://login.utrecht.example/"
client_id = "eenthuis"
secret_variable = "SECRET_UTRECHT"
"""
OTHER = WHOLE.replace("utrecht", "zundert")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SECRET_UTRECHT", "of the tests")
    return tmp_path / "providers.toml"


def test_providers_are_read_with_their_secret_from_the_environment(file: Path) -> None:
    more = 'second_factor = ["mfa"]\naccount_claim = "oid"\nclock_skew = 30\nscopes = ["openid"]\n'
    file.write_text(WHOLE + OTHER + more)
    utrecht, zundert = read_providers(str(file)).values()
    assert utrecht == Provider(
        "utrecht", "Gemeente Utrecht", "https://login.utrecht.example/", "eenthuis", "of the tests"
    )
    assert (zundert.second_factor, zundert.account_claim, zundert.clock_skew, zundert.scopes) == (
        ("mfa",),
        "oid",
        30,
        ("openid",),
    )
    assert not read_providers("")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("provider = [", "cannot be read"),
        (WHOLE.replace('client_id = "eenthuis"', ""), "'utrecht' lacks client_id"),
        (WHOLE + 'secret = "x"\n', "'utrecht' has unknown secret"),
        (WHOLE.replace('key = "utrecht"', 'key = "Utrecht!"'), "small letters"),
        (WHOLE.replace("https:", "http:"), "no https address"),
        (WHOLE.replace("SECRET_UTRECHT", "SECRET_MISSING"), "not in the environment as SECRET_MISSING"),
        (WHOLE + "clock_skew = 900\n", "clock_skew"),
        (WHOLE + 'scopes = ["email"]\n', "lack openid"),
        (WHOLE + "scopes = 3\n", "scopes of 'utrecht' is not a list"),
        (WHOLE + WHOLE, "key 'utrecht' stands twice"),
        (WHOLE + WHOLE.replace('key = "utrecht"', 'key = "other"'), "issuer .* stands twice"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(file: Path, text: str, found: str) -> None:
    file.write_text(text)
    with pytest.raises(SetupError, match=f"SET-04.*{found}"):
        read_providers(str(file))


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"SET-04.*FileNotFoundError"):
        read_providers(str(tmp_path / "none.toml"))
