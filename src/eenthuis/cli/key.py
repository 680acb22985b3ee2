"""``eenthuis key``: hand out, rotate and withdraw API keys."""

from __future__ import annotations

import argparse
import getpass
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from eenthuis.cli.arguments import day
from eenthuis.cli.output import add_format, write_rows
from eenthuis.connect.clock import today
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import InputError, Location

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no public name
    from eenthuis.services.api_keys import KeyLine, NewKey

DAYS = 365
COLUMNS = (
    "prefix",
    "name",
    "role",
    "municipality",
    "province",
    "association",
    "scopes",
    "last_day",
    "last_used_on",
    "state",
    "contact_name",
    "contact_email",
)


def register(parser: argparse.ArgumentParser) -> None:
    """Add the four commands."""
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    create = commands.add_parser(
        "create",
        help="hand out a key and show its secret once",
        description="Hand out a key. Its secret is shown this once and is kept nowhere.",
        epilog="Example: eenthuis key create --name 'Koppeling zaaksysteem' --role municipality --municipality GM0344 "
        "--scope see-linked-household --contact-name 'A. Voorbeeld' --contact-email a.voorbeeld@gemeente.example",
    )
    create.add_argument("--name", required=True, help="what the key is for")
    create.add_argument("--role", required=True, metavar="ROLE", help="role of the authority matrix")
    create.add_argument(
        "--scope",
        required=True,
        action="append",
        metavar="ACTION",
        help="action of the matrix; give it more than once",
    )
    create.add_argument(
        "--municipality", default="", metavar="CODE", help="the municipality it asks for, such as GM0344"
    )
    create.add_argument(
        "--province", default="", metavar="CODE", help="the province it asks for, such as PV26"
    )
    create.add_argument(
        "--association", default="", metavar="NAME", help="the housing association it keeps homes for"
    )
    create.add_argument("--contact-name", required=True, help="who answers for it")
    create.add_argument("--contact-email", required=True, help="where that person is reached")
    create.add_argument(
        "--last-day", metavar="DAY", help="last day on which it holds (default a year from today)"
    )
    create.set_defaults(run=run_create)
    rotate, revoke, listed = _rotate(commands), _revoke(commands), _list(commands)
    for command in (create, rotate, revoke, listed):
        command.add_argument("--demonstration", action="store_true", help="in the demonstration country")


def _rotate(commands: Commands) -> argparse.ArgumentParser:
    rotate = commands.add_parser(
        "rotate",
        help="hand out a key that follows on another",
        description="Hand out a key with the same name, contact and scopes; for two weeks both hold.",
        epilog="Example: eenthuis key rotate k3wq8znm",
    )
    rotate.add_argument("prefix", help="prefix of the key, the part between the two underscores")
    rotate.add_argument(
        "--last-day", metavar="DAY", help="last day on which it holds (default a year from today)"
    )
    rotate.set_defaults(run=run_rotate)
    return rotate


def _revoke(commands: Commands) -> argparse.ArgumentParser:
    revoke = commands.add_parser(
        "revoke",
        help="withdraw a key",
        description="Withdraw a key; it holds no longer from now on.",
        epilog="Example: eenthuis key revoke k3wq8znm --why 'left on a train'",
    )
    revoke.add_argument("prefix", help="prefix of the key")
    revoke.add_argument("--why", required=True, help="the reason, for the journal")
    revoke.set_defaults(run=run_revoke)
    return revoke


def _list(commands: Commands) -> argparse.ArgumentParser:
    listed = commands.add_parser(
        "list",
        help="list the keys",
        description="List all keys, newest first; a secret is kept nowhere.",
        epilog="Example: eenthuis key list --format csv",
    )
    add_format(listed)
    listed.set_defaults(run=run_list)
    return listed


def _administrator() -> Actor:
    """Return who acts: whoever may run commands on the server may manage its keys."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = "unknown"
    return Actor(f"command line ({name})", Role.ADMINISTRATOR)


def run_create(options: argparse.Namespace) -> int:
    """Hand out a key."""
    role = _role(options.role)
    last_day = day(options.last_day, "--last-day") if options.last_day else None
    _ready(options)
    from eenthuis.services.api_keys import KeyWanted, create_key

    wanted = KeyWanted(
        name=options.name,
        contact_name=options.contact_name,
        contact_email=options.contact_email,
        role=role,
        scopes=frozenset(options.scope),
        last_day=last_day or today() + timedelta(days=DAYS),
        municipality=options.municipality,
        province=options.province,
        association=options.association,
    )
    return _show(create_key(actor=_administrator(), wanted=wanted, today=today()))


def run_rotate(options: argparse.Namespace) -> int:
    """Hand out a key that follows on another."""
    last_day = day(options.last_day, "--last-day") if options.last_day else None
    _ready(options)
    from eenthuis.services.api_keys import rotate_key

    made = rotate_key(
        actor=_administrator(),
        prefix=options.prefix,
        last_day=last_day or today() + timedelta(days=DAYS),
        today=today(),
    )
    return _show(made)


def run_revoke(options: argparse.Namespace) -> int:
    """Withdraw a key."""
    _ready(options)
    from eenthuis.services.api_keys import withdraw_key

    withdraw_key(actor=_administrator(), prefix=options.prefix, why=options.why)
    print(f"{options.prefix} is withdrawn")
    return 0


def run_list(options: argparse.Namespace) -> int:
    """List the keys."""
    _ready(options)
    from eenthuis.services.api_keys import list_keys

    lines = list_keys(actor=_administrator(), today=today())
    write_rows([_row(line) for line in lines], form=options.format, columns=COLUMNS)
    return 0


def _ready(options: argparse.Namespace) -> None:
    from eenthuis.cli.django_ready import ready

    ready(demonstration=options.demonstration)


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError as wrong:
        raise InputError(
            "INP-01",
            "no role is called this",
            remedy=f"Choose from {', '.join(role.value for role in Role if role is not Role.PUBLIC)}.",
            location=Location(column="--role", value=text),
        ) from wrong


def _show(made: NewKey) -> int:
    """Print the secret alone on standard output, and the rest beside it."""
    print(made.secret)
    print(
        f"prefix {made.line.prefix}, holds up to and including {made.line.last_day.isoformat()}; "
        "the secret is not shown again",
        file=sys.stderr,
    )
    return 0


def _row(line: KeyLine) -> dict[str, object]:
    state = "withdrawn" if line.is_withdrawn else "valid" if line.is_valid else "expired"
    return {
        "prefix": line.prefix,
        "name": line.name,
        "role": line.role.value,
        "municipality": line.municipality,
        "province": line.province,
        "association": line.association,
        "scopes": " ".join(line.scopes),
        "last_day": line.last_day.isoformat(),
        "last_used_on": line.last_used_on.isoformat() if line.last_used_on else "",
        "state": state + (", rotated" if line.is_followed else ""),
        "contact_name": line.contact_name,
        "contact_email": line.contact_email,
    }
