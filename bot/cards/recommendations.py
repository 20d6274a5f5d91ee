"""A committee's recommendation: to the CTO, why it is decided, and what was decided."""

from __future__ import annotations

from bot import links
from bot.cards.parts import Drawings, Notes, lines, put_back, quoted, why
from bot.wording import recommendation_words as say
from bot.words import Words
from core.cards import Bullets, Card, Facts, Form, Page, Press, Secrecy, Style, TextField
from core.commands import Command
from governance.commands import DecideAdvice, SendAdvice, ShowDecisionForm, TellOutcome
from governance.recommendations.messages import AdviceSent, AdviceSettled, DecisionForm
from governance.recommendations.model import LONGEST_REASON


def sent(words: Words, message: AdviceSent) -> Card:
    """What a committee wrote may quote what staff told it: it stays out of mail."""
    subject = message.recommendation_id
    return Card(
        title=say.sent(words, message),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *quoted(message.advice),
            Bullets(lines=tuple(say.sent_lines(words, message)), secrecy=Secrecy.ANYWHERE),
        ),
        presses=(
            Press(
                label=words.say("Accept"),
                command=ShowDecisionForm(recommendation_id=subject, accept=True),
                style=Style.PRIMARY,
            ),
            Press(
                label=words.say("Decline"),
                command=ShowDecisionForm(recommendation_id=subject, accept=False),
            ),
        ),
        page=Page(label=words.say("Read and decide"), path=links.advice("", subject)),
    )


def decision(words: Words, message: DecisionForm) -> Card:
    subject, accept = message.recommendation_id, message.accept
    label = words.say("Accept") if accept else words.say("Decline")
    return Card(
        title=say.deciding(words, message),
        secrecy=Secrecy.ANYWHERE,
        form=Form(
            fields=(
                *put_back(words, message.doubt),
                TextField(
                    key="reason",
                    label=words.say("Why?"),
                    value=message.reason,
                    longest=LONGEST_REASON,
                    hint=say.hint(words, message),
                    why=why(words, message.unfit, "reason"),
                ),
            ),
            submit=Press(
                label=label, command=DecideAdvice(recommendation_id=subject, accept=accept)
            ),
            opens=Press(
                label=words.say("Say why"),
                command=ShowDecisionForm(recommendation_id=subject, accept=accept),
                style=Style.PRIMARY,
            ),
            leave=Page(label=words.say("Not now"), path=links.advice("", subject)),
        ),
    )


def settled(words: Words, message: AdviceSettled) -> Card:
    return Card(
        title=say.settled(words, message),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            Facts(pairs=((words.say("Why"), message.reason),), secrecy=Secrecy.SIGNED_IN),
            *lines(say.settled_lines(words, message)),
        ),
        page=Page(label=words.say("Read why"), path=links.advice("", message.recommendation_id)),
    )


def _decided(words: Words, _: Command, message: AdviceSettled) -> str:
    return words.say("Decided. Everyone who contributed gets a message.")


def _sent(words: Words, _: SendAdvice, sent: object) -> str:
    return words.say("Sent to the Chief Technology Officer.")


def _told(words: Words, _: TellOutcome, told: object) -> str:
    return words.say("Told. All of the staff can read it.")


CARDS: Drawings = {AdviceSent: sent, DecisionForm: decision, AdviceSettled: settled}

NOTES: Notes = {DecideAdvice: _decided, SendAdvice: _sent, TellOutcome: _told}
