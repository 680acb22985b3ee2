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
    _register_sign_in(commands)
    _register_seal(commands)
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


def _register_sign_in(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    invite = commands.add_parser(
        "invite",
        help="invite somebody to an account",
        description="Print a link that lets somebody into an account once, with a password or at their own provider.",
        epilog="Example: eenthuis account invite j.jansen --email j.jansen@gemeente.example",
    )
    invite.add_argument("--email", required=True, metavar="ADDRESS", help="who is invited")
    link = commands.add_parser(
        "link",
        help="link an account to somebody at a sign-in provider",
        description="Link an account to somebody at a sign-in provider, by what the provider calls them.",
        epilog="Example: eenthuis account link j.jansen --provider utrecht --subject 248289761001",
    )
    link.add_argument(
        "--subject", required=True, metavar="TEXT", help="the value of the provider's account claim"
    )
    unlink = commands.add_parser(
        "unlink",
        help="take the link with a sign-in provider away",
        description="Take the link of an account with a sign-in provider away, and end its sessions.",
        epilog="Example: eenthuis account unlink j.jansen --provider utrecht --why 'another post'",
    )
    unlink.add_argument("--why", required=True, metavar="TEXT", help="the reason, for the journal")
    for command, run in ((invite, run_invite), (link, run_link), (unlink, run_unlink)):
        command.add_argument("name", metavar="NAME", help="the account")
        command.set_defaults(run=run)
    for command in (link, unlink):
        command.add_argument(
            "--provider", required=True, metavar="KEY", help="its key in the file of providers"
        )


def _register_seal(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    seal = commands.add_parser(
        "seal",
        help="make the account for emergencies, or seal it anew",
        description="Make the account for emergencies, or seal it anew, and print its password, for a sealed envelope. "
        "It opens once, every administrator and auditor is told, and it closes by itself.",
        epilog="Example: eenthuis account seal nood",
    )
    seal.add_argument("name", metavar="NAME", help="small letters, digits, dots and dashes")
    seal.set_defaults(run=run_seal)


def run_seal(options: argparse.Namespace) -> int:
    """Seal the account for emergencies and print its password."""
    _ready()
    from eenthuis.services.break_glass import seal_account

    print(seal_account(name=options.name))
    return 0


def run_invite(options: argparse.Namespace) -> int:
    """Invite somebody and print the link."""
    _ready()
    from eenthuis.services.account_keeping import invite_account

    print(invite_account(name=options.name, email=options.email).address)
    return 0


def run_link(options: argparse.Namespace) -> int:
    """Link an account to somebody at a provider."""
    _ready()
    from eenthuis.services.account_keeping import link_account

    link_account(name=options.name, provider=options.provider, subject=options.subject)
    print(f"{options.name} signs in at {options.provider}.")
    return 0


def run_unlink(options: argparse.Namespace) -> int:
    """Take the link with a provider away."""
    _ready()
    from eenthuis.services.account_keeping import unlink_account

    had = unlink_account(name=options.name, provider=options.provider, why=options.why)
    print(f"{options.name} {'signs in there no more' if had else 'was not linked'}.")
    return 0


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
