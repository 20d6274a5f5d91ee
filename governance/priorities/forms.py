"""What the form to add an idea shows beside its field."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID

from core.cards import Line, Look, Part, Quote, Secrecy
from core.forms import Beside, Drawn, Opening, Said
from core.text import Text
from core.words import Words
from governance.card_parts import lines
from governance.priorities import wording
from surveys.commands import ShowPage
from surveys.priorities.model import LONGEST_IDEA


def adding(
    wave_id: UUID,
    page: int,
    *,
    prompt: Text,
    moderator: str,
    until: datetime,
    alike: tuple[str, Text] | None = None,
) -> Opening:
    """``moderator``: who reads it; "": nobody by name. ``alike``: the choice that may say the same,
    with its key: then it is asked about, and adding it says that it is not the same."""
    pairs, goes_on = wording.pairs(wave_id, page), ShowPage(wave_id=wave_id, page=page)
    above = partial(_before, prompt=prompt, moderator=moderator, until=until)
    same = Beside(label=Said("Yes, it’s the same"), command=goes_on)
    return Opening(
        title=Said("Add an idea"),
        above=(Drawn(partial(_same, other=alike[1]) if alike else above),),
        hints={"text": Said("Up to {most} characters. Please leave names out.", {"most": _most})},
        carries={"unlike": alike[0] if alike else ""},
        submit=Said("No, add mine") if alike else Said("Add it"),
        shows=Said("Add an idea"),
        leave=pairs,
        back=goes_on,
        beside=(same,) if alike else (),
        up=(Said("Back to the pairs"), pairs),
    )


def _most(words: Words) -> str:
    return words.number(LONGEST_IDEA)


def _before(words: Words, *, prompt: Text, moderator: str, until: datetime) -> tuple[Part, ...]:
    return (
        Line(text=words.written(prompt), secrecy=Secrecy.ANYWHERE, look=Look.STRONG),
        *lines(
            [
                wording.reads(words, moderator),
                words.say("You can read the outcome here, the next time you open this survey."),
                words.say("You can add ideas until {when}.", when=words.when(until)),
            ]
        ),
    )


def _same(words: Words, *, other: Text) -> tuple[Part, ...]:
    return (
        *lines([words.say("Is this the same as your idea?")], Look.STRONG),
        Quote(text=words.written(other), secrecy=Secrecy.SIGNED_IN),
        *lines([words.say("If so, you don’t need to add yours. Staff are already comparing it.")]),
    )
