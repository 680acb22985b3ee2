"""The policy lab: the chain as a simulation, in which each recommendation is a lever whose effect is measured.

Permits are granted, households wait for a link, a home and a move; municipalities have targets, backlog, homes and a
ladder; thousands of futures of half-months are lived, and only quantiles and differences are kept. What a scenario
changes is looked up in :mod:`eenthuis.reference.policy`; targets are shared out and rungs climbed as the law book says.
"""

from eenthuis.lab.local import PLACE_MEASURES, PROVINCE_MEASURES
from eenthuis.lab.measuring import MEASURES, Measure
from eenthuis.lab.running import Ask, Keeps, Run, compare, simulate
from eenthuis.lab.sketch import Sketch
from eenthuis.lab.tornado import Effect, Effects, Tornado, tornado
from eenthuis.lab.worth import Choice, Weighed, Worth, chosen_measures, weigh

__all__ = [
    "MEASURES",
    "PLACE_MEASURES",
    "PROVINCE_MEASURES",
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
    "simulate",
    "tornado",
    "weigh",
]
