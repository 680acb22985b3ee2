"""What pages of the policy lab say of scores of work: where they come from, or how to load them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from eenthuis.terms.work_scores import WorkScores

SHOWN = 19
"""Signs of a digest that are shown: enough to compare by eye."""


def work_told(work: WorkScores | None) -> tuple[str, ...]:
    """Return what a reader must know of the scores that a run used; nothing where there are none."""
    if work is None:
        return ()
    told = _(
        "De kansen op werk komen van wie dit vroeg: %(source)s (%(digest)s). Het lab zelf kent er geen."
    ) % {
        "source": work.source,
        "digest": work.digest[:SHOWN],
    }
    invented = _("Deze kansen zijn verzonnen, en wat het lab over werk zegt dus ook.")
    return (told, invented) if work.is_invented else (told,)
