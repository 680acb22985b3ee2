"""Lists of 100,000 households: how long the server takes for a page, whatever the filter and however deep.

    python benchmarks/lists.py [--households 100000] [--rounds 25]

A database of its own is filled once with invented households: all of them in reception with a place in one proposal,
three in ten linked, and as many again that were linked and signed off before. Every list is then asked for through
all of the program (middleware, service, SQL, template) in this process, and the middle and the slowest of twenty are
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
LINKED_OF_TEN = 3
COPY_HOUSEHOLDS = """
    insert into store_householdrow (identifier, persons, permit_on, centre_id, region, needs_accessible_home,
      hard_ties, soft_ties, joining_people, joining_visa_granted)
    select 'PE-' || lpad(n::text, 6, '0'), 1 + (n::bigint * 7919) %% 7,
      %s::date - ((n::bigint * 104729) %% 900)::int, 'OL-001',
      (array['groningen-friesland-drenthe', 'overijssel-gelderland', 'flevoland-utrecht-noord-holland',
        'zuid-holland-zeeland', 'noord-brabant-limburg'])[1 + n %% 5],
      n %% 20 = 0, '[]', '[]', 0, false
    from generate_series(1, %s) n
"""
COPY_MEMBERS = """
    insert into store_memberrow (household_id, birth_year, sex, is_adult)
    select h.identifier, 1980 + place, 'x', place < 2 from store_householdrow h, generate_series(0, h.persons - 1) place
"""
COPY_PROPOSED = """
    insert into store_proposedlinkrow (proposal_id, household, persons, municipality, score, reasons, alternatives)
    select %s, h.identifier, h.persons, (%s::text[])[1 + (row_number() over (order by h.identifier)) %% %s], 1.0,
      '[{"code": "soft:region", "points": 0.5, "values": {}}]', '[]'
    from store_householdrow h
"""
COPY_LINKS = """
    insert into store_linkrow (household, step, kind, municipality, half_year, persons, "on", reasons, why, proposal_id,
      decided_by, decided_at)
    select p.household, 1, 'linked', p.municipality, '2026-I', p.persons, %s::date - (p.id %% 120)::int, p.reasons, '',
      case when p.id %% 4 > 0 then p.proposal_id end, 'coa', now()
    from store_proposedlinkrow p where p.id %% 10 < %s
"""
COPY_PAST = """
    insert into store_linkrow (household, step, kind, municipality, half_year, persons, "on", reasons, why, decided_by,
      decided_at)
    select 'PV-' || lpad(n::text, 6, '0'), 1, 'linked', (%s::text[])[1 + n %% %s], '2025-I', 1 + n %% 5,
      date '2025-01-01' + (n %% 180)::int, '[]', '', 'coa', now()
    from generate_series(1, %s) n
"""
COPY_SIGN_OFFS = """
    insert into store_signoffrow (household, step, kind, link_id, municipality, half_year, persons, "on", why,
      decided_by, decided_at)
    select l.household, 1, 'signed-off', l.id, l.municipality, '2025-II', l.persons, l."on" + 100, '', 'coa', now()
    from store_linkrow l where l.household like 'PV-%%'
