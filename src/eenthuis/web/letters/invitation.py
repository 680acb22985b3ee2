"""The invitation for an appointment, in words, in the languages of the letters."""

from __future__ import annotations

from eenthuis.services.document_letters import InvitationPage
from eenthuis.web.letters import Language, LetterText, Part


def invitation_in(told: InvitationPage, words: Language) -> LetterText:
    """Return an invitation in a language; it says when each member of a household is expected, and nothing else."""
    says = words.invitation
    times = tuple(says["time"].format(time=f"{one.begins:%H:%M}", number=one.number) for one in told.times)
    together = (says["together"],) if len(told.times) > 1 else ()
    place = says["place"].format(centre=told.centre_name, day=words.day(told.session.day))
    return LetterText(
        language=words,
        title=says["title"],
        made_on=words.says["made_on"].format(day=words.day(told.today)),
        number="",
        unchecked="" if words.checked_by else words.says["unchecked"],
        parts=(
            Part(says["where"], (place, *times, *together)),
            Part(says["bring"], (says["bring_what"],)),
            Part(says["how"], (says["how_two"],)),
            Part(says["cannot"], (says["cannot_tell"],)),
        ),
    )
