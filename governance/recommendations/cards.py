"""A committee's recommendation: to the CTO, why it is decided, and what was decided."""

from __future__ import annotations

from uuid import UUID

from core.cards import (
    Bullets,
    Card,
    Facts,
    Form,
    Look,
    Page,
    Part,
    Press,
    Run,
    Secrecy,
    Style,
    TextField,
)
from core.words import Words
from governance import links, wording
from governance.card_parts import Drawings, Notes, lines, put_back, quoted, why
from governance.forms.commands import Open
from governance.labels import Labels
from governance.recommendations import wording as say
from governance.recommendations.commands import (
    DecideAdvice,
    SendAdvice,
    ShowAdvice,
    TellOutcome,
    WriteAdvice,
)
from governance.recommendations.messages import AdviceSent, AdviceSettled
from governance.recommendations.model import (
    LONGEST_REASON,
    AdviceState,
    AdviceView,
)
from governance.references import wording as reference_words


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
        presses=_decisions(words, subject),
        page=Page(label=words.say("Read and decide"), path=links.advice("", subject)),
    )


def _decisions(words: Words, subject: UUID) -> tuple[Press, ...]:
    yes = Open(of=DecideAdvice(recommendation_id=subject, accept=True))
    no = Open(of=DecideAdvice(recommendation_id=subject, accept=False))
    return (
        Press(label=words.say("Accept"), command=yes, style=Style.PRIMARY),
        Press(label=words.say("Decline"), command=no),
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


def advice(words: Words, message: AdviceView) -> Card:
    """One recommendation with what can be done about it. Whoever may read it reads all of it; in a
    mail it would be read by others."""
    found = message.recommendation
    sent = words.say("Sent on {day}.", day=words.day(found.sent_at)) if found.sent_at else ""
    by = words.say("Recommended by {committee}.", committee=wording.queue(words, message.committee))
    about = ", ".join(
        reference_words.marked(words, reference_words.name(words, one), one)
        for one in message.about
    )
    decided = words.say(
        "{who} decided it on {when}.",
        who=message.decided_by or "–",
        when=words.when(found.decided_at) if found.decided_at else "",
    )
    changed = (
        words.say("What has changed, {day}:", day=words.day(found.outcome_at))
        if found.outcome_at
        else ""
    )
    behind: tuple[Part, ...] = (
        *lines([words.say("The messages behind it")], Look.STRONG),
        Bullets(lines=message.items, secrecy=Secrecy.SIGNED_IN),
    )
    return Card(
        title=(Run(text=found.title),),
        secrecy=Secrecy.SIGNED_IN,
        outside=words.say("The recommendation"),
        parts=(
            *lines([f"{by} {sent}".rstrip()], Look.QUIET, Secrecy.SIGNED_IN),
            *lines([Labels(words)(found.state)], Look.STRONG, Secrecy.SIGNED_IN),
            *quoted(found.advice),
            *lines([words.say("About: {names}.", names=about) if about else ""]),
            *lines([say.voices(words, message.voices)], Look.QUIET),
            *quoted(found.reason or "", decided),
            *quoted(found.outcome or "", changed),
            *(behind if message.items else ()),
        ),
        form=_outcome(words, message) if _awaits(message, AdviceState.ACCEPTED) else None,
        presses=_presses(words, message),
        page=Page(label=words.say("Read it"), path=links.advice("", found.id)),
        up=_above(words, message),
    )


def _awaits(message: AdviceView, state: AdviceState) -> bool:
    """Whether it is the reader's turn, as the CTO."""
    return message.decides and message.recommendation.state is state


def _presses(words: Words, message: AdviceView) -> tuple[Press, ...]:
    found = message.recommendation
    if _awaits(message, AdviceState.SENT):
        return _decisions(words, found.id)
    if message.leads and found.state is AdviceState.DRAFT:
        send = SendAdvice(recommendation_id=found.id)
        label = words.say("Send it to the CTO")
        return (
            Press(label=label, command=send, style=Style.PRIMARY),
            Press(
                label=words.say("Change it"),
                command=Open(of=WriteAdvice(recommendation_id=found.id, queue=found.queue)),
            ),
        )
    return ()


def _outcome(words: Words, message: AdviceView) -> Form:
    subject = message.recommendation.id
    return Form(
        fields=(
            *put_back(words, message.doubt),
            TextField(
                key="outcome",
                label=words.say("What has changed because of it?"),
                value=message.outcome or message.recommendation.outcome or "",
                longest=LONGEST_REASON,
                hint=words.say("All staff can read it. Leave names out."),
                why=why(words, message.unfit, "outcome"),
                rows=4,
            ),
        ),
        submit=Press(
            label=words.say("Tell everyone"), command=TellOutcome(recommendation_id=subject)
        ),
        opens=Press(
            label=words.say("Say what has changed"),
            command=ShowAdvice(recommendation_id=subject),
        ),
        leave=Page(label=words.say("Not now"), path=links.changes("")),
    )


def _above(words: Words, message: AdviceView) -> Page:
    if message.mine:
        queue = message.recommendation.queue
        return Page(label=words.say("Recommendations"), path=links.recommendations("", queue))
    if message.decides:
        return Page(label=words.say("Home"), path=links.inbox(""))
    return Page(label=words.say("What changed because staff spoke up"), path=links.changes(""))


def _written(words: Words, _: WriteAdvice, written: object) -> str:
    return ""  # the page shows it


def _told(words: Words, _: TellOutcome, told: AdviceView) -> str:
    return "" if told.doubt else words.say("Everyone was told. All staff can read it.")


CARDS: Drawings = {
    AdviceSent: sent,
    AdviceSettled: settled,
    AdviceView: advice,
}

NOTES: Notes = {
    DecideAdvice: lambda words, *_: words.say("Decided. Everyone who contributed gets a message."),
    WriteAdvice: _written,
    SendAdvice: lambda words, *_: words.say("Sent to the Chief Technology Officer."),
    TellOutcome: _told,
}
