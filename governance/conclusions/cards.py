"""What was heard in a survey and what follows, as a card."""

from __future__ import annotations

from core.cards import (
    Bullets,
    Card,
    Column,
    Facts,
    Line,
    Look,
    Page,
    Part,
    Picture,
    Press,
    Secrecy,
    Table,
)
from core.charts import Source
from core.words import Words
from governance import links
from governance.card_parts import Drawings
from governance.conclusions import wording as say
from governance.conclusions.handlers import KIND
from governance.conclusions.model import Conclusions
from governance.results.matrices import together
from governance.waves import my_survey_wording
from governance.waves.my_surveys import ShowMySurveys

MOST_PICTURES = 3
"""More figures are told in a line each: a message is scrolled through on a phone, and Slack takes
50 blocks."""

_ANYWHERE = Secrecy.ANYWHERE


def heard(words: Words, said: Conclusions) -> Card:
    """Everyone who was asked may read all of it, also in a mail."""
    mine = my_survey_wording.title(words)
    return Card(
        title=say.title(words, said),
        secrecy=_ANYWHERE,
        parts=(
            Facts(
                pairs=((words.say("What we heard"), words.written(said.heard)),), secrecy=_ANYWHERE
            ),
            *_steps(words, said),
            *_not_done(words, said),
            *_numbers(words, said),
        ),
        presses=(Press(label=mine, command=ShowMySurveys(), chat_only=True),),
        page=Page(label=words.say("Read it on the web"), path=links.heard("", said.wave_id)),
        up=Page(label=mine, path=links.my_surveys("")),
        note=say.thanks(words, said),
    )


def _steps(words: Words, said: Conclusions) -> tuple[Part, ...]:
    if not said.steps:
        return ()
    return (
        Table(
            caption=words.say("What we will do, and by when"),
            columns=(Column(label=words.say("Step")), Column(label=words.say("By when"))),
            rows=tuple((words.text(one.what), words.text(one.by)) for one in said.steps),
            secrecy=_ANYWHERE,
        ),
    )


def _not_done(words: Words, said: Conclusions) -> tuple[Part, ...]:
    if said.not_done is None:
        return ()
    why = (words.say("What we will not do, and why"), words.written(said.not_done))
    return (Facts(pairs=(why,), secrecy=_ANYWHERE),)


def _numbers(words: Words, said: Conclusions) -> tuple[Part, ...]:
    """Every figure that goes along: the first few as charts."""
    if said.as_of is None or not said.told:
        return ()
    source = None
    if said.published_at is not None:
        source = Source(kind=KIND, subject=said.wave_id, at=said.published_at)
    pictures: list[Part] = []
    others: list[str] = []
    for one in together(said.told):
        counts = say.counts(words, one, said.as_of)
        if counts is not None and len(pictures) < MOST_PICTURES:
            pictures.append(Picture(of=counts, secrecy=_ANYWHERE, source=source))
        else:
            others.append(say.figure(words, one, counts))
    title = words.say("What people said, in numbers")
    return (
        Line(text=title, secrecy=_ANYWHERE, look=Look.STRONG),
        *pictures,
        *((Bullets(lines=tuple(others), secrecy=_ANYWHERE),) if others else ()),
    )


CARDS: Drawings = {Conclusions: heard}
