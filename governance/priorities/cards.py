"""Two choices side by side, and the ideas that staff add to them."""

from __future__ import annotations

from typing import assert_never
from uuid import UUID

from core.cards import (
    Bullets,
    Card,
    ChoiceField,
    Confirm,
    Entries,
    Facts,
    Field,
    Form,
    Line,
    Look,
    Page,
    Part,
    Press,
    Quote,
    Secrecy,
    Style,
    TextField,
)
from core.words import Words
from governance import links
from governance.card_parts import Drawings, Notes, lines, put_back, why
from governance.forms.commands import Open
from governance.languages import language_name
from governance.priorities import wording
from governance.priorities.commands import (
    AddIdea,
    DecideIdea,
    Decision,
    ShowIdea,
    ShowIdeaDecision,
    ShowIdeas,
)
from governance.priorities.messages import (
    IdeaDecisionForm,
    IdeaReceived,
    IdeasBySurvey,
    IdeasLine,
    IdeasRead,
    IdeasWaiting,
    IdeaToRead,
)
from governance.waves import promise_wording as promise_words
from surveys.commands import DeclineWave, ShowPage
from surveys.priorities.commands import (
    BeginPairs,
    ComparePair,
    RestartPairs,
    ShowProtection,
    StopPairs,
    Verdict,
)
from surveys.priorities.messages import Comparing, Stage
from surveys.priorities.model import LONGEST_IDEA


def comparing(words: Words, message: Comparing) -> Card:
    match message.stage:
        case Stage.BEGIN:
            return _begin(words, message)
        case Stage.PROTECTED:
            return _protected(words, message)
        case Stage.PAIR:
            return _pair(words, message)
        case Stage.STOPPED:
            return _stopped(words, message)
        case Stage.DONE:
            return _done(words, message)
        case _:
            assert_never(message.stage)


def _begin(words: Words, message: Comparing) -> Card:
    how = words.count(
        "You’ll compare {n} pair, two ideas at a time. Choose the one that matters more to you.",
        "You’ll compare {n} pairs, two ideas at a time. Choose the one that matters more to you.",
        message.of,
    )
    own = words.say("You can also add an idea of your own.") if message.takes_ideas else ""
    protected = Press(
        label=promise_words.protection_title(words),
        command=ShowProtection(wave_id=message.wave_id, page=message.page),
    )
    promised = promise_words.promised(words, message.promise) if message.promise else ""
    return Card(
        title=words.written(message.title),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            Line(text=words.written(message.prompt), secrecy=Secrecy.ANYWHERE, look=Look.STRONG),
            *_hint(words, message),
            *lines([how, words.say("You can stop at any time and continue later."), own]),
            *_news(words, message),
            *lines([promised], Look.QUIET),
        ),
        presses=(
            Press(
                label=words.say("Start"),
                command=BeginPairs(wave_id=message.wave_id, page=message.page),
                style=Style.PRIMARY,
            ),
            Press(label=words.say("No, thank you"), command=DeclineWave(wave_id=message.wave_id)),
            protected,
        ),
        more=_own_idea(words, message),
        page=_page(words, message.wave_id, message.page),
    )


def _protected(words: Words, message: Comparing) -> Card:
    sentences = promise_words.protection(words, message.promise) if message.promise else []
    back = ShowPage(wave_id=message.wave_id, page=message.page)
    return Card(
        title=promise_words.protection_title(words),
        secrecy=Secrecy.ANYWHERE,
        parts=(Bullets(lines=tuple(sentences), secrecy=Secrecy.ANYWHERE),),
        presses=(Press(label=words.say("Continue"), command=back, style=Style.PRIMARY),),
        up=_page(words, message.wave_id, message.page),
    )


def _pair(words: Words, message: Comparing) -> Card:
    if message.pair is None:
        raise ValueError("there is no pair to compare")
    one, other = message.pair
    labels = {
        Verdict.ONE: words.say("Choose A"),
        Verdict.OTHER: words.say("Choose B"),
        Verdict.NEITHER: words.say("I can’t decide"),
        Verdict.SKIP: words.say("Not for me"),
    }
    chooses = (Verdict.ONE, Verdict.OTHER)
    return Card(
        title=words.written(message.prompt),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([_progress(words, message)], Look.QUIET),
            *_hint(words, message),
            *_news(words, message),
            Facts(
                pairs=(
                    (words.say("A"), words.written(one.label)),
                    (words.say("B"), words.written(other.label)),
                ),
                secrecy=Secrecy.SIGNED_IN,
            ),
        ),
        presses=tuple(
            Press(
                label=label,
                command=ComparePair(
                    one=one.key,
                    other=other.key,
                    verdict=verdict,
                    wave_id=message.wave_id,
                    page=message.page,
                ),
                style=Style.PRIMARY if verdict in chooses else Style.PLAIN,
            )
            for verdict, label in labels.items()
        ),
        more=(
            Press(
                label=words.say("Stop for now"),
                command=StopPairs(wave_id=message.wave_id, page=message.page),
            ),
            *_own_idea(words, message),
        ),
        page=_page(words, message.wave_id, message.page),
    )


