"""What needs a second person: before somebody is asked, to those who decide, and how it ended."""

from __future__ import annotations

from typing import assert_never

from core.cards import (
    Bullets,
    Card,
    Confirm,
    Form,
    Line,
    Link,
    Page,
    Part,
    Press,
    Preview,
    Prose,
    Secrecy,
    Style,
    TextField,
    flat,
)
from core.deciding import Reaching
from core.words import Words
from governance import links, wording
from governance.announcements.urgent_wording import asker, everyone_field
from governance.card_parts import Drawings, lines, why
from governance.labels import Labels
from governance.second_person.commands import (
    ApproveRequest,
    AskSecondPerson,
    DeclineRequest,
    ShowDeclineRequest,
    ShowSecondRequest,
    WithdrawRequest,
)
from governance.second_person.handlers import LONGEST_WHY
from governance.second_person.messages import SecondAsked, SecondDeclineForm, SecondForm
from governance.second_person.model import Act, RequestState, SecondPerson, Shown
from governance.second_person.wording import first
from surveys.questions import Unfit


def form(words: Words, message: SecondForm) -> Card:
    """What it does, before anybody is asked; with nobody to ask, no form."""
    request, asks = message.request_id, words.say("Ask for approval")
    fields = (
        (everyone_field(words, why=why(words, message.unfit, "everyone")),)
        if message.reaching.everyone
        else ()
    )
    needs = first(words, SecondPerson(approvers=message.approvers))
    return Card(
        title=words.prose(
            "A second person has to approve this: {title}",
            title=_named(words, message.shown),
        ),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            Bullets(
                lines=(*_lines(words, message.shown, message.reaching), needs),
                secrecy=Secrecy.ANYWHERE,
            ),
        ),
        form=Form(
            fields=fields,
            submit=Press(label=asks, command=AskSecondPerson(request_id=request)),
            opens=Press(label=asks, command=ShowSecondRequest(request_id=request)),
            leave=Page(label=words.say("Not now"), path=message.shown.path or links.inbox("")),
        )
        if message.approvers
        else None,
    )


def asked(words: Words, message: SecondAsked) -> Card:
    """All that people will read, whom it reaches, and what a yes does; or how it ended."""
    title = _named(words, message.shown)
    who = asker(words, message.asked_by)
    if not message.open:
        heading = _ended(words, message)
    elif message.to_asker:
        heading = words.say("Waiting for a second person: {title}", title=_title(words, message))
    else:
        heading = words.say(
            "{who} asks you to approve this: {title}", who=who, title=_title(words, message)
        )
    parts: list[Part] = []
    if message.open:
        waits = words.say(
            "Approval requested on {when}. If nobody decides by {end}, nothing is sent.",
            when=words.when(message.asked_at),
            end=words.when(message.lapses_at),
        )
        said = [*_lines(words, message.shown, message.reaching), waits]
        if message.to_asker:
            who_may = words.say(
                "These people can approve it: {names}.", names=_names(words, message)
            )
            said.append(who_may)
        parts.append(Bullets(lines=tuple(said), secrecy=Secrecy.ANYWHERE))
        if message.shown.words:
            told = tuple(
                Line(text=words.written(one), secrecy=Secrecy.SIGNED_IN)
                for one in message.shown.words
            )
            label = words.say("This is what people will read:")
            parts.append(Preview(label=label, title=title, parts=told, secrecy=Secrecy.SIGNED_IN))
        if message.shown.path:
            label = words.say("See all of it")
            parts.append(Link(label=label, url=message.shown.path, secrecy=Secrecy.ANYWHERE))
    else:
        parts += lines(_follows(words, message))
    return Card(
        title=heading,
        secrecy=Secrecy.ANYWHERE,
        parts=tuple(parts),
        presses=_presses(words, message),
        page=Page(
            label=words.say("Approve or decline it")
            if message.open and not message.to_asker
            else words.say("Open the request"),
            path=links.second_request("", message.request_id),
        ),
    )


