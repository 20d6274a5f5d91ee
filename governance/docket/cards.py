"""What a committee does with an item, as a form: answering it."""

from __future__ import annotations

from dataclasses import replace

from core.cards import (
    Card,
    ChoiceField,
    Fill,
    Line,
    Look,
    Part,
    Press,
    Quote,
    Secrecy,
    TextField,
)
from core.words import Words
from governance import wording
from governance.card_parts import Drawings, Notes, item_form, opens, quoted, why
from governance.chairs import wording as chair_words
from governance.chairs.bulk import Bulk
from governance.chairs.commands import UndoTogether
from governance.committees.commands import DropAbsence, NoteAbsence, SettlePost
from governance.committees.model import RESTRICTED
from governance.docket import wording as docket_words
from governance.docket.commands import (
    AcknowledgeItem,
    AnswerItem,
    AssignItem,
    AssignTogether,
    BringBack,
    DiscussItem,
    FillAnswer,
    MoveItem,
    PutAside,
    PutAsideTogether,
    ShowAnswerForm,
    UndoChange,
    WriteSubject,
)
from governance.docket.forms import STAYS
from governance.docket.handlers import FILE_IT
from governance.docket.messages import NOBODY
from governance.duplicates import wording as matter_words
from governance.duplicates.commands import (
    ForgetCorrection,
    JoinItem,
    MergeItem,
    PartItem,
    SplitItem,
)
from governance.feedback.model import LONGEST_ANSWER, ItemState
from governance.messages import AnswerForm, Brief
from governance.reach import has_it_now
from governance.references import wording as link_words
from governance.references.commands import LinkItem, SettleProposal
from governance.typed import typed
from governance.views import DocketView


def answering(words: Words, message: AnswerForm) -> Card:
    item, hears = message.item_id, matter_words.hears(words, message.said_by)
    said = (Line(text=hears, secrecy=Secrecy.ANYWHERE, look=Look.STRONG),) if hears else ()
    reason = why(words, message.unfit, "text")
    label = words.say("Send the answer")
    stands: tuple[Part, ...] = ()
    if message.standing:
        meanwhile = words.say(
            "Someone else answered this while you were writing. Yours is not sent yet."
        )
        stands = (
            Line(text=meanwhile, secrecy=Secrecy.ANYWHERE, look=Look.STRONG),
            Quote(
                text=message.standing,
                secrecy=Secrecy.SIGNED_IN,
                by=words.say("The author has this answer:"),
            ),
        )
        reason, label = reason or meanwhile, words.say("Send mine as well")
    answering = item_form(
        words,
        item,
        (
            TextField(
                key="text",
                label=words.say("Your answer"),
                value=message.text,
                longest=LONGEST_ANSWER,
                hint=words.say(
                    "It goes to the author with your committee’s name. Say what happens next "
                    "and when."
                ),
                why=reason,
                rows=6,
            ),
        ),
        hands_in=Press(label=label, command=AnswerItem(item_id=item, text="", over=message.over)),
        opens=opens(words.say("Answer"), ShowAnswerForm(item_id=item)),
    )
    return Card(
        title=words.say("Answer this"),
        secrecy=Secrecy.ANYWHERE,
        parts=(*stands, *quoted(message.redacted), *said),
        form=replace(answering, fill=_saved(words, message)),
    )


def _saved(words: Words, message: AnswerForm) -> Fill | None:
    """A choice of what the committee keeps to answer with; None where it keeps nothing."""
    if not message.answers:
        return None
    return Fill(
        field=ChoiceField(
            key="saved",
            label=words.say("Saved answer"),
            choices=message.answers,
            hint=words.say("It is added below, after what you have typed. You can edit it."),
            why=why(words, message.unfit, "saved"),
            optional=True,
            depends=True,
        ),
        press=Press(label=words.say("Add it"), command=FillAnswer(item_id=message.item_id)),
    )


# -- what has come of a press ----------------------------------------------------------------------


