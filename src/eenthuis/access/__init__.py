"""Who may do what, how far: one table, one question."""

from eenthuis.access.deciding import decide
from eenthuis.access.matrix import Action, actions, check_matrix

__all__ = ["Action", "actions", "check_matrix", "decide"]
