"""That people owe something, to who looks after them. Their names are on the page only."""

from __future__ import annotations

from core.cards import Card, Page, Secrecy
from core.words import Words
from governance import links
from governance.card_parts import Drawings, lines
from governance.duties.messages import OwedNews


def news(words: Words, message: OwedNews) -> Card:
    title = words.count(
        "{n} person is overdue",
        "{n} people are overdue",
        message.people,
    )
    where = words.say("In your building: {building}.", building=message.building)
    return Card(
        title=title,
        secrecy=Secrecy.ANYWHERE,
        parts=lines(
            [
                where if message.building else "",
                words.say("Each person was reminded three times. They get no more reminders."),
            ]
        ),
        page=Page(label=words.say("See who"), path=links.owed("")),
    )


CARDS: Drawings = {OwedNews: news}