def _progress(words: Words, message: Comparing) -> str:
    title = words.text(message.title)
    return words.say("{title} · {n} of {all}", title=title, n=message.done + 1, all=message.of)


def _stopped(words: Words, message: Comparing) -> Card:
    goes_on = ShowPage(wave_id=message.wave_id, page=message.page)
    return Card(
        title=words.say("Your answers so far are saved."),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *_about(words, message),
            *lines(
                [
                    words.say(
                        "You compared {n} of {all}. You can continue until {when}.",
                        n=message.done,
                        all=message.of,
                        when=words.when(message.closes_at),
                    )
                ]
            ),
            *_news(words, message),
        ),
        presses=(
            Press(label=words.say("Continue"), command=goes_on, style=Style.PRIMARY),
            _restart(words, message),
        ),
        more=_own_idea(words, message),
        page=_page(words, message.wave_id, message.page),
    )


def _done(words: Words, message: Comparing) -> Card:
    ends = words.say("Finish") if message.last else words.say("Next page")
    return Card(
        title=words.count("You compared {n} pair.", "You compared all {n} pairs.", message.of),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *_about(words, message),
            *lines(
                [
                    words.say(
                        "You can change your answers until {when}.",
                        when=words.when(message.closes_at),
                    )
                ]
            ),
            *_news(words, message),
        ),
        presses=(
            Press(
                label=ends,
                command=BeginPairs(wave_id=message.wave_id, page=message.page),
                style=Style.PRIMARY,
            ),
            _restart(words, message),
        ),
        more=_own_idea(words, message),
        page=_page(words, message.wave_id, message.page),
    )


def _about(words: Words, message: Comparing) -> tuple[Part, ...]:
    title = words.written(message.title)
    return (Line(text=title, secrecy=Secrecy.ANYWHERE, look=Look.QUIET),)


def _hint(words: Words, message: Comparing) -> tuple[Part, ...]:
    if message.hint is None:
        return ()
    return (Line(text=words.written(message.hint), secrecy=Secrecy.ANYWHERE),)


def _news(words: Words, message: Comparing) -> tuple[Part, ...]:
    return lines([wording.news(words, one) for one in message.news], secrecy=Secrecy.SIGNED_IN)


def _restart(words: Words, message: Comparing) -> Press:
    sure = Confirm(
        title=words.say("Start over?"),
        text=words.say("You see the same pairs again. What you chose before is deleted."),
        yes=words.say("Start over"),
        no=words.say("Keep my answers"),
    )
    command = RestartPairs(wave_id=message.wave_id, page=message.page)
    return Press(label=words.say("Start over"), command=command, confirm=sure)


def _own_idea(words: Words, message: Comparing) -> tuple[Press, ...]:
    if not message.takes_ideas:
        return ()
    command = Open(of=AddIdea(wave_id=message.wave_id, page=message.page))
    return (Press(label=words.say("Add an idea"), command=command),)


def _page(words: Words, wave_id: UUID, page: int) -> Page:
    return Page(label=words.say("Open the survey"), path=wording.pairs(wave_id, page))


# -- adding an idea --------------------------------------------------------------------------------


def received(words: Words, message: IdeaReceived) -> Card:
    more = (
        words.count("You can add {n} more.", "You can add {n} more.", message.left)
        if message.left
        else ""
    )
    said = (
        [words.say("This was a test, so your idea was not kept.")]
        if message.trial
        else [
            wording.reads(words, message.moderator),
            words.say("You can read the outcome here, the next time you open this survey."),
            more,
        ]
    )
    goes_on = ShowPage(wave_id=message.wave_id, page=message.page)
    return Card(
        title=words.say("Thank you for your idea."),
        secrecy=Secrecy.ANYWHERE,
        parts=lines(said),
        presses=(Press(label=words.say("Continue"), command=goes_on, style=Style.PRIMARY),),
        page=_page(words, message.wave_id, message.page),
    )


