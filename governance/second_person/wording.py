"""What is said, before the press, of what somebody else has to approve first."""

from __future__ import annotations

from dataclasses import replace

from core.cards import Confirm, Press
from core.words import Words
from governance import wording
from governance.refusals import NOBODY_ELSE
from governance.second_person.model import SecondPerson
from surveys.questions import Unfit


def label(words: Words, second: SecondPerson | None, usual: str) -> str:
    """Of the button. ``usual``: what it says where one person decides alone."""
    if second is None or second.above or not second.approvers:
        return usual
    return words.say("Ask for approval")


def first(words: Words, second: SecondPerson | None) -> str:
    """That another person approves it first, and who; "" where nobody has to."""
    if second is None:
        return ""
    if not second.approvers:
        return "" if second.above else wording.unfit(words, Unfit(why=NOBODY_ELSE))
    names = words.any_of(second.approvers)
    if second.above:
        return words.say(
            "If it goes to more than {n} people, a second person has to approve it first: {names}.",
            n=words.number(second.above),
            names=names,
        )
    return words.say(
        "A second person has to approve it first: {names}. Nothing is sent before that.",
        names=names,
    )


def guarded(words: Words, press: Press, second: SecondPerson | None, label_: str = "") -> Press:
    """A button for what somebody else may have to approve first: it says so, and asks for that.
    ``label_``: what it says then, where its own label does not tell what is approved."""
    said = first(words, second)
    if not said:
        return press
    asks = label(words, second, press.label)
    if asks != press.label:
        asks = label_ or words.say("Ask for approval: {step}", step=press.label)
    usual = press.confirm
    confirm = Confirm(
        title=usual.title if usual else asks,
        text=f"{usual.text} {said}" if usual else said,
        yes=asks if usual is None or asks != press.label else usual.yes,
        no=usual.no if usual else words.say("Not now"),
    )
    return replace(press, label=asks, confirm=confirm, first=said)
