"""There is a word for every code of forecasts and official figures."""

from __future__ import annotations

from eenthuis.forecast.history import packaged_series
from eenthuis.forecast.models import NAMES
from eenthuis.forecast.scoring import Verdict
from eenthuis.rules.deviation import Origin
from eenthuis.rules.estimates import EstimateProblem
from eenthuis.services.sheet_estimates import WHYS
from eenthuis.store.deviations import ENDS, PUT_FORWARD
from eenthuis.terms.estimates import EstimateKind, Quantity
from eenthuis.web import forecast_words as words


def test_every_code_has_a_word() -> None:
    assert set(words.SERIES) == {series.name for series in packaged_series()}
    assert set(words.QUANTITIES) == set(Quantity)
    assert set(words.OFFICIAL) == {"announced", *EstimateKind}
    assert set(words.MODELS) == set(NAMES)
    assert set(words.SCORE_VERDICTS) == set(Verdict)
    assert set(words.ORIGINS) == set(Origin)
    assert set(words.DEVIATION_STATES) == {"drafted", PUT_FORWARD, *ENDS}
    assert set(words.ESTIMATE_PROBLEMS) == set(EstimateProblem) == set(WHYS)
