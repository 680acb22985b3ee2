"""Pages about residence documents with 20,000 people who wait: how long the server takes for each.

    python benchmarks/lists_documents.py [--people 20000] [--rounds 15]

A database of its own is filled once with invented people in sixty centres, each with a document that waits, one in
eight of whom lacks something, and one in ten of whom was handed a document before. Every page is asked for through
all of the program (middleware, service, SQL, template) in this process; the middle and the slowest of twenty are
printed in milliseconds. With EENTHUIS_HOME set, the filled database stays there for a next time.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from datetime import date

TODAY = date(2026, 3, 3)
LIMIT_MS = 200.0
CENTRES = 60
ASKED = {
    "desk of the IND": ("ind", "/bureau/"),
    "desk of COA": ("coa", "/bureau/"),
    "overview": ("ind", "/documenten/"),
    "list of who cannot yet": ("ind", "/documenten/lijst/"),
    "list, one reason, second page": ("ind", "/documenten/lijst/?waarom=photo-too-old&pagina=2"),
    "list of who waits": ("ind", "/documenten/lijst/?soort=wacht"),
    "sessions": ("ind", "/documenten/uitgiftedagen/"),
    "plans": ("ind", "/documenten/plannen/"),
}
COPY_HOUSEHOLDS = """
    insert into store_householdrow (identifier, persons, permit_on, centre_id, region, needs_accessible_home,
      hard_ties, soft_ties, joining_people, joining_visa_granted)
    select 'PE-' || lpad(n::text, 6, '0'), 1, %s::date - ((n * 104729::bigint) %% 300)::int,
      'OL-' || lpad((1 + n %% %s)::text, 3, '0'), 'flevoland-utrecht-noord-holland', false, '[]', '[]', 0, false
    from generate_series(1, %s) n
"""
COPY_MEMBERS = """
    insert into store_memberrow (household_id, birth_year, sex, is_adult)
    select h.identifier, 1990, 'x', true from store_householdrow h
"""
COPY_DOCUMENTS = """
    insert into store_residencedocumentrow (number, step, kind, state, household, centre, ready_on, born_on, photo_on,
      fingerprints_on, has_register_number, has_address, no_shows, session_centre, session_on, slot, "on", why,
      given_by, checked_by, decided_by, decided_at)
    select 'D-' || lpad(n::text, 7, '0'), 1, 'signalled', 'waiting', h.identifier, h.centre_id,
      %(today)s::date - (n %% 60)::int + case when n %% 40 = 0 then 90 else 0 end,
      %(today)s::date - (1200 + (n * 7919::bigint) %% 20000)::int,
      case when n %% 17 = 0 then null else %(today)s::date - (60 + (n * 31) %% 200)::int end,
      case when n %% 19 = 0 then null else %(today)s::date - (60 + (n * 31) %% 200)::int end,
      n %% 23 > 0, n %% 29 > 0, 0, '', null, null, %(today)s::date - 40, '', '', '', 'ind', now()
    from (select *, row_number() over (order by identifier) n from store_householdrow) h
"""
COPY_HANDED_OUT = """
    insert into store_residencedocumentrow (number, step, kind, state, household, centre, ready_on, born_on, photo_on,
      fingerprints_on, has_register_number, has_address, no_shows, session_centre, session_on, slot, "on", why,
      given_by, checked_by, decided_by, decided_at)
    select 'E-' || lpad(d.id::text, 7, '0'), 1, 'handed-out', 'handed-out', d.household, d.centre, d.ready_on,
      d.born_on, d.photo_on, d.fingerprints_on, true, true, 0, d.centre, %(today)s::date - 300, (d.id %% 60)::int,
      %(today)s::date - 300, '', 'ind', 'ind-2', 'ind-2', now()
    from store_residencedocumentrow d where d.id %% 10 = 0
"""


def fill(people: int) -> None:
    """Make the tables and fill them."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from eenthuis import reference
    from eenthuis.services.demonstration import ACCOUNTS, MINISTRY
    from eenthuis.services.targets import announce
    from eenthuis.store import accounts, bulk
    from eenthuis.store import people as stored
    from eenthuis.terms.half_year import HalfYear
    from eenthuis.terms.people import CentreCode, ReceptionCentre

    call_command("migrate", verbosity=0)
    if bulk.anybody():
        return
    for announcement in reference.announcements(HalfYear(2026, 1)):
        announce(actor=MINISTRY, announcement=announcement, today=TODAY)
    places = [one.code for one in reference.municipalities(TODAY)][:: 342 // CENTRES][:CENTRES]
    with transaction.atomic(), connection.cursor() as cursor:
        for who in ACCOUNTS:
            accounts.save_account(who, "of-the-benchmark-only")
        stored.save_centres(
            [
                ReceptionCentre(CentreCode(f"OL-{number:03d}"), f"Opvang {number}", code, 900)
                for number, code in enumerate(places, start=1)
            ]
        )
        cursor.execute(COPY_HOUSEHOLDS, [TODAY, CENTRES, people])
        cursor.execute(COPY_MEMBERS)
        cursor.execute(COPY_DOCUMENTS, {"today": TODAY})
        cursor.execute(COPY_HANDED_OUT, {"today": TODAY})
    bulk.analyse()


def measure(rounds: int) -> list[tuple[str, float, float, int]]:
    """Return name, middle and slowest of twenty in milliseconds, and bytes, of every page."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    found = []
    for name, (account, address) in ASKED.items():
        client = Client()
        client.force_login(
            get_user_model().objects.get(username=account), "django.contrib.auth.backends.ModelBackend"
        )
        size = len(client.get(address).content)
        times = []
        for _ in range(rounds):
            began = time.perf_counter()
            answer = client.get(address)
            times.append((time.perf_counter() - began) * 1000)
            if answer.status_code != 200:  # noqa: PLR2004 - a page that answers
                raise SystemExit(f"{address} answered {answer.status_code}")
        cuts = statistics.quantiles(times, n=20, method="inclusive")
        found.append((name, statistics.median(times), cuts[-1], size))
    return found


def main() -> int:
    """Fill, measure and print; 1 when a page takes longer than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=15)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lists-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("EENTHUIS_HOME", folder)
        os.environ["EENTHUIS_TESTING"] = "1"
        os.environ["EENTHUIS_TODAY"] = TODAY.isoformat()
        from eenthuis.cli.django_ready import ready
        from eenthuis.connect import postgres

        postgres.start()
        ready()
        fill(asked.people)
        slow = 0
        print(f"{'page':40} {'p50 ms':>8} {'p95 ms':>8} {'kB':>6}")
        for name, middle, worst, size in measure(asked.rounds):
            slow += worst > LIMIT_MS
            print(f"{name:40} {middle:8.1f} {worst:8.1f} {size / 1000:6.0f}")
        print(f"{slow} pages above {LIMIT_MS:.0f} ms at p95")
    return int(bool(slow))


if __name__ == "__main__":
    raise SystemExit(main())
