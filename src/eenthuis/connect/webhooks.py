"""Sending an event to another system: signed, to an address that was checked, and never led elsewhere.

An address that somebody types must not become a way into the network the service stands in: the name is resolved here,
every address it resolves to must be public (or allowed by the administrator), and the connection goes to the very
address that was checked. Redirects are not followed.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from eenthuis.terms.errors import InputError, Location

SIGNATURE = "Eenthuis-Signature"
"""Header that carries ``t=<seconds since 1970>,v1=<HMAC-SHA256 of "<t>.<body>" in hexadecimal>``."""

SECONDS = 10
"""Longest time to connect, and longest silence while waiting for the answer."""

SUCCESSES = range(200, 300)
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Arrived:
    """The other system has taken the event in."""

    status: int


@dataclass(frozen=True, slots=True)
class NotArrived:
    """It has not, and why in a few words without anything of the answer."""

    problem: str


def signature(secret: str, body: bytes, at: int) -> str:
    """Return the value of the header that proves who sent ``body``, and when.

    Examples
    --------
    >>> signature("secret", b"{}", 1_700_000_000)[:17]
    't=1700000000,v1=9'
    """
    proof = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={proof}"


def check_address(address: str, allowed: Sequence[Network]) -> SplitResult:
    """Return the parts of an address to which events may be sent.

    Raises
    ------
    InputError
        INP-01 when it is no https address, carries a name and password, or is an address that is not public. Plain
        http is allowed for addresses that the administrator allowed.
    """
    try:
        parts = urlsplit(address)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        raise _unfit(address, "it cannot be read") from None
    if parts.scheme not in {"https", "http"} or not host or port == 0:
        raise _unfit(address, "it does not begin with https:// and a host")
    if parts.username or parts.password or parts.fragment or not address.isprintable() or " " in address:
        raise _unfit(address, "it holds a name, a password, a fragment or a space")
    literal = _literal(host)
    if literal is not None and not may_reach(literal, allowed):
        raise _unfit(address, "it is not a public address")
    if parts.scheme == "http" and not (literal is not None and _within(literal, allowed)):
        raise _unfit(address, "http is not safe; https is")
    return parts


def may_reach(ip: IPAddress, allowed: Sequence[Network]) -> bool:
    """Return whether events may go to an address: a public one, or one the administrator allowed.

    Addresses of IPv4 inside IPv6 count as what they lead to.

    Examples
    --------
    >>> may_reach(ipaddress.ip_address("::ffff:127.0.0.1"), ())
    False
    >>> may_reach(ipaddress.ip_address("10.1.2.3"), [ipaddress.ip_network("10.1.0.0/16")])
    True
    """
    real = _real(ip)
    if _within(real, allowed):
        return True
    return real.is_global and not real.is_multicast and not real.is_reserved


def post(
    address: str, body: bytes, headers: dict[str, str], allowed: Sequence[Network]
) -> Arrived | NotArrived:
    """Send ``body`` once; whatever goes wrong is an outcome, not an exception."""
    try:
        parts = check_address(address, allowed)
        ip = _resolved(parts, allowed)
    except InputError:
        return NotArrived("address refused")
    except OSError:
        return NotArrived("name not found")
    connection = _connection(parts, ip)
    try:
        target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        connection.request("POST", target, body, headers)
        status = connection.getresponse().status
    except TimeoutError:
        return NotArrived("no answer in time")
    except ssl.SSLError:
        return NotArrived("certificate or TLS refused")
    except (OSError, HTTPException, UnicodeError) as wrong:
        return NotArrived(f"no connection ({type(wrong).__name__})")
    finally:
        connection.close()
    return Arrived(status) if status in SUCCESSES else NotArrived(f"HTTP {status}")


def _resolved(parts: SplitResult, allowed: Sequence[Network]) -> IPAddress:
    """Return the first address of a host, when every one of them may be reached."""
    host, port = str(parts.hostname), parts.port or _standard_port(parts)
    found = [
        ipaddress.ip_address(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ]
    if not found or not all(may_reach(ip, allowed) for ip in found):
        raise _unfit(parts.geturl(), "it leads to an address that is not public")
    return found[0]


def _connection(parts: SplitResult, ip: IPAddress) -> HTTPConnection:
    host, port = str(parts.hostname), parts.port or _standard_port(parts)
    if parts.scheme == "https":
        return _PinnedTls(host, port, str(ip))
    return _Pinned(host, port, str(ip))


class _Pinned(HTTPConnection):
    """Connects to the address that was checked, whatever the name resolves to now."""

    def __init__(self, host: str, port: int, ip: str) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self._ip = ip

    def connect(self) -> None:
        self.sock = socket.create_connection((self._ip, self.port), SECONDS)


class _PinnedTls(HTTPSConnection):
    """The same over TLS, where the certificate must be of the name that was asked for."""

    def __init__(self, host: str, port: int, ip: str) -> None:
        self._trust = ssl.create_default_context()
        super().__init__(host, port, timeout=SECONDS, context=self._trust)
        self._ip = ip

    def connect(self) -> None:
        plain = socket.create_connection((self._ip, self.port), SECONDS)
        self.sock = self._trust.wrap_socket(plain, server_hostname=self.host)


def _standard_port(parts: SplitResult) -> int:
    return 443 if parts.scheme == "https" else 80


def _literal(host: str) -> IPAddress | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _real(ip: IPAddress) -> IPAddress:
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        return inner or ip
    return ip


def _within(ip: IPAddress, allowed: Sequence[Network]) -> bool:
    return any(ip.version == network.version and ip in network for network in allowed)


def _unfit(address: str, why: str) -> InputError:
    return InputError(
        "INP-01",
        f"events cannot be sent to this address: {why}",
        remedy="Give an https address on the public internet, or let the administrator allow the network it is in.",
        location=Location(column="address", value=address),
    )