def _named(words: Words, shown: Shown) -> Prose:
    """What it is called; a report need not have a headline."""
    return words.written(shown.title) if shown.title.default else words.say("Board report")


def _title(words: Words, message: SecondAsked) -> str:
    return flat(_named(words, message.shown))


def _names(words: Words, message: SecondAsked) -> str:
    return words.any_of(message.approvers) if message.approvers else "–"


def _presses(words: Words, message: SecondAsked) -> tuple[Press, ...]:
    request, number = message.request_id, message.number
    if not message.open:
        return ()
    if message.to_asker:
        withdraw = WithdrawRequest(request_id=request)
        return (Press(label=words.say("Withdraw it"), command=withdraw),)
    people = message.reaching.told
    return (
        Press(
            label=words.say("Approve: make it public")
            if message.reaching.public
            else words.count(
                "Approve: send it to {n} person", "Approve: send it to {n} people", people
            ),
            command=ApproveRequest(request_id=request, number=number),
            style=Style.PRIMARY,
            confirm=Confirm(
                title=words.say("Approve it?"),
                text=" ".join(
                    (
                        *_whom(words, message.shown, message.reaching),
                        _undo(words, message.shown.act),
                    )
                ),
                yes=words.say("Approve"),
                no=words.say("Not yet"),
            ),
        ),
        Press(label=words.say("Decline"), command=ShowDeclineRequest(request_id=request)),
    )


def declining(words: Words, message: SecondDeclineForm) -> Card:
    request = message.request_id
    decline = words.say("Decline")
    return Card(
        title=words.prose("Decline this: {title}", title=_named(words, message.shown)),
        secrecy=Secrecy.ANYWHERE,
        form=Form(
            fields=(
                TextField(
                    key="why",
                    label=words.say("Why?"),
                    value=message.why,
                    longest=LONGEST_WHY,
                    hint=words.say("The person who asked will see your reason. Nothing is sent."),
                    why=why(words, message.unfit, "why"),
                    rows=3,
                ),
            ),
            submit=Press(
                label=decline,
                command=DeclineRequest(request_id=request, number=message.number),
            ),
            opens=Press(label=decline, command=ShowDeclineRequest(request_id=request)),
            leave=Page(label=words.say("Not now"), path=links.second_request("", request)),
            back=ShowSecondRequest(request_id=request),
        ),
    )


# -- words -----------------------------------------------------------------------------------------


def _lines(words: Words, shown: Shown, reaching: Reaching) -> list[str]:
    """What it does, whom it reaches, when, through what, and what it costs to undo."""
    return [
        _does(words, shown.act),
        *_whom(words, shown, reaching),
        _when(words, shown, reaching),
        _undo(words, shown.act),
    ]


def _does(words: Words, act: Act) -> str:
    match act:
        case Act.SURVEY:
            return words.say("It asks people to answer a survey.")
        case Act.SERIES:
            return words.say("It asks people to answer a survey on each of its dates.")
        case Act.HEARD:
            return words.say("It tells everyone who was asked what you heard.")
        case Act.RULE:
            return words.say("It tells people what happens with this rule.")
        case Act.ACKNOWLEDGE:
            return words.say(
                "It asks people to acknowledge the IT rules, and reminds them until they do."
            )
        case Act.GUIDE:
            return words.say("It asks people to do this by a date, and reminds them until they do.")
        case Act.REPORT:
            return words.say(
                "It puts the report on the public page, where anyone on the internet can read it."
            )
        case _:
            assert_never(act)


def _whom(words: Words, shown: Shown, reaching: Reaching) -> list[str]:
    if reaching.public:
        return [words.say("It reaches the public.")]
    said = [words.count("It reaches {n} person.", "It reaches {n} people.", reaching.told)]
    if reaching.by_lot:
        said = [_about(words, shown, reaching.told)]
    if shown.audience is not None:
        whom = Labels(words).audience(shown.audience)
        said.append(words.say("For: {audience}.", audience=whom))
    if reaching.by_platform:
        where = (
            words.count(
                "{platform}: {n} person", "{platform}: {n} people", n, platform=Labels(words)(one)
            )
            for one, n in reaching.by_platform
        )
        said.append(words.say("Through {platforms}.", platforms="; ".join(where)))
    if reaching.seconds:
        took = words.duration(reaching.seconds)
        said.append(words.say("Everyone has it within {time}.", time=took))
    return said


