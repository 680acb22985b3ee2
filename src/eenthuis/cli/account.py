"""``eenthuis account``: make accounts, close them, and help who lost a second factor."""

from __future__ import annotations

import argparse


def register(parser: argparse.ArgumentParser) -> None:
    """Add the commands."""
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    add = commands.add_parser(
        "add",
        help="make an account",
        description="Make an account and print its first password, which is kept nowhere. Hand it over in person.",
        epilog="Example: eenthuis account add j.jansen --role municipality --place GM0344",
    )
    add.add_argument("name", metavar="NAME", help="small letters, digits, dots and dashes")
    add.add_argument("--role", required=True, metavar="ROLE", help="a role of the authority matrix")
    add.add_argument("--place", default="", metavar="CODE", help="its municipality or province")
    add.add_argument("--region", default="", metavar="REGION", help="the linking region it leads")
    add.add_argument("--association", default="", metavar="NAME", help="the housing association it works for")
    add.set_defaults(run=run_add)
    close = commands.add_parser(
        "close",
        help="let an account sign in no more",
        description="Let an account sign in no more, and end its sessions.",
        epilog="Example: eenthuis account close j.jansen --why 'left the municipality'",
    )
    reset = commands.add_parser(
        "reset-second-factor",
        help="take a lost second factor away",
        description="Take the second factor and recovery codes of an account away; it sets new ones when it signs in.",
        epilog="Example: eenthuis account reset-second-factor j.jansen --why 'lost telephone, seen in person'",
    )
    for command, run in ((close, run_close), (reset, run_reset)):
        command.add_argument("name", metavar="NAME", help="the account")
        command.add_argument("--why", required=True, metavar="TEXT", help="the reason, for the journal")
        command.set_defaults(run=run)


def run_add(options: argparse.Namespace) -> int:
    """Make an account and print its first password."""
    _ready()
    from eenthuis.services.account_keeping import add_account

    password = add_account(
        name=options.name,
        role=options.role,
        place=options.place,
        region=options.region,
        association=options.association,
    )
    print(password)
    return 0


def run_close(options: argparse.Namespace) -> int:
    """Close an account."""
    _ready()
    from eenthuis.services.account_keeping import close_account

    close_account(name=options.name, why=options.why)
    print(f"{options.name} signs in no more.")
    return 0


def run_reset(options: argparse.Namespace) -> int:
    """Take a second factor away."""
    _ready()
    from eenthuis.services.account_keeping import reset_second_factor

    had = reset_second_factor(name=options.name, why=options.why)
    print(f"{options.name} {'has no second factor any more' if had else 'had no second factor'}.")
    return 0


def _ready() -> None:
    from eenthuis.cli.django_ready import ready

    ready()
