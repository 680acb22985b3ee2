"""Where events may go: public addresses, whatever they are called, and nowhere inside."""

from __future__ import annotations

import ipaddress
import socket

import pytest
from receivers import event_server

from eenthuis.connect.webhooks import Arrived, NotArrived, check_address, may_reach, post
from eenthuis.terms.errors import InputError

HERE = (ipaddress.ip_network("127.0.0.0/8"),)


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/",
        "https://10.0.0.1/",
        "https://192.168.1.1/x",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[fd00::1]/",
        "https://[fe80::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::10.0.0.1]/",
        "https://[2002:7f00:1::]/",
        "https://0.0.0.0/",
        "https://100.64.0.1/",
        "https://224.0.0.1/",
        "https://255.255.255.255/",
        "http://example.nl/",
        "ftp://example.nl/",
        "file:///etc/passwd",
        "gopher://example.nl/",
        "https://",
        "https://user:word@example.nl/",
        "https://example.nl/#x",
        "https://example.nl:0/",
        "https://example.nl:99999/",
        "https://example.nl/a b",
        "https://example.nl/\r\nHost: x",
        "//example.nl",
        "",
    ],
)
def test_an_address_that_is_not_public_or_not_safe_is_refused(address: str) -> None:
    with pytest.raises(InputError, match="INP-01"):
        check_address(address, ())
    assert isinstance(post(address, b"{}", {}, ()), NotArrived)


@pytest.mark.parametrize(
    "address", ["https://example.nl/hook?x=1", "https://8.8.8.8:8443/", "https://[2a00::1]/"]
)
def test_a_public_address_is_taken(address: str) -> None:
    assert check_address(address, ()).scheme == "https"


@pytest.mark.parametrize("host", ["localhost", "0x7f000001", "2130706433", "017700000001", "127.1"])
def test_a_name_that_leads_inside_is_refused_when_it_is_sent(host: str) -> None:
    """The ways to write this machine that resolvers know; none may reach the server that stands there."""
    with event_server() as taken:
        port = taken.address.split(":")[2].split("/")[0]
        outcome = post(f"https://{host}:{port}/", b"{}", {}, ())
        assert isinstance(outcome, NotArrived)
        assert outcome.problem in {"address refused", "name not found"}
        assert taken.events == []


def test_one_inside_address_among_many_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert post("https://example.nl/", b"{}", {}, ()) == NotArrived("address refused")


def test_what_the_administrator_allows_is_reached_and_a_redirect_is_not_followed() -> None:
    with event_server(200, 302, 500) as taken:
        assert post(taken.address, b"one", {"X": "y"}, HERE) == Arrived(200)
        assert post(taken.address, b"two", {}, HERE) == NotArrived("HTTP 302")
        assert post(taken.address, b"three", {}, HERE) == NotArrived("HTTP 500")
        assert [body for _, body in taken.events] == [b"one", b"two", b"three"]
        assert taken.events[0][0]["X"] == "y"
        assert post(taken.address, b"four", {}, ()) == NotArrived("address refused")
    assert isinstance(post(taken.address, b"five", {}, HERE), NotArrived)


def test_a_server_that_speaks_no_tls_is_told_apart() -> None:
    with event_server() as taken:
        outcome = post(taken.address.replace("http:", "https:"), b"{}", {}, HERE)
    assert isinstance(outcome, NotArrived)
    assert outcome.problem in {"certificate or TLS refused", "no connection (ConnectionResetError)"}


def test_public_and_allowed_addresses_are_told_from_the_rest() -> None:
    assert may_reach(ipaddress.ip_address("8.8.8.8"), ())
    assert may_reach(ipaddress.ip_address("::ffff:127.0.0.1"), HERE)
