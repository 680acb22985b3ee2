"""A row in every table of reception places, for tests of the tables."""

from __future__ import annotations

from small_country import TODAY, UTRECHT

from eenthuis.store import reception_models as models
from eenthuis.store.models import ReceiptRow

TABLES = (
    "sesscoresrow",
    "receptionneedrow",
    "receptionsharesrow",
    "placeofferrow",
    "placeswaprow",
    "placeswapsteprow",
    "receptionsiterow",
    "allocationadvicerow",
    "allocationrow",
    "allocationsteprow",
)
PROVINCE = "PV26"


def fill_reception() -> None:
    """Put a row into every table of reception places."""
    by = {"decided_by": "example"}
    receipt = ReceiptRow.objects.create(number="RECEPTION001", action="example", as_of=TODAY, document={})
    scores = models.SesScoresRow.objects.create(
        year=2023, scores={}, source="example", is_invented=True, **by
    )
    need = models.ReceptionNeedRow.objects.create(
        year=2026, places=1, announced_on=TODAY, source="example", is_invented=True, **by
    )
    models.ReceptionSharesRow.objects.create(
        year=2026, need=need, scores=scores, as_of=TODAY, receipt=receipt, places={}, is_invented=True, **by
    )
    models.PlaceOfferRow.objects.create(
        offer="O-0000001",
        step=1,
        kind="added",
        year=2026,
        municipality=UTRECHT,
        place_kind="regular",
        places=1,
        is_durable=False,
        for_minors=False,
        first_day=TODAY,
        **by,
    )
    _fill_table_and_register()


def _fill_table_and_register() -> None:
    by = {"decided_by": "example"}
    receipt = ReceiptRow.objects.get(number="RECEPTION001")
    swap = models.PlaceSwapRow.objects.create(
        year=2026, province=PROVINCE, changes={}, place_kind="regular", is_durable=False, note="example"
    )
    models.PlaceSwapStepRow.objects.create(swap=swap, kind="put-forward", party=UTRECHT, on=TODAY, **by)
    models.ReceptionSiteRow.objects.create(
        site="S-0000001",
        step=1,
        kind="opened",
        municipality=UTRECHT,
        name="example",
        place_kind="regular",
        form="regular",
        for_minors=False,
        is_durable=False,
        spans=[[TODAY.isoformat(), None, 1]],
        decided_on=TODAY,
        **by,
    )
    models.AllocationAdviceRow.objects.create(
        year=2026, province=PROVINCE, kind="drafted", aim="spread", places={}, short=0, on=TODAY, **by
    )
    decision = models.AllocationRow.objects.create(
        number="ABCD-EFGH-2345",
        year=2026,
        province=PROVINCE,
        places={},
        subject="example",
        parts=[],
        first_day=TODAY,
        last_day=TODAY,
        written_on=TODAY,
        receipt=receipt,
        pdf=b"example",
        docx=b"example",
    )
    models.AllocationStepRow.objects.create(allocation=decision, kind="put-forward", on=TODAY, **by)