# -- reading ideas ---------------------------------------------------------------------------------


def waiting(words: Words, message: IdeasWaiting) -> Card:
    names = words.all_of(list(message.moderators)) if message.moderators else ""
    return Card(
        title=words.count(
            "{n} idea is waiting to be read", "{n} ideas are waiting to be read", message.waiting
        ),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            Line(text=words.written(message.title), secrecy=Secrecy.ANYWHERE, look=Look.QUIET),
            *lines(
                [
                    words.say(
                        "Staff can’t compare an idea until someone has read it. They can add ideas "
                        "until {when}.",
                        when=words.when(message.until),
                    ),
                    words.say("Ideas are read by {names}.", names=names) if names else "",
                ]
            ),
        ),
        presses=(
            Press(
                label=words.say("Read them"),
                command=ShowIdeas(wave_id=message.wave_id),
                style=Style.PRIMARY,
                chat_only=True,
            ),
        ),
        page=Page(label=words.say("Open the list"), path=wording.path(message.wave_id)),
    )


def by_survey(words: Words, message: IdeasBySurvey) -> Card:
    rows = tuple(
        (
            Page(label=words.text(one.title), path=wording.path(one.wave_id)),
            " · ".join(_stand(words, one)),
        )
        for one in message.lines
    )
    return Card(
        title=words.say("Ideas of staff"),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([words.say("Staff can’t compare an idea until someone has read it.")]),
            *((Entries(rows=rows, secrecy=Secrecy.SIGNED_IN),) if rows else ()),
            *lines([] if rows else [words.say("No open survey has ideas to read.")]),
        ),
        page=Page(label=words.say("Ideas of staff"), path=wording.ALL),
        up=Page(label=words.say("Home"), path=links.inbox("")),
    )


def _stand(words: Words, one: IdeasLine) -> list[str]:
    waiting = words.count(
        "{n} idea is waiting to be read", "{n} ideas are waiting to be read", one.waiting
    )
    return [
        waiting if one.waiting else words.say("No ideas to read right now."),
        words.count("{n} added", "{n} added", one.added),
        words.say("More can be added until {when}.", when=words.when(one.until))
        if one.until
        else words.say("No more ideas can be added."),
    ]


def to_read(words: Words, message: IdeaToRead) -> Card:
    edit, same, decline = (
        ShowIdeaDecision(idea_id=message.idea_id, decision=one)
        for one in (Decision.EDIT, Decision.SAME, Decision.DECLINE)
    )
    near = tuple(words.text(one) for one in message.alike)
    return Card(
        title=words.say("Should staff compare this idea?"),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            Line(text=words.written(message.prompt), secrecy=Secrecy.ANYWHERE),
            Quote(text=words.written(message.words), secrecy=Secrecy.SIGNED_IN),
            *(lines([words.say("It may say the same as:")]) if near else ()),
            *((Bullets(lines=near, secrecy=Secrecy.SIGNED_IN),) if near else ()),
            *lines([_left(words, message.waiting - 1)], Look.QUIET),
        ),
        presses=(
            Press(
                label=words.say("Add it"),
                command=DecideIdea(idea_id=message.idea_id, decision=Decision.ADD),
                style=Style.PRIMARY,
            ),
            Press(label=words.say("Edit and add"), command=edit),
            Press(label=words.say("Same as another"), command=same),
            Press(label=words.say("Decline"), command=decline),
        ),
        page=_list(words, message.wave_id),
        note=words.say("Nobody can see who had an idea. {new}", new=_new(words)),
    )


def _left(words: Words, many: int) -> str:
    if not many:
        return words.say("There are no other ideas to read right now.")
    return words.count("{n} more idea is waiting.", "{n} more ideas are waiting.", many)


def _new(words: Words) -> str:
    return words.say(
        "New ideas appear here each school morning; on the last day, they appear at once."
    )


def all_read(words: Words, message: IdeasRead) -> Card:
    more = (
        words.say("More can be added until {when}.", when=words.when(message.until))
        if message.until
        else words.say("No more ideas can be added.")
    )
    return Card(
        title=words.say("No ideas to read right now."),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            Line(text=words.written(message.title), secrecy=Secrecy.ANYWHERE, look=Look.QUIET),
            *lines(
                [
                    words.count(
                        "{n} idea was added to this survey.",
                        "{n} ideas were added to this survey.",
                        message.added,
                    ),
                    more,
                    _new(words) if message.until else "",
                ]
            ),
        ),
        page=_list(words, message.wave_id),
    )


