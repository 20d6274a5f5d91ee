"""The card of every message that has one.

Each feature draws its messages once; Slack, Teams, the web and mail render the parts. What a
platform still draws by itself stands in ``bot.native``.
"""

from __future__ import annotations

from collections.abc import Iterable

from core.cards import Card, flat
from core.commands import Command
from core.words import Words
from governance import refusal_cards as refusals
from governance.announcements import approval_cards as approvals
from governance.announcements import campaign_cards as campaigns
from governance.announcements import cards as announcements
from governance.card_parts import Drawing, Drawings
from governance.chat import cards as chatting
from governance.conversations import cards as conversing
from governance.docket import brief_cards as briefs
from governance.docket import cards as dockets
from governance.feedback import cards as feedback
from governance.help_desk import cards as hand_over
from governance.read_reminders import cards as read_reminders
from governance.recommendations import cards as recommendations
from governance.redaction import cards as personal
from governance.upkeep import cards as watching
from governance.urgent import cards as cases
from governance.waves import answering_cards as answering
from governance.waves import cards as launching


def united(parts: Iterable[Drawings]) -> Drawings:
    """Drawings by their message. Raises ValueError for a message that is drawn twice."""
    found: dict[type, Drawing] = {}
    for part in parts:
        if twice := found.keys() & part.keys():
            raise ValueError(f"drawn twice: {sorted(one.__name__ for one in twice)}")
        found.update(part)
    return found


CARDS = united(
    (
        recommendations.CARDS,
        announcements.CARDS,
        answering.CARDS,
        approvals.CARDS,
        briefs.CARDS,
        campaigns.CARDS,
        cases.CARDS,
        chatting.CARDS,
        conversing.CARDS,
        dockets.CARDS,
        feedback.CARDS,
        hand_over.CARDS,
        launching.CARDS,
        personal.CARDS,
        read_reminders.CARDS,
        refusals.CARDS,
        watching.CARDS,
    )
)

_NOTES = {
    **recommendations.NOTES,
    **announcements.NOTES,
    **campaigns.NOTES,
    **cases.NOTES,
    **conversing.NOTES,
    **dockets.NOTES,
    **launching.NOTES,
    **personal.NOTES,
    **read_reminders.NOTES,
}


def has_card(message: object) -> bool:
    """False: each platform draws it by itself."""
    return type(message) in CARDS


def card_of(message: object, words: Words) -> Card:
    """Raises KeyError for a message that has none."""
    return CARDS[type(message)](words, message)


def note_after(command: Command, message: object, words: Words) -> str:
    """What came of a command in a sentence, for a page that shows the message otherwise; "" where
    nothing is said of it."""
    if note := _NOTES.get(type(command)):
        return note(words, command, message)
    return flat(card_of(message, words).title) if has_card(message) else ""
