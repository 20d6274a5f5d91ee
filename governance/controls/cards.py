"""Assessments as cards."""

from __future__ import annotations

from core.cards import Card, Entries, Page, Secrecy
from core.words import Words
from governance.card_parts import Drawings, lines
from governance.controls import addresses
from governance.controls.messages import PracticesView, SafeguardsAsked


def practices(words: Words, message: PracticesView) -> Card:
    return Card(
        title=words.say("Security practices"),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([] if message.all else [words.say("There is no assessment yet.")]),
            Entries(
                rows=tuple(
                    (Page(label=one.name, path=addresses.assessment(one.id)), "")
                    for one, _ in message.all
                ),
                secrecy=Secrecy.SIGNED_IN,
            ),
        ),
        page=Page(label=words.say("Open it on the web"), path=addresses.PRACTICES),
    )


def asked(words: Words, message: SafeguardsAsked) -> Card:
    n = len(message.numbers)
    return Card(
        title=words.count("Please assess {n} safeguard", "Please assess {n} safeguards", n),
        secrecy=Secrecy.ANYWHERE,
        page=Page(
            label=words.say("Open it on the web"),
            path=addresses.assessment(message.assessment.id),
        ),
    )


CARDS: Drawings = {PracticesView: practices, SafeguardsAsked: asked}
