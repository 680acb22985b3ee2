"""The policy lab: the chain as a simulation, in which each recommendation is a lever whose effect is measured.

Permits are granted, households wait for a link, a home and a move; municipalities have targets, backlog, homes and a
ladder; thousands of futures of half-months are lived, and only quantiles and differences are kept. What a scenario
changes is looked up in :mod:`eenthuis.reference.policy`; targets are shared out and rungs climbed as the law book says.
"""

from eenthuis.lab.local import PLACE_MEASURES, PROVINCE_MEASURES, place_measures, province_measures
from eenthuis.lab.measuring import MEASURES, WORK_MEASURES, Measure, measures
from eenthuis.lab.running import Ask, Keeps, Run, compare, simulate
from eenthuis.lab.sketch import Sketch
from eenthuis.lab.tornado import Effect, Effects, Tornado, tornado
from eenthuis.lab.worth import Choice, Weighed, Worth, chosen_measures, weigh

__all__ = [
    "MEASURES",
    "PLACE_MEASURES",
    "PROVINCE_MEASURES",
    "WORK_MEASURES",
    "Ask",
    "Choice",
    "Effect",
    "Effects",
    "Keeps",
    "Measure",
    "Run",
    "Sketch",
    "Tornado",
    "Weighed",
    "Worth",
    "chosen_measures",
    "compare",
    "measures",
    "place_measures",
    "province_measures",
    "simulate",
    "tornado",
    "weigh",
]
