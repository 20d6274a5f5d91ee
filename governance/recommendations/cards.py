"""A committee's recommendation: to the CTO, why it is decided, and what was decided."""

from __future__ import annotations

from uuid import UUID

from core.cards import (
    Bullets,
    Card,
    ChoiceField,
    Facts,
    Field,
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
    ShowAdviceForm,
    TellOutcome,
    WriteAdvice,
)
from governance.recommendations.messages import AdviceSent, AdviceSettled
from governance.recommendations.model import (
    LONGEST_ADVICE,
    LONGEST_REASON,
    LONGEST_RULE,
    LONGEST_TITLE,
    AdviceForm,
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


def writing(words: Words, message: AdviceForm) -> Card:
    subject, queue = message.recommendation_id, message.queue
    docket = wording.queue(words, message.committee), links.docket("", queue)
    explained = words.say(
        "The Chief Technology Officer accepts or declines it and says why. The "
        "committee and everyone whose words are behind it get the reason. If it is "
        "accepted, all staff can read it: leave names out."
    )
    needed = words.say("Choose at least one message, goal or rule that it is about.")
    if message.of_survey:
        needed = ""
    return Card(
        title=words.say("Recommend something to the CTO"),
        secrecy=Secrecy.ANYWHERE,
        parts=lines([explained, needed]),
        form=Form(
            fields=_written_in(words, message),
            submit=Press(
                label=words.say("Save and preview"),
                command=WriteAdvice(recommendation_id=subject, queue=queue),
            ),
            opens=_change(words, subject, queue),
            leave=Page(label=words.say("Not now"), path=docket[1]),
        ),
        up=Page(label=docket[0], path=docket[1]),
    )


def _based_on(words: Words, message: AdviceForm) -> tuple[Field, ...]:
    """The messages and the goals that it is about, where there are some to choose from."""
    items = ChoiceField(
        key="items",
        label=words.say("Which messages is it based on?"),
        choices=tuple(
            (key, say.choice(words, excerpt, message.said_by.get(key)))
            for key, excerpt in message.choices
        ),
        chosen=message.items,
        several=True,
        hint=words.say("Their authors will hear back."),
        why=why(words, message.unfit, "items"),
        optional=True,
        depends=True,
    )
    goals = ChoiceField(
        key="goals",
        label=words.say("Which goals of the plan is it about?"),
        choices=message.goals,
        chosen=message.chosen_goals,
        several=True,
        why=why(words, message.unfit, "goals"),
        optional=True,
        depends=True,
    )
    return (*((items,) if message.choices else ()), *((goals,) if message.goals else ()))


def _written_in(words: Words, message: AdviceForm) -> tuple[Field, ...]:
    unfit = message.unfit
    return (
        *put_back(words, message.doubt),
        TextField(
            key="title",
            label=words.say("What do you recommend, in a few words?"),
            value=message.title,
            longest=LONGEST_TITLE,
            why=why(words, unfit, "title"),
            rows=1,
        ),
        TextField(
            key="advice",
            label=words.say("Your advice, and why"),
            value=message.advice,
            longest=LONGEST_ADVICE,
            hint=words.say(
                "What should change, what it needs, and what happens if nothing is done."
            ),
            why=why(words, unfit, "advice"),
            rows=8,
        ),
        *_based_on(words, message),
        TextField(
            key="rule",
            label=words.say("Which rule is it about?"),
            value=message.rule,
            longest=LONGEST_RULE,
            hint=words.say("Its number, if there is one."),
            why=why(words, unfit, "rule")
            or ("" if message.choices else why(words, unfit, "items")),
            rows=1,
            optional=True,
            depends=True,
        ),
    )


def _change(words: Words, subject: UUID, queue: str) -> Press:
    return Press(
        label=words.say("Change it"),
        command=ShowAdviceForm(recommendation_id=subject, queue=queue),
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
            _change(words, found.id, found.queue),
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
    AdviceForm: writing,
    AdviceView: advice,
}

NOTES: Notes = {
    DecideAdvice: lambda words, *_: words.say("Decided. Everyone who contributed gets a message."),
    WriteAdvice: _written,
    SendAdvice: lambda words, *_: words.say("Sent to the Chief Technology Officer."),
    TellOutcome: _told,
}
