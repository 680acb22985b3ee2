"""Hiding small counts so that nobody can work them out, and proving it by attacking what is published.

The attacker knows everything published in all months, every total, that counts are whole and not negative, the
numbers of people that the ministry publishes itself, and even which counts have not changed since the month before.
"""

from eenthuis.disclosure.attack import Interval, attack
from eenthuis.disclosure.hiding import hide

__all__ = ["Interval", "attack", "hide"]
