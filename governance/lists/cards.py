"""Named lists: all of them, one, and the form."""

from __future__ import annotations

from core.cards import (
    Bullets,
    Card,
    Confirm,
    Entries,
    Facts,
    Look,
    Page,
    Press,
    Prose,
    Run,
    Secrecy,
    Style,
)
from core.words import Words
from governance import links
from governance.card_parts import Drawings, Notes, lines
from governance.forms.commands import Open
from governance.lists import wording as say
from governance.lists.commands import (
    AskGroup,
    DeleteList,
    ShowLists,
    WriteList,
)
from governance.lists.messages import ListsView, ListView
from governance.lists.model import NamedList


def lists(words: Words, message: ListsView) -> Card:
    rows = tuple(
        (
            Page(label=one.name, path=links.named_list("", one.key)),
            " · ".join((say.people(words, one), say.source(words, one), say.state(words, one))),
        )
        for one in message.lists
    )
    about = words.say(
        "Announcements and changes can go to a list: people who use something, or a group in "
        "Slack or Microsoft 365."
    )
    return Card(
        title=words.say("Lists of people"),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([about]),
            *((Entries(rows=rows, secrecy=Secrecy.SIGNED_IN),) if rows else ()),
            *lines([] if rows else [words.say("There are no lists yet.")]),
        ),
        presses=(
            Press(label=words.say("Add a list"), command=Open(of=WriteList()), style=Style.PRIMARY),
        ),
        page=Page(label=words.say("Open the lists"), path=links.named_lists("")),
        up=Page(label=words.say("Home"), path=links.inbox("")),
    )


def one_list(words: Words, message: ListView) -> Card:
    found = message.found
    state = say.state(words, found)
    facts: list[tuple[str, Prose]] = [
        (words.say("People"), say.people(words, found)),
        (words.say("Comes from"), " ".join((say.source(words, found), found.group)).strip()),
    ]
    if message.uses:
        facts.append((words.say("Used by"), ", ".join(message.uses)))
    told = say.imported(words, message.imported) if message.imported else []
    left = [] if message.imported else [say.left_out(words, found)]
    return Card(
        title=(Run(text=found.name),),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *((Bullets(lines=tuple(told), secrecy=Secrecy.SIGNED_IN),) if told else ()),
            *lines([state], Look.ALARM if found.trouble else Look.PLAIN, Secrecy.SIGNED_IN),
            Facts(pairs=tuple(facts), secrecy=Secrecy.SIGNED_IN),
            *lines(left, Look.QUIET),
        ),
        presses=(
            *((_renews(words, found),)),
            Press(label=words.say("All lists"), command=ShowLists(), chat_only=True),
        ),
        more=_more(words, found, used=bool(message.uses)),
        # What was imported is told once, in answer to it.
        page=None
        if message.imported
        else Page(label=words.say("Open the list"), path=links.named_list("", found.key)),
        up=Page(label=words.say("Lists of people"), path=links.named_lists("")),
    )


def _renews(words: Words, found: NamedList) -> Press:
    if found.kind is None:
        label = words.say("Import again")
        return Press(label=label, command=Open(of=WriteList(key=found.key)), style=Style.PRIMARY)
    label = words.say("Update it now")
    return Press(label=label, command=AskGroup(key=found.key), style=Style.PRIMARY)


def _more(words: Words, found: NamedList, *, used: bool) -> tuple[Press, ...]:
    edits = Press(label=words.say("Edit the list"), command=Open(of=WriteList(key=found.key)))
    sure = Confirm(
        title=words.say("Delete this list?"),
        text=words.say("The people on it stay on the roster."),
        yes=words.say("Delete it"),
        no=words.say("Keep it"),
    )
    deletes = Press(
        label=words.say("Delete the list"),
        command=DeleteList(key=found.key),
        style=Style.DANGER,
        confirm=sure,
    )
    return (*(() if found.kind is None else (edits,)), *(() if used else (deletes,)))


CARDS: Drawings = {ListsView: lists, ListView: one_list}

NOTES: Notes = {
    WriteList: lambda words, *_: words.say("List saved."),
    AskGroup: lambda words, *_: words.say("Its group is checked within a minute."),
    DeleteList: lambda words, *_: words.say("List deleted."),
}