def _about(words: Words, shown: Shown, people: int) -> str:
    """Who they are is known to nobody: they are a sample, or an earlier sample decides who is left
    out."""
    if shown.sampled:
        return words.count(
            "It reaches about {n} person, chosen at random.",
            "It reaches about {n} people, chosen at random.",
            people,
        )
    if shown.limit is None:
        return words.count("It reaches about {n} person.", "It reaches about {n} people.", people)
    return words.count(
        "It reaches about {n} person: everyone except those who got {surveys} within {days}.",
        "It reaches about {n} people: everyone except those who got {surveys} within {days}.",
        people,
        surveys=words.count("{n} survey", "{n} surveys", shown.limit.surveys),
        days=words.count("{n} day", "{n} days", shown.limit.days),
    )


def _when(words: Words, shown: Shown, reaching: Reaching) -> str:
    if reaching.public:
        return words.say("It is public as soon as it is approved.")
    if shown.at is not None:
        return words.say(
            "If it is approved, it goes out on {when}. In quiet hours and on days off, people get "
            "it when those end.",
            when=words.when(shown.at),
        )
    return words.say(
        "It goes out as soon as it is approved. In quiet hours and on days off, people get it "
        "when those end."
    )


def _undo(words: Words, act: Act) -> str:
    match act:
        case Act.SURVEY:
            return words.say(
                "To undo it, stop sending and close the survey. Messages already sent stay."
            )
        case Act.SERIES:
            return words.say("To undo it, stop the series. Messages already sent stay.")
        case Act.HEARD:
            return words.say("It can’t be taken back. You can publish a correction.")
        case Act.RULE:
            return words.say("The messages can’t be taken back. The rule can be changed.")
        case Act.ACKNOWLEDGE:
            return words.say("It can’t be taken back: everyone is asked until they acknowledge.")
        case Act.GUIDE:
            return words.say(
                "To undo it, retire the guide. Nobody is reminded then. Messages already sent stay."
            )
        case Act.REPORT:
            return words.say(
                "You can take the report off the page, but anyone may have kept a copy."
            )
        case _:
            assert_never(act)


def _ended(words: Words, message: SecondAsked) -> str:
    title, who = _title(words, message), message.decided_by
    match message.state:
        case RequestState.APPROVED:
            when = words.when(message.decided_at) if message.decided_at else "–"
            return words.say("{who} approved “{title}” on {when}.", who=who, title=title, when=when)
        case RequestState.DECLINED:
            return words.say("{who} declined “{title}”.", who=who, title=title)
        case RequestState.WITHDRAWN:
            return words.say("This request was withdrawn: {title}", title=title)
        case RequestState.OVERTAKEN:
            return words.say("This request is no longer valid: {title}", title=title)
        case RequestState.LAPSED | RequestState.DRAFT | RequestState.WAITING:
            return words.say("Nobody approved “{title}” in time.", title=title)
        case _:
            assert_never(message.state)


def _follows(words: Words, message: SecondAsked) -> list[str]:
    match message.state:
        case RequestState.APPROVED:
            return [words.say("It was done as asked.")]
        case RequestState.DECLINED:
            return [
                words.say("The reason: {why}", why=message.why),
                words.say("Nothing was sent."),
            ]
        case RequestState.OVERTAKEN:
            return [
                wording.unfit(words, Unfit(why=message.why, values=message.values)),
                words.say("Nothing was sent. If you still want it, ask again."),
            ]
        case _:
            return [words.say("Nothing was sent.")]


CARDS: Drawings = {SecondForm: form, SecondAsked: asked, SecondDeclineForm: declining}
