"""The messages about a change: all of them on one card, and one with what can be done about it."""

from __future__ import annotations

from core.cards import (
    Bullets,
    Card,
    Facts,
    Look,
    Page,
    Part,
    Press,
    Preview,
    Secrecy,
    Style,
)
from core.words import Words
from governance import links
from governance.announcements.campaign_commands import (
    EditAnnouncement,
    ShowProgress,
    StopCampaign,
)
from governance.announcements.commands import CheckAnnouncement, WriteAnnouncement
from governance.announcements.model import AnnouncementState
from governance.card_parts import (
    Drawings,
    Notes,
    change,
    lines,
    sender,
)
from governance.changes import wording as say
from governance.changes.commands import (
    AddMessage,
    DropMessage,
    PlanMessage,
    ScheduleMessages,
    ShowChange,
    ShowPlanned,
    ShowSequence,
)
from governance.changes.messages import PlannedLine, PlannedView, SequenceView
from governance.changes.model import Phase
from governance.forms.commands import Open
from governance.languages import lacking, outdated


def sequence(words: Words, message: SequenceView) -> Card:
    record = message.record
    return Card(
        title=words.prose("Messages: {title}", title=words.written(record.words.title)),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *_moved(words, message),
            *lines(
                [line for one in message.collisions for line in say.busy(words, one)], Look.ALARM
            ),
            *(_rows(words, message) or lines([words.say("There are no messages yet.")])),
        ),
        presses=_presses(words, message),
        more=tuple(
            Press(
                label=f"{say.phase(words, one.planned.phase)} ({words.day(one.at)})",
                command=ShowPlanned(change_id=record.id, announcement_id=one.announcement.id),
            )
            for one in message.lines
        ),
        # What has moved is said once, in answer to the step.
        page=None
        if message.moved_from
        else Page(label=words.say("Open the messages"), path=links.sequence("", record.id)),
        up=Page(label=words.text(record.words.title), path=links.change("", record.id)),
    )


def _rows(words: Words, message: SequenceView) -> tuple[Part, ...]:
    rows = tuple(
        (
            say.phase(words, one.planned.phase),
            " · ".join((say.goes(words, one), say.audience(words, one), say.became(words, one))),
        )
        for one in message.lines
    )
    return (Facts(pairs=rows, secrecy=Secrecy.SIGNED_IN),) if rows else ()


def _moved(words: Words, message: SequenceView) -> tuple[Part, ...]:
    """What became of the messages with the day, and who knows the old one."""
    if message.moved_from is None:
        return ()
    late = [one for one in message.lines if one.was is not None and one.passed]
    told = [one for one in message.lines if one.announcement.sent_at is not None]
    told = [one for one in told if one.announcement.recalled_at is None]
    missed = words.count(
        "{n} message was due earlier. It is a draft now.",
        "{n} messages were due earlier. They are drafts now.",
        len(late),
    )
    know = [
        words.count(
            "{phase}: {n} person knows the old date. Open it to correct it.",
            "{phase}: {n} people know the old date. Open it to correct it.",
            one.people,
            phase=say.phase(words, one.planned.phase),
        )
        for one in told
    ]
    return (
        *lines([say.moved(words, message.record, message.moved_from)], Look.STRONG),
        *(lines([missed], Look.ALARM) if late else ()),
        *((Bullets(lines=tuple(know), secrecy=Secrecy.SIGNED_IN),) if know else ()),
    )


def _presses(words: Words, message: SequenceView) -> tuple[Press, ...]:
    record, presses = message.record, list[Press]()
    drafts = [
        one
        for one in message.lines
        if one.announcement.state is AnnouncementState.DRAFT and not (one.passed or one.everyone)
    ]
    if message.edits and record.shown and drafts:
        label = words.count("Schedule {n} draft", "Schedule {n} drafts", len(drafts))
        command = ScheduleMessages(change_id=record.id)
        presses.append(Press(label=label, command=command, style=Style.PRIMARY))
    lacks = {one.planned.phase for one in message.lines} != set(Phase)
    if message.edits and lacks:
        label = words.say("Add the usual messages")
        presses.append(Press(label=label, command=AddMessage(change_id=record.id)))
    if message.edits and message.lines:
        label = words.say("Add another how-to message")
        command_ = AddMessage(change_id=record.id, phase=Phase.HOW_TO)
        presses.append(Press(label=label, command=command_))
    back = words.say("Back to the change")
    presses.append(Press(label=back, command=ShowChange(change_id=record.id), chat_only=True))
    return tuple(presses)


