"""Users of the demonstration country for locust: each role on its own pages, with time to read between them.

``bench_load.py`` starts it; by hand: ``locust -f benchmarks/load_users.py --headless -u 100 -r 20 -t 30s -H ADDRESS``.
With ``EENTHUIS_BARE=1`` everybody asks for the one page of ``bare_site.py`` instead.
"""

from __future__ import annotations

import os
import random

from locust import HttpUser, between, task

BARE = os.environ.get("EENTHUIS_BARE") == "1"
THINK = between(1, 5)
"""Seconds that a user reads before asking for the next page."""
MUNICIPALITIES = ("GM0344", "GM0363", "GM0599", "GM0879", "GM0014", "GM0855", "GM0518", "GM0060")
PROVINCES = ("PV26", "PV27", "PV20", "PV30")


class Visitor(HttpUser):
    """Someone with a session of their own; signs in first when the role has an account."""

    abstract = True
    wait_time = THINK
    account = ""
    pages: tuple[str, ...] = ("/",)

    def on_start(self) -> None:
        """Sign in with one press, as the demonstration offers."""
        if not self.account or BARE:
            return
        self.client.get("/aanmelden/", name="sign in")
        token = self.client.cookies.get("csrftoken", "")
        given = {"account": self.account, "csrfmiddlewaretoken": token}
        self.client.post("/aanmelden/demonstratie/", given, name="sign in")

    @task
    def read(self) -> None:
        """Ask for one of the pages of this role."""
        if BARE:
            self.client.get("/", name="bare")
            return
        page = random.choice(self.pages)  # noqa: S311 - no secret
        place = random.choice(MUNICIPALITIES)  # noqa: S311 - no secret
        province = random.choice(PROVINCES)  # noqa: S311 - no secret
        self.client.get(page.format(place=place, province=province), name=page)


class Anyone(Visitor):
    """The public: the country, its places, the targets."""

    weight = 50
    pages = (
        "/",
        "/halfjaren/2026-I/",
        "/gemeenten/{place}/",
        "/gemeenten/",
        "/provincies/",
        "/provincies/{province}/",
    )


class Program(Visitor):
    """Programs of others, on the open API."""

    weight = 15
    pages = (
        "/api/v1/gemeenten",
        "/api/v1/taakstellingen",
        "/api/v1/voortgang",
        "/api/v1/aankondigingen",
    )


class Officer(Visitor):
    """A placement officer of COA: desk, workspace with a filter, a household, what comes over the weeks."""

    weight = 12
    account = "coa"
    pages = (
        "/bureau/",
        "/koppelen/",
        "/koppelen/?gemeente={place}",
        "/huishoudens/PE-000001/",
        "/werk/",
        "/koppelen/weken/",
    )


class OfMunicipality(Visitor):
    """A municipality: its desk, its own page, its notices and files."""

    weight = 12
    account = "gemeente-utrecht"
    pages = ("/bureau/", "/gemeenten/GM0344/", "/berichten/", "/bestanden/")


class OfProvince(Visitor):
    """A province: its desk and its municipalities."""

    weight = 5
    account = "provincie-utrecht"
    pages = ("/bureau/", "/provincies/PV26/", "/gemeenten/{place}/")


class Auditor(Visitor):
    """An auditor: the journal and a proposal."""

    weight = 6
    account = "auditor"
    pages = ("/journaal/", "/koppelen/voorstellen/1/")