def _moved(words: Words, command: MoveItem, item: Brief) -> str:
    if item.state is ItemState.ANSWERED:
        return words.say("It was answered in the meantime, so it stays where it is.")
    if command.to == STAYS:
        return words.say("It stays here. Nobody else can read it.")
    to = item.history[-1][1] if item.history else item.queue_name
    if command.to in (FILE_IT, RESTRICTED):
        return words.say(
            "Moved to {queue}. The author has been notified.", queue=wording.queue(words, to)
        )
    return words.say("Moved to {queue}.", queue=wording.queue(words, to))


def _answered(words: Words, command: AnswerItem, item: Brief) -> str:
    written, _ = typed(command.text, LONGEST_ANSWER)
    if not (item.answer or "").endswith(written):
        return words.say("Someone else already answered this. Your answer was not sent.")
    return words.say("Your answer is on its way to the author.")


def _assigned(words: Words, _: AssignItem, item: Brief) -> str:
    if item.assigned_to:
        return has_it_now(words, item.assigned_to, chat=item.assigned_in_chat)
    return words.say("It is not assigned to anyone now.")


def _put_aside(words: Words, _: PutAside, item: Brief) -> str:
    return docket_words.until(words, item.aside) if item.aside else ""


def _assigned_together(words: Words, command: AssignTogether, docket: DocketView) -> str:
    if not docket.changed:
        return words.say("Nothing was changed: none of these messages is open here now.")
    if command.to == NOBODY:
        return words.count(
            "{n} message is not assigned to anyone now.",
            "{n} messages are not assigned to anyone now.",
            docket.changed,
        )
    return words.count("{n} message is assigned.", "{n} messages are assigned.", docket.changed)


def _put_aside_together(words: Words, command: PutAsideTogether, docket: DocketView) -> str:
    if not docket.changed:
        return words.say("Nothing was changed: none of these messages is open here now.")
    return words.count(
        "{n} message is put aside until {day}.",
        "{n} messages are put aside until {day}.",
        docket.changed,
        day=words.day(command.until) if command.until else "",
    )


def _linked(words: Words, _: LinkItem, item: Brief) -> str:
    return link_words.saved(words, item)


CARDS: Drawings = {
    AnswerForm: answering,
}


def _acknowledged(words: Words, _: AcknowledgeItem, item: Brief) -> str:
    if not item.can_answer:
        return ""  # a responder's, who has no docket, or answered meanwhile: the page is the item's
    return words.say("Acknowledged. The author has been notified.")


def _settled(words: Words, settled: SettlePost, _: object) -> str:
    return (
        words.say("Thank you, noted.") if settled.arrived else words.say("It is being sent again.")
    )


def _undone(words: Words, _: UndoTogether, bulk: Bulk) -> str:
    return chair_words.ending(words, bulk)


def _one_matter(words: Words, *_: object) -> str:
    return words.say("They are one item now. Everyone who said it gets the answer.")


def _by_itself(words: Words, *_: object) -> str:
    return words.say("It is now a separate item.")


NOTES: Notes = {
    AcknowledgeItem: _acknowledged,
    DiscussItem: lambda words, *_: words.say("In discussion. The author has been notified."),
    SplitItem: _by_itself,
    MergeItem: _one_matter,
    ForgetCorrection: lambda words, *_: words.say("Forgotten. The message stays where it is."),
    SettlePost: _settled,
    NoteAbsence: lambda words, *_: words.say(
        "Noted. Your stand-in gets the reminders while you are away."
    ),
    DropAbsence: lambda words, *_: words.say("Removed. You are reminded as usual."),
    UndoTogether: _undone,
    MoveItem: _moved,
    AnswerItem: _answered,
    AssignItem: _assigned,
    PutAside: _put_aside,
    BringBack: lambda words, *_: words.say("It is back on the open list."),
    WriteSubject: lambda words, *_: words.say("Subject saved."),
    AssignTogether: _assigned_together,
    PutAsideTogether: _put_aside_together,
    UndoChange: lambda words, *_: words.say("Undone. Everything is as it was before."),
    LinkItem: _linked,
    SettleProposal: link_words.settled,
    JoinItem: _one_matter,
    PartItem: _by_itself,
}