"""
ASKED = {
    "open work": "/werk/",
    "open work, late": "/werk/?termijn=late",
    "open work, the next two weeks": "/werk/?termijn=soon",
    "open work, linked by me": "/werk/?van=mine",
    "open work, one region": "/werk/?regio=zuid-holland-zeeland",
    "open work, one municipality": "/werk/?gemeente=GM0344",
    "open work, households of six and more": "/werk/?grootte=6-7",
    "open work, deep in": "/werk/?na=2025-06-01/PE-050000",
    "open work, one number": "/werk/?zoek=PE-050000",
    "proposal": "/koppelen/",
    "proposal, deep in": "/koppelen/?na=2024-12-01/PE-050000",
    "proposal, one municipality": "/koppelen/?gemeente=GM0344",
    "proposal, one province": "/koppelen/?provincie=PV26",
    "proposal, one region": "/koppelen/?regio=zuid-holland-zeeland",
    "proposal, confirmed": "/koppelen/?stand=confirmed",
    "proposal, by number": "/koppelen/?zoek=05000",
    "proposal, largest first": "/koppelen/?volgorde=-persons&stand=",
    "search, one household": "/zoeken/?vraag=PE-050000",
    "search, none": "/zoeken/?vraag=PE-999999",
    "desk of COA": "/bureau/",
}


def fill(households: int) -> None:
    """Make the tables and fill them."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from eenthuis import reference
    from eenthuis.services.demonstration import ACCOUNTS, MINISTRY
    from eenthuis.services.targets import announce
    from eenthuis.store import accounts, bulk, people, proposals
    from eenthuis.terms.half_year import HalfYear
    from eenthuis.terms.linking import Goal, LinkingProposal, ProofSummary
    from eenthuis.terms.people import CentreCode, ReceptionCentre

    call_command("migrate", verbosity=0)
    if bulk.anybody():
        return
    half_year = HalfYear(2026, 1)
    codes = [str(place.code) for place in reference.municipalities(TODAY)]
    for announcement in reference.announcements(half_year):
        announce(actor=MINISTRY, announcement=announcement, today=TODAY)
    with transaction.atomic(), connection.cursor() as cursor:
        for who in ACCOUNTS:
            accounts.save_account(who, "of-the-benchmark-only")
        people.save_centres(
            [ReceptionCentre(CentreCode("OL-001"), "Voorbeeld", reference.municipality("GM0344").code, 300)]
        )
        cursor.execute(COPY_HOUSEHOLDS, [TODAY, households])
        cursor.execute(COPY_MEMBERS)
        proof = ProofSummary(
            Goal.HOUSED_THEN_SCORE, 1.0, 1.0, 0.0, households, households, households, households, 1.0, 1
        )
        number = proposals.save_proposal(
            LinkingProposal(as_of=TODAY, links=(), proof=proof, prices={}), half_year=half_year, made_by="coa"
        )
        cursor.execute(COPY_PROPOSED, [number, codes, len(codes)])
        cursor.execute(COPY_LINKS, [TODAY, LINKED_OF_TEN])
        cursor.execute(COPY_PAST, [codes, len(codes), households * LINKED_OF_TEN // 10])
        cursor.execute(COPY_SIGN_OFFS)
    bulk.analyse()


def measure(rounds: int) -> list[tuple[str, float, float, int]]:
    """Return name, middle and slowest of twenty in milliseconds, and bytes, of every list."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    client.force_login(
        get_user_model().objects.get(username="coa"), "django.contrib.auth.backends.ModelBackend"
    )
    found = []
    for name, address in ASKED.items():
        size = len(client.get(address).content)
        times = []
        for _ in range(rounds):
            began = time.perf_counter()
            answer = client.get(address)
            times.append((time.perf_counter() - began) * 1000)
            if answer.status_code not in {200, 302}:
                raise SystemExit(f"{address} answered {answer.status_code}")
        cuts = statistics.quantiles(times, n=20, method="inclusive")
        found.append((name, statistics.median(times), cuts[-1], size))
    return found


def main() -> int:
    """Fill, measure and print; 1 when a list takes longer than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=25)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lists-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("EENTHUIS_HOME", folder)
        os.environ["EENTHUIS_TESTING"] = "1"
        os.environ["EENTHUIS_TODAY"] = TODAY.isoformat()
        from eenthuis.cli.django_ready import ready
        from eenthuis.connect import postgres

        postgres.start()
        ready()
        began = time.perf_counter()
        fill(asked.households)
        print(f"filled {asked.households} households in {time.perf_counter() - began:.0f} s")
        slow = 0
        print(f"{'list':40} {'p50 ms':>8} {'p95 ms':>8} {'kB':>6}")
        for name, middle, worst, size in measure(asked.rounds):
            slow += worst > LIMIT_MS
            print(f"{name:40} {middle:8.1f} {worst:8.1f} {size / 1000:6.0f}")
        print(f"{slow} lists above {LIMIT_MS:.0f} ms at p95")
    return int(bool(slow))


if __name__ == "__main__":
    raise SystemExit(main())