# -- one message -----------------------------------------------------------------------------------


def planned(words: Words, message: PlannedView) -> Card:
    line, record = message.line, message.record
    notes = [*outdated(words, message.change), *lacking(words, message.change)]
    sent = line.announcement.sent_at is not None
    goes = words.say("Went out") if sent else words.say("Goes out")
    seen = words.say("As people see it") if sent else words.say("As people will see it")
    facts = (
        (goes, f"{words.when(line.at)}. {say.timing(words, line.planned)}."),
        (words.say("Audience"), say.audience(words, line)),
        (words.say("State"), say.became(words, line)),
    )
    return Card(
        title=words.prose(
            "{phase}: {title}",
            phase=say.phase(words, line.planned.phase),
            title=words.written(record.words.title),
        ),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            Facts(pairs=facts, secrecy=Secrecy.SIGNED_IN),
            *lines([] if sent else notes, Look.QUIET),
            Preview(
                label=seen,
                title=words.written(message.change.title),
                parts=(sender(words, message.sender), *change(words, message.change)),
                secrecy=Secrecy.SIGNED_IN,
            ),
        ),
        presses=_about(words, message, line),
        page=Page(
            label=words.say("Open the message"),
            path=links.sequence("", record.id, line.announcement.id),
        ),
        up=Page(label=words.say("Messages"), path=links.sequence("", record.id)),
    )


def _about(words: Words, message: PlannedView, line: PlannedLine) -> tuple[Press, ...]:
    """What can be done about it: by its writer, and with its words by the CTO's office."""
    change_id = message.record.id
    announcement, presses = line.announcement, list[Press]()
    match announcement.state:
        case AnnouncementState.DRAFT:
            if message.announces:
                checks = CheckAnnouncement(announcement_id=announcement.id)
                edits = Open(of=WriteAnnouncement(announcement_id=announcement.id))
                presses.append(
                    Press(label=words.say("Check and send"), command=checks)
                    if line.everyone and message.record.shown
                    else Press(label=words.say("Edit the text"), command=edits)
                )
            if message.edits:
                plans = PlanMessage(change_id=change_id, announcement_id=announcement.id)
                label = words.say("Change date or audience")
                presses.append(Press(label=label, command=Open(of=plans)))
                drops = DropMessage(change_id=change_id, announcement_id=announcement.id)
                presses.append(Press(label=words.say("Remove it"), command=drops))
        case AnnouncementState.SCHEDULED | AnnouncementState.WAITING if message.announces:
            stop = StopCampaign(subject=announcement.id)
            presses.append(Press(label=words.say("Unschedule and edit"), command=stop))
        case AnnouncementState.SENDING if message.announces:
            if announcement.recalled_at is None:
                shows_ = Open(of=EditAnnouncement(announcement_id=announcement.id))
                presses.append(Press(label=words.say("Edit what was sent"), command=shows_))
            command_ = ShowProgress(announcement_id=announcement.id)
            presses.append(Press(label=words.say("Progress"), command=command_))
        case _:
            pass
    back = ShowSequence(change_id=change_id)
    return (*presses, Press(label=words.say("All messages"), command=back, chat_only=True))


CARDS: Drawings = {SequenceView: sequence, PlannedView: planned}

NOTES: Notes = {
    AddMessage: lambda words, *_: words.say("Drafts added. Nothing is sent yet."),
    PlanMessage: lambda words, *_: words.say("Saved."),
    DropMessage: lambda words, *_: words.say("Removed from this change."),
    ScheduleMessages: lambda words, *_: words.say("Done. The list says which are scheduled."),
}
