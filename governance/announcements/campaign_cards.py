"""What became of an announcement, how a survey's asking goes, and what can be done about both."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from core.cards import (
    Bullets,
    Card,
    Confirm,
    Figures,
    Line,
    Look,
    Page,
    Part,
    Press,
    Prose,
    Secrecy,
    Share,
    Style,
)
from core.commands import Command
from core.words import Words
from governance import links
from governance.announcements import campaign_wording as campaign_words
from governance.announcements.campaign_commands import (
    AskAgain,
    RecallAnnouncement,
    ResendAnnouncement,
    ResumeCampaign,
    ShowAsking,
    ShowProgress,
    StopCampaign,
)
from governance.announcements.commands import SendAnnouncement, SendUrgent
from governance.announcements.editing_cards import edit_presses
from governance.announcements.model import Missed, Step, Tally, steps
from governance.card_parts import Drawings, Notes, lines
from governance.messages import AskAgainCheck, Progress, RecallCheck, ResendCheck, WaveProgress
from governance.read_reminders.cards import presses as unread_presses
from governance.waves import asking_wording as asking_words
from governance.waves.asking import steps_of_asking


def progress(words: Words, message: Progress) -> Card:
    """How it stands; its buttons look again and do what can be done."""
    announcement, tally = message.announcement, message.tally
    title = words.written(announcement.change.title)
    said = campaign_words.sentence(words, announcement, tally)
    share = Share(part=tally.acknowledged, whole=tally.people, label=words.say("confirmed"))
    return Card(
        title=words.prose("Progress: {title}", title=title),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            Line(text=said, secrecy=Secrecy.ANYWHERE, look=Look.STRONG),
            *_counted(words, campaign_words.counts(words, tally), share),
            *lines(campaign_words.notes(words, message)),
        ),
        presses=(
            Press(
                label=words.say("Check again"),
                command=ShowProgress(announcement_id=announcement.id),
                chat_only=True,
            ),
            *announcement_presses(words, message),
        ),
        page=Page(
            label=words.say("See it person by person"), path=links.campaign("", announcement.id)
        ),
    )


def announcement_presses(words: Words, message: Progress) -> tuple[Press, ...]:
    """What can be done about it now."""
    return (
        *(step_press(words, message, step) for step in steps(message.announcement, message.tally)),
        *edit_presses(words, message.announcement, message.tally),
        *unread_presses(words, message.announcement, message.tally),
    )


def step_press(words: Words, message: Progress, step: Step) -> Press:
    """The button that does it."""
    return _step(
        step,
        campaign_words.step_label(words, message, step),
        campaign_words.step_command(message, step),
    )


def asking(words: Words, message: WaveProgress) -> Card:
    wave = message.wave
    tally = message.tally
    share = Share(part=tally.sent, whole=tally.people, label=words.say("sent")) if tally else None
    return Card(
        title=words.prose("Asking: {title}", title=words.written(wave.survey.title)),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            Line(
                text=asking_words.sentence(words, message),
                secrecy=Secrecy.ANYWHERE,
                look=Look.STRONG,
            ),
            *_counted(words, asking_words.counts(words, message), share),
            *lines(asking_words.notes(words, message)),
        ),
        presses=(
            Press(
                label=words.say("Check again"),
                command=ShowAsking(wave_id=wave.id),
                chat_only=True,
            ),
            *asking_presses(words, message),
        ),
        page=Page(label=words.say("Survey progress"), path=links.asking("", wave.id)),
    )


def asking_presses(words: Words, message: WaveProgress) -> tuple[Press, ...]:
    """What can be done about it now."""
    return tuple(
        _step(
            step,
            asking_words.step_label(words, message, step),
            asking_words.step_command(message, step),
        )
        for step in steps_of_asking(message)
    )


def _step(step: Step, label: str, command: Command) -> Press:
    style = Style.DANGER if step is Step.STOP else Style.PLAIN
    return Press(label=label, command=command, style=style)


def _counted(
    words: Words, counts: Sequence[tuple[str, int]], share: Share | None
) -> tuple[Part, ...]:
    if not counts:
        return lines([words.say("Nothing has gone out yet.")])
    pairs = tuple((label, words.number(n)) for label, n in counts)
    return (Figures(pairs=pairs, share=share, secrecy=Secrecy.ANYWHERE),)


def resend(words: Words, message: ResendCheck) -> Card:
    announcement = message.announcement_id
    return _again(
        words,
        words.prose("Send again: {title}", title=words.written(message.title)),
        message.missed,
        only=ResendAnnouncement(announcement_id=announcement),
        everyone=ResendAnnouncement(announcement_id=announcement, unknown=True),
        back=ShowProgress(announcement_id=announcement),
    )


def ask_again(words: Words, message: AskAgainCheck) -> Card:
    wave: UUID = message.wave_id
    return _again(
        words,
        words.prose("Send invitations again: {title}", title=words.written(message.title)),
        message.missed,
        only=AskAgain(wave_id=wave),
        everyone=AskAgain(wave_id=wave, unknown=True),
        back=ShowAsking(wave_id=wave),
    )


def _again(
    words: Words, title: Prose, missed: Missed, *, only: Command, everyone: Command, back: Command
) -> Card:
    """How many of each, and a button for each way to send it again."""
    twice = campaign_words.maybe_twice(words, missed)
    presses = []
    if missed.ready:
        label = words.count("Send it to {n} person", "Send it to {n} people", missed.ready)
        presses.append(Press(label=label, command=only, style=Style.PRIMARY))
    if missed.unknown:
        label = words.count(
            "Send it to {n} person, perhaps twice",
            "Send it to {n} people, some perhaps twice",
            missed.ready + missed.unknown,
        )
        sure = Confirm(
            title=words.say("Send it, perhaps twice?"),
            text=twice,
            yes=words.say("Send it"),
            no=words.say("Not now"),
        )
        presses.append(Press(label=label, command=everyone, confirm=sure))
    presses.append(Press(label=words.say("Not now"), command=back))
    missing = tuple(campaign_words.missed(words, missed))
    return Card(
        title=title,
        secrecy=Secrecy.ANYWHERE,
        parts=(
            Line(
                text=campaign_words.resend_sentence(words, missed),
                secrecy=Secrecy.ANYWHERE,
                look=Look.STRONG,
            ),
            *((Bullets(lines=missing, secrecy=Secrecy.ANYWHERE),) if missing else ()),
            *(lines([twice]) if missed.unknown else ()),
            *lines(
                [
                    words.say(
                        "People who have it don’t get it again, and people who joined since then "
                        "don’t get it."
                    )
                ],
                Look.QUIET,
            ),
        ),
        presses=tuple(presses),
    )


def recall(words: Words, message: RecallCheck) -> Card:
    """Asked once more: it cannot be undone."""
    announcement = message.announcement_id
    return Card(
        title=words.prose("Take “{title}” back?", title=words.written(message.title)),
        secrecy=Secrecy.ANYWHERE,
        parts=lines(campaign_words.recall_lines(words, message)),
        presses=(
            Press(
                label=words.say("Take it back"),
                command=RecallAnnouncement(announcement_id=announcement),
                style=Style.DANGER,
            ),
            Press(
                label=words.say("Keep it as it is"),
                command=ShowProgress(announcement_id=announcement),
            ),
        ),
    )


CARDS: Drawings = {
    Progress: progress,
    WaveProgress: asking,
    ResendCheck: resend,
    AskAgainCheck: ask_again,
    RecallCheck: recall,
}


# -- what has come of a press ----------------------------------------------------------------------


def _stopped(words: Words, _: Command, message: Progress | WaveProgress) -> str:
    tally = message.tally
    if isinstance(message, WaveProgress):
        return words.say("Stopped. People who haven’t been asked yet won’t be.")
    if _waits(tally) or (tally and tally.stopped):
        return words.say("Stopped. People who don’t have it yet won’t get it.")
    return words.say("There was nothing left to stop: everyone who can get it has it.")


def _resumed(words: Words, _: Command, message: Progress | WaveProgress) -> str:
    if message.tally is None:  # the panel is so small that nothing may be told of it
        return words.say("Sending continues.")
    if _waits(message.tally):
        return words.say("The rest is going out now.")
    return words.say("Sending continues. Everyone already has it.")


def _sent_again(words: Words, _: Command, message: Progress | WaveProgress) -> str:
    if message.tally is None or _waits(message.tally):
        return words.say("It is going out again to people who did not get it.")
    return words.say("Nothing was sent: everyone already has it.")


def _recalled(words: Words, _: Command, message: Progress) -> str:
    if message.tally.recalling:
        return words.say("It is being taken back.")
    if message.tally.recalled:
        return words.say("It has already been taken back.")
    return words.say("Nobody had it yet, so there was nothing to take back. It won’t go out now.")


def _asked(words: Words, _: Command, message: Progress) -> str:
    return words.say("Approval requested. It goes out as soon as one of them approves it.")


def _waits(tally: Tally | None) -> bool:
    return tally is not None and bool(tally.to_go or tally.waiting)


NOTES: Notes = {
    StopCampaign: _stopped,
    ResumeCampaign: _resumed,
    ResendAnnouncement: _sent_again,
    AskAgain: _sent_again,
    RecallAnnouncement: _recalled,
    SendAnnouncement: _asked,
    SendUrgent: _asked,
}
