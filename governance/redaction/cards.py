"""What was taken out of somebody's words, and student data."""

from __future__ import annotations

from core.cards import Card, Look, Page, Press, Secrecy, Style
from core.words import Words
from governance import links
from governance.card_parts import Drawings, Notes, lines, quoted
from governance.messages import Brief
from governance.redaction import wording as say
from governance.redaction.commands import (
    ConfirmTakenOut,
    RemoveStudentData,
    ShowTakenOut,
)
from governance.redaction.messages import Kept, StudentDataRemoved, TakenOut


def taken_out(words: Words, message: TakenOut) -> Card:
    """The mail's subject does not say that its reader sent feedback."""
    waits = message.kept is Kept.WAITING
    look_at_it = words.say("We took personal data out of what you told us. Please check it.")
    confirm = Press(
        label=words.say("This is fine"),
        command=ConfirmTakenOut(item_id=message.item_id),
        style=Style.PRIMARY,
    )
    look = Press(
        label=words.say("Review and correct"), command=ShowTakenOut(item_id=message.item_id)
    )
    return Card(
        title=say.form_title(words),
        secrecy=Secrecy.SIGNED_IN,
        outside=words.say("Something is waiting for you"),
        parts=(
            *lines([] if message.kept is Kept.GONE else [look_at_it]),
            *lines([say.shown_so(words, message)], Look.QUIET, Secrecy.SIGNED_IN),
            *quoted(message.redacted),
            *lines([say.original(words, message)], secrecy=Secrecy.SIGNED_IN),
        ),
        presses=(confirm, look) if waits else (look,),
        page=Page(label=words.say("Open Sounding Board"), path=links.inbox("")),
    )


def removed(words: Words, message: StudentDataRemoved) -> Card:
    return Card(
        title=words.say("Student data was taken out of a message"),
        secrecy=Secrecy.ANYWHERE,
        parts=lines([say.removed(words, message), say.removed_what(words, message)]),
    )


def _confirmed(words: Words, _: ConfirmTakenOut, message: TakenOut) -> str:
    return say.original(words, message)


def _removed(words: Words, _: RemoveStudentData, item: Brief) -> str:
    return words.say("Taken out. The Information Security Officer will be notified.")


CARDS: Drawings = {
    TakenOut: taken_out,
    StudentDataRemoved: removed,
}

NOTES: Notes = {ConfirmTakenOut: _confirmed, RemoveStudentData: _removed}