def decision(words: Words, message: IdeaDecisionForm) -> Card:
    title, submit = _titles(words, message.decision)
    quote = (Quote(text=words.written(message.words), secrecy=Secrecy.SIGNED_IN),)
    return Card(
        title=title,
        secrecy=Secrecy.ANYWHERE,
        parts=quote if message.decision in (Decision.SAME, Decision.DECLINE) else (),
        form=Form(
            fields=_fields(words, message),
            submit=Press(
                label=submit, command=DecideIdea(idea_id=message.idea_id, decision=message.decision)
            ),
            opens=Press(
                label=title,
                command=ShowIdeaDecision(idea_id=message.idea_id, decision=message.decision),
            ),
            leave=Page(label=words.say("Not now"), path=wording.path(message.wave_id)),
            back=ShowIdea(idea_id=message.idea_id),
        ),
        up=Page(label=words.say("Waiting ideas"), path=wording.path(message.wave_id)),
    )


def _titles(words: Words, decided: Decision) -> tuple[str, str]:
    say = words.say
    match decided:
        case Decision.ADD | Decision.EDIT:
            return say("Edit the idea"), say("Add it")
        case Decision.SAME:
            return say("Same as another"), say("Count as the same")
        case Decision.DECLINE:
            return say("Decline the idea"), say("Decline")
        case _:
            assert_never(decided)


def _fields(words: Words, message: IdeaDecisionForm) -> tuple[Field, ...]:
    match message.decision:
        case Decision.SAME:
            choices = tuple((key, words.text(label)) for key, label in message.choices)
            return (
                ChoiceField(
                    key="same_as",
                    label=words.say("It says the same as"),
                    choices=choices,
                    chosen=(message.same_as,) if message.same_as else (),
                    why=why(words, message.unfit, "same_as"),
                ),
            )
        case Decision.DECLINE:
            return (
                ChoiceField(
                    key="reason",
                    label=words.say("Why?"),
                    choices=wording.reasons(words),
                    chosen=(message.reason.value,) if message.reason else (),
                    hint=words.say("The person who suggested it will see this reason."),
                    why=why(words, message.unfit, "reason"),
                ),
            )
        case Decision.ADD | Decision.EDIT:
            return (
                _words(words, message, "text", message.text, message.language),
                _words(words, message, "translated", message.translated, message.other),
                *put_back(words, message.doubt),
            )
        case _:
            assert_never(message.decision)


def _words(
    words: Words, message: IdeaDecisionForm, key: str, value: str, language: str
) -> TextField:
    named = language_name(words, language)
    return TextField(
        key=key,
        label=words.say("{part} ({language})", part=words.say("Idea"), language=named),
        value=value,
        longest=LONGEST_IDEA,
        why=why(words, message.unfit, key),
        rows=1,
        optional=key == "translated",
        language=language,
    )


def _list(words: Words, wave_id: UUID) -> Page:
    return Page(label=words.say("Waiting ideas"), path=wording.path(wave_id))


CARDS: Drawings = {
    Comparing: comparing,
    IdeaReceived: received,
    IdeasWaiting: waiting,
    IdeasBySurvey: by_survey,
    IdeaToRead: to_read,
    IdeasRead: all_read,
    IdeaDecisionForm: decision,
}


def _decided(words: Words, done: DecideIdea, _: object) -> str:
    match done.decision:
        case Decision.ADD | Decision.EDIT:
            return words.say("Added. Staff can compare it now.")
        case Decision.SAME:
            return words.say("It is counted with the other one.")
        case Decision.DECLINE:
            return words.say("Declined. The person who suggested it can see why.")
        case _:
            assert_never(done.decision)


def _received(words: Words, _: AddIdea, message: object) -> str:
    if not isinstance(message, IdeaReceived):
        return ""
    said = words.say("Thank you for your idea.")
    return said if message.trial else f"{said} {wording.reads(words, message.moderator)}"


NOTES: Notes = {
    AddIdea: _received,
    BeginPairs: lambda *_: "",
    ComparePair: lambda *_: "",
    RestartPairs: lambda *_: "",
    DecideIdea: _decided,
}
