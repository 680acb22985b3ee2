"""The administrator's work on accounts: see, invite, change, close and help them; each with its reason in the journal.

Nobody changes their own account here, and an administrator's account changes hands only with a second administrator:
whoever could let themselves into it would be two people.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from eenthuis.connect.clock import today
from eenthuis.law import law_book
from eenthuis.services import account_keeping
from eenthuis.services.access import is_other, person, require
from eenthuis.services.account_keeping import AccountWanted, told_of
from eenthuis.services.inviting import Invitation, checked_email, make_invitation
from eenthuis.services.notices import tell
from eenthuis.services.provider_sign_in import ProviderLine, every_provider, label_of
from eenthuis.store import account_lists, accounts, grants, journal, sign_ins
from eenthuis.store.account_lists import STATES, AccountFilter, ListedAccount
from eenthuis.store.grants import OpenGrant
from eenthuis.store.invitations import OpenInvitation
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.terms.notices import Addressee, NoticeKind

ACCOUNTS_A_PAGE = 50
__all__ = ["STATES", "AccountFilter", "AccountWanted"]


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """A page of accounts by name; ``grants`` wait for a second administrator."""

    accounts: tuple[ListedAccount, ...]
    count: int
    page: int
    pages: int
    chosen: AccountFilter
    grants: tuple[OpenGrant, ...]


@dataclass(frozen=True, slots=True)
class AccountView:
    """One account; ``may_help`` says whether it may be invited, reset or linked from these pages.

    ``minutes_open`` is how long the account for emergencies stays open; the law book holds it as an assumption.
    """

    listed: ListedAccount
    sessions: int
    linked: tuple[str, ...]
    providers: tuple[ProviderLine, ...]
    invitation: OpenInvitation | None
    is_own: bool
    may_help: bool
    is_asked: bool
    minutes_open: int


def read_accounts(*, actor: Actor, chosen: AccountFilter, page: int = 1) -> AccountsPage:
    """Return a page of the accounts that match; parts of the filter that are unknown are left out.

    Raises
    ------
    AccessError
        ACC-01 for everybody but the administrator.
    """
    require(actor, "manage-accounts")
    chosen = AccountFilter(
        chosen.search.strip().lower(),
        chosen.role if chosen.role in set(Role) else "",
        chosen.state if chosen.state in STATES else "",
    )
    found, count = account_lists.listed(chosen, first=(page - 1) * ACCOUNTS_A_PAGE, most=ACCOUNTS_A_PAGE)
    pages = max(1, -(-count // ACCOUNTS_A_PAGE))
    if page > pages:
        return read_accounts(actor=actor, chosen=chosen, page=pages)
    return AccountsPage(found, count, page, pages, chosen, grants.open_grants())


def read_account(*, actor: Actor, name: str) -> AccountView:
    """Return everything the administrator sees of an account.

    Raises
    ------
    AccessError
        ACC-01 for everybody but the administrator; ACC-02 when there is no such account.
    """
    require(actor, "manage-accounts")
    found = _found(name)
    return AccountView(
        listed=found.listed,
        sessions=found.sessions,
        linked=tuple(label_of(issuer) for issuer in found.issuers),
        providers=every_provider(),
        invitation=found.invitation,
        is_own=name in {actor.name, actor.hand},
        may_help=_may_help(actor, found.listed.who),
        is_asked=grants.is_asked(name),
        minutes_open=law_book().break_glass(today()).minutes,
    )


def invite(*, actor: Actor, wanted: AccountWanted, email: str, why: str) -> Invitation | None:
    """Make an account and invite its owner; None when its role waits for a second administrator first.

    Raises
    ------
    AccessError
        ACC-01 for everybody but the administrator.
    InputError
        INP-01 or INP-04 for what cannot be or is missing.
    ReferenceFactError
        REF-01 for a place that is none.
    StateError
        STA-01 when there is, or waits, such an account already.
    """
    require(actor, "manage-accounts")
    email, who = checked_email(email), account_keeping.checked(wanted)
    with transaction.atomic():
        journal.lock_subject(f"account {wanted.name}")
        if accounts.user_id(wanted.name) is not None or grants.is_asked(wanted.name):
            raise StateError("STA-01", "there is such an account already", remedy="Choose another name.")
        if who.role is Role.ADMINISTRATOR:
            _ask(actor, wanted.name, email, why)
            return None
        return _made(actor, who, email)


def invite_again(*, actor: Actor, name: str, email: str) -> Invitation:
    """Invite the owner of an account anew; an earlier link counts no more.

    Raises
    ------
    AccessError
        ACC-01, ACC-02 or ACC-03.
    InputError
        INP-01 when the address is none.
    """
    require(actor, "manage-accounts")
    with transaction.atomic():
        return make_invitation(_helped(actor, name), name, email, actor)


def change_role(*, actor: Actor, wanted: AccountWanted, why: str) -> bool:
    """Give an account another role or place and end its sessions; False when that waits for a second administrator.

    Raises
    ------
    AccessError
        ACC-01, ACC-02, or ACC-03 for one's own account and for the last administrator.
    InputError
        INP-01 or INP-04 for what cannot be or is missing.
    StateError
        STA-01 when the role of administrator waits for this account already.
    """
    require(actor, "manage-accounts")
    reason, who = _reason(why), account_keeping.checked(wanted)
    with transaction.atomic():
        journal.lock_subject(f"account {wanted.name}")
        found = _anothers(actor, wanted.name)
        was = found.listed.who
        if who.role is Role.ADMINISTRATOR and was.role is not Role.ADMINISTRATOR:
            if grants.is_asked(wanted.name):
                raise StateError("STA-01", "this waits already", remedy="Let another administrator decide.")
            _ask(actor, wanted.name, "", reason)
            return False
        if was.role is Role.ADMINISTRATOR:
            _not_the_last()
        accounts.set_role(who)
        sign_ins.end(found.user_id)
        before, after = told_of(was), told_of(who)
        journal.write(actor, "change-account", f"account {who.name}", before=before, after=after, why=reason)
    return True


def close(*, actor: Actor, name: str, why: str) -> None:
    """Let an account sign in no more and end its sessions.

    Raises
    ------
    AccessError
        ACC-01, ACC-02, or ACC-03 for one's own account and for the last administrator.
    InputError
        INP-04 without a reason.
    """
    require(actor, "manage-accounts")
    with transaction.atomic():
        if _anothers(actor, name).listed.who.role is Role.ADMINISTRATOR:
            _not_the_last()
        account_keeping.close_account(name=name, why=_reason(why), by=actor)


def reopen(*, actor: Actor, name: str, why: str) -> None:
    """Let an account that was closed sign in again.

    Raises
    ------
    AccessError
        ACC-01, ACC-02, or ACC-03 for an administrator's account.
    InputError
        INP-04 without a reason.
    """
    require(actor, "manage-accounts")
    reason = _reason(why)
    with transaction.atomic():
        accounts.reopen(_helped(actor, name))
        before, after = {"open": False}, {"open": True}
        journal.write(actor, "reopen-account", f"account {name}", before=before, after=after, why=reason)


def reset(*, actor: Actor, name: str, why: str) -> bool:
    """Take a lost second factor away and end the sessions of an account; False when it had none.

    Raises
    ------
    AccessError
        ACC-01, ACC-02 or ACC-03.
    InputError
        INP-04 without a reason.
    """
    require(actor, "manage-accounts")
    with transaction.atomic():
        _helped(actor, name)
        return account_keeping.reset_second_factor(name=name, why=_reason(why), by=actor)


def end_all_sessions(*, actor: Actor, name: str, why: str) -> int:
    """Sign an account out everywhere; return from how many sessions.

    Raises
    ------
    AccessError
        ACC-01, ACC-02, or ACC-03 for one's own account.
    InputError
        INP-04 without a reason.
    """
    require(actor, "manage-accounts")
    reason = _reason(why)
    with transaction.atomic():
        ended = sign_ins.end(_anothers(actor, name).user_id)
        before, after = {"sessions": ended}, {"sessions": 0}
        journal.write(actor, "end-session", f"account {name}", before=before, after=after, why=reason)
    return ended


def link(*, actor: Actor, name: str, provider: str, subject: str) -> None:
    """Link an account to somebody at a sign-in provider.

    Raises
    ------
    AccessError
        ACC-01, ACC-02 or ACC-03.
    InputError
        INP-01 when the subject cannot be.
    StateError
        STA-01 when one of the two is linked there already.
    """
    require(actor, "manage-accounts")
    with transaction.atomic():
        _helped(actor, name)
        account_keeping.link_account(name=name, provider=provider, subject=subject, by=actor)


def unlink(*, actor: Actor, name: str, provider: str, why: str) -> bool:
    """Take the link of an account with a provider away and end its sessions; False when there was none.

    Raises
    ------
    AccessError
        ACC-01, ACC-02, or ACC-03 for one's own account.
    InputError
        INP-04 without a reason.
    """
    require(actor, "manage-accounts")
    with transaction.atomic():
        _anothers(actor, name)
        return account_keeping.unlink_account(name=name, provider=provider, why=why, by=actor)


def decide_grant(*, actor: Actor, number: int, is_granted: bool) -> Invitation | None:
    """Decide on the role of administrator that another asked; a new account gets its invitation now.

    Who asked may take it back, and not grant it.

    Raises
    ------
    AccessError
        ACC-01; ACC-02 when nothing waits under this number; ACC-03 for who asked, and for whose account it is.
    """
    require(actor, "manage-accounts")
    with transaction.atomic():
        asked = grants.open_grant(number)
        if asked is None:
            raise AccessError("ACC-02", "nothing waits under this number", remedy="Reload the page.")
        if is_granted and not is_other(actor, asked.asked_by, asked.name):
            raise _second("the role of administrator is granted by another than who asked it or gets it")
        grants.decide(number, is_granted=is_granted, decided_by=person(actor))
        told = {"asked_by": asked.asked_by}
        action = "grant-administrator" if is_granted else "refuse-administrator"
        journal.write(actor, action, f"account {asked.name}", after=told, why=asked.why)
        return _granted(actor, asked) if is_granted else None


def _granted(actor: Actor, asked: OpenGrant) -> Invitation | None:
    who = Actor(asked.name, Role.ADMINISTRATOR)
    found = account_lists.page_of(asked.name)
    if found is None:
        return _made(actor, who, asked.email)
    accounts.set_role(who)
    sign_ins.end(found.user_id)
    before, after = told_of(found.listed.who), told_of(who)
    journal.write(actor, "change-account", f"account {who.name}", before=before, after=after, why=asked.why)
    return None


def _made(actor: Actor, who: Actor, email: str) -> Invitation:
    accounts.save_account(who, None)
    journal.write(actor, "add-account", f"account {who.name}", after=told_of(who))
    key = accounts.user_id(who.name)
    if key is None:
        msg = "the account was made in this transaction"
        raise RuntimeError(msg)
    return make_invitation(key, who.name, email, actor)


def _ask(actor: Actor, name: str, email: str, why: str) -> None:
    number = grants.ask(name, email, _reason(why), asked_by=person(actor))
    journal.write(actor, "ask-administrator", f"account {name}", why=why.strip())
    tell(
        kind=NoticeKind.ADMINISTRATOR_ASKED,
        to=Addressee(Role.ADMINISTRATOR),
        reference=f"grant:{number}",
        today=today(),
    )


def _found(name: str) -> account_lists.AccountPage:
    found = account_lists.page_of(name)
    if found is None:
        raise AccessError("ACC-02", "no account by that name", remedy="Check the name.")
    return found


def _anothers(actor: Actor, name: str) -> account_lists.AccountPage:
    """Return an account that is not one's own."""
    if name in {actor.name, actor.hand}:
        raise _second("nobody changes their own account here")
    return _found(name)


def _helped(actor: Actor, name: str) -> int:
    """Return the key of an account whose owner may be let in anew from these pages."""
    found = _anothers(actor, name)
    if not _may_help(actor, found.listed.who):
        raise _second(
            "an administrator is let in anew on the machine itself, or by the account for emergencies"
        )
    return found.user_id


def _may_help(actor: Actor, who: Actor) -> bool:
    return who.role is not Role.ADMINISTRATOR or (
        accounts.is_sealed(actor.name) and not accounts.is_sealed(who.name)
    )


def _not_the_last() -> None:
    if account_lists.open_administrators() <= 1:
        raise _second("this is the last administrator")


def _second(found: str) -> AccessError:
    return AccessError("ACC-03", found, remedy="Ask another administrator.")


def _reason(why: str) -> str:
    if not why.strip():
        raise InputError("INP-04", "a reason is missing", remedy="Say why.")
    return why.strip()
