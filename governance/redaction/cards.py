"""What was taken out of somebody's words, and student data."""

from __future__ import annotations

from core.cards import Card, ChoiceField, Look, Page, Press, Secrecy, Style, TextField
from core.words import Words
from governance import links
from governance.card_parts import Drawings, Notes, item_form, lines, opens, quoted, why
from governance.messages import Brief
from governance.redaction import wording as say
from governance.redaction.commands import (
    ConfirmTakenOut,
    RemoveStudentData,
    ShowStudentDataForm,
    ShowTakenOut,
)
from governance.redaction.handlers import LONGEST_MARKS
from governance.redaction.messages import Kept, StudentDataForm, StudentDataRemoved, TakenOut


def taken_out(words: Words, message: TakenOut) -> Card:
    """The mail's subject does not say that its reader sent feedback."""
    waits = message.kept is Kept.WAITING
    look_at_it = words.say("We took personal data out of what you told us. Please look at it.")
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


def marking(words: Words, message: StudentDataForm) -> Card:
    item = message.item_id
    marks = TextField(
        key="words",
        label=words.say("Which words are student data?"),
        value=message.words,
        longest=LONGEST_MARKS,
        hint=say.one_a_line(words),
        why=why(words, message.unfit, "words"),
        rows=3,
        optional=True,
    )
    whole = ChoiceField(
        key="whole",
        label=words.say("Or everything"),
        choices=(("whole", words.say("The whole text")),),
        chosen=("whole",) if message.whole else (),
        several=True,
    )
    return Card(
        title=say.student_data_here(words),
        secrecy=Secrecy.ANYWHERE,
        parts=(*lines([say.student_data_said(words)]), *quoted(message.redacted)),
        form=item_form(
            words,
            item,
            (marks, whole),
            hands_in=Press(label=words.say("Take it out"), command=RemoveStudentData(item_id=item)),
            opens=opens(say.student_data_here(words), ShowStudentDataForm(item_id=item)),
        ),
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
    StudentDataForm: marking,
    StudentDataRemoved: removed,
}

NOTES: Notes = {ConfirmTakenOut: _confirmed, RemoveStudentData: _removed}
