"""How a campaign stands, in words that Slack, Teams and the web share."""

from __future__ import annotations

from core.commands import Command
from core.words import Words
from governance import wording
from governance.announcements import urgent_wording as urgent_words
from governance.announcements.campaign_commands import (
    CheckRecall,
    CheckResend,
    ResumeCampaign,
    StopCampaign,
)
from governance.announcements.model import (
    Announcement,
    AnnouncementState,
    Missed,
    Outcome,
    Reason,
    Standing,
    Step,
    Tally,
    standing_of,
)
from governance.labels import Labels
from governance.messages import Progress, RecallCheck
from governance.references import wording as link_words
from governance.upkeep.handlers import DELIVERIES_KEPT


def step_label(words: Words, message: Progress, step: Step) -> str:
    """A button's words."""
    match step:
        case Step.STOP if message.announcement.state is AnnouncementState.WAITING:
            return words.say("Withdraw it")
        case Step.STOP if message.announcement.sent_at is None:
            return words.say("Do not send it")
        case Step.STOP:
            return words.say("Stop sending")
        case Step.RESUME:
            return words.say("Send the rest")
        case Step.RESEND:
            return words.say("Send again to people who did not get it")
        case Step.RECALL:
            return words.say("Take it back")


def step_command(message: Progress, step: Step) -> Command:
    """What a button asks for."""
    announcement = message.announcement.id
    match step:
        case Step.STOP:
            return StopCampaign(subject=announcement)
        case Step.RESUME:
            return ResumeCampaign(subject=announcement)
        case Step.RESEND:
            return CheckResend(announcement_id=announcement)
        case Step.RECALL:
            return CheckRecall(announcement_id=announcement)


def lines(words: Words, message: Progress) -> tuple[str, ...]:
    """How it stands as plain lines, for a terminal."""
    counted = [f"{label}: {words.number(people)}" for label, people in counts(words, message.tally)]
    title = words.text(message.announcement.change.title)
    said = sentence(words, message.announcement, message.tally)
    return (title, said, *counted, *notes(words, message))


def tag(words: Words, announcement: Announcement, tally: Tally) -> str:
    """How it stands, in a word or two beside its title."""
    if announcement.state is not AnnouncementState.SENDING:
        return Labels(words)(announcement.state)
    match standing_of(announcement, tally):
        case Standing.GOING:
            return words.say("Being sent")
        case Standing.SENT | Standing.NOBODY:
            return words.say("Sent")
        case Standing.UNSURE:
            return words.say("Not sure it arrived")
        case Standing.WAITING:
            return words.say("Waiting to be sent")
        case Standing.FAILED:
            return words.say("Failed")
        case Standing.STOPPED:
            return words.say("Stopped")
        case Standing.TAKING_BACK:
            return words.say("Being taken back")
        case Standing.TAKEN_BACK:
            return words.say("Taken back")


def sentence(words: Words, announcement: Announcement, tally: Tally) -> str:
    """How it stands and how many have read it, in one sentence."""
    if ahead := unsent(words, announcement):
        return ahead
    if standing_of(announcement, tally) in (Standing.GOING, Standing.SENT):
        return words.say(
            "{sent} of {people} sent, {read} confirmed.",
            sent=words.number(tally.sent),
            people=words.number(tally.people),
            read=words.number(tally.acknowledged),
        )
    return f"{said(words, announcement, tally)}."


def unsent(words: Words, announcement: Announcement) -> str:
    """How it stands before it goes out, while its tally says nothing yet; "" at any other time."""
    if announcement.state is AnnouncementState.SCHEDULED and announcement.send_at is not None:
        return words.say("Goes out on {when}.", when=words.when(announcement.send_at))
    return urgent_words.waiting(words, announcement)


def said(words: Words, announcement: Announcement, tally: Tally) -> str:
    """How it stands: a sentence without its period, which may head a bar."""
    if ahead := unsent(words, announcement):
        return ahead.removesuffix(".")
    sent, people = words.number(tally.sent), words.number(tally.people)
    had = words.number(tally.had)
    found = standing_of(announcement, tally)
    match found:
        case Standing.GOING | Standing.SENT:
            return words.say("{part} of {whole} sent", part=sent, whole=people)
        case Standing.STOPPED:
            return words.say("{part} of {whole} sent, then stopped", part=sent, whole=people)
        case Standing.TAKING_BACK | Standing.TAKEN_BACK if not tally.had:
            return words.say("Taken back before anyone got it")
        case Standing.TAKING_BACK:
            return words.say("{n} sent. {left} still have it", n=had, left=sent)
        case Standing.TAKEN_BACK if tally.sent:
            return words.say("{n} sent, then taken back. {left} still have it", n=had, left=sent)
        case Standing.TAKEN_BACK:
            return words.say("{n} sent, then taken back", n=had)
        case _:
            return nobody(words, found, tally)


def nobody(words: Words, found: Standing, tally: Tally) -> str:
    """Why nobody has it for certain, without a period."""
    match found:
        case Standing.UNSURE:
            return words.count(
                "We do not know whether {n} person got it",
                "We do not know whether any of {n} people got it",
                tally.unknown,
            )
        case Standing.WAITING:
            return words.count(
                "Nobody has it yet. {n} person has not opened the app",
                "Nobody has it yet. {n} people have not opened the app",
                tally.waiting,
            )
        case Standing.FAILED if tally.failed:
            return words.count(
                "Nobody got it. Sending it to {n} person failed",
                "Nobody got it. Sending it to {n} people failed",
                tally.failed,
            )
        case Standing.FAILED if tally.unreachable:
            return words.count(
                "Nobody got it. {n} person cannot be reached",
                "Nobody got it. {n} people cannot be reached",
                tally.unreachable,
            )
        case Standing.FAILED:
            return words.say("Nobody got it")
        case _:
            return words.say("The audience is empty")


def counts(words: Words, tally: Tally) -> list[tuple[str, int]]:
    """What there is to count, with its number: what is none is left out."""
    named = [
        (words.say("Waiting to be sent"), tally.to_go),
        (words.say("Sent"), tally.sent),
        (words.say("Confirmed"), tally.acknowledged),
        (words.say("Not sure it arrived"), tally.unknown),
        (words.say("Have not opened the app yet"), tally.waiting),
        (words.say("Cannot be reached"), tally.unreachable),
        (words.say("Failed"), tally.failed),
        (words.say("Stopped before they were sent"), tally.stopped),
        (words.say("Taken back"), tally.recalled),
        (words.say("Being taken back"), tally.recalling),
        (words.say("Could not be taken back"), tally.kept),
        (words.say("Message changed"), tally.edited),
        (words.say("Sent a correction"), tally.corrected),
        (words.say("Waiting for the correction"), tally.editing),
    ]
    return [(label, people) for label, people in named if people]


def notes(words: Words, message: Progress) -> list[str]:
    """What the numbers mean: why some did not arrive, what is uncertain, and when it is over."""
    tally, announcement = message.tally, message.announcement
    said = urgent_words.approval_lines(words, message.approval)
    if announcement.edited_at is not None:
        said.append(words.say("Edited on {when}.", when=words.when(announcement.edited_at)))
    if announcement.stopped_at is None and announcement.recalled_at is None:
        said += outgrown(words) if message.outgrown else joiners(words, announcement)
    if announcement.recalled_at is not None:
        said.append(words.say("Taken back on {when}.", when=words.when(announcement.recalled_at)))
    elif announcement.stopped_at is not None:
        said.append(words.say("Stopped on {when}.", when=words.when(announcement.stopped_at)))
    elif tally.unwritten:
        said.append(queueing(words, tally))
    elif tally.expected_end is not None and tally.queued and not tally.held_up:
        said.append(words.say("All sent by about {when}.", when=words.when(tally.expected_end)))
    if tally.telling:
        said.append(telling(words, tally))
    said += [
        *link_words.led(words, message),
        *reasons(words, tally),
        *([unknown(words)] if tally.unknown else []),
    ]
    return [*said, *([forgotten(words, tally)] if tally.forgotten else [])]


def joiners(words: Words, announcement: Announcement) -> list[str]:
    """Whether late joiners get it too."""
    until = announcement.joiners_until
    if until is None:
        return []
    day = words.day(until)
    return [words.say("People who join the audience until {day} get it too.", day=day)]


def outgrown(words: Words) -> list[str]:
    """That nobody more gets it, and how they would."""
    return [
        words.say(
            "Many more people are in the audience now than when it went out. They do not get it. "
            "To reach them, send a new announcement."
        )
    ]


def queueing(words: Words, tally: Tally) -> str:
    """That a large audience is still being queued, and how far it is."""
    return words.say(
        "Queueing {part} of {whole}. Messages are already going out.",
        part=words.number(tally.people - tally.unwritten),
        whole=words.number(tally.people),
    )


def telling(words: Words, tally: Tally) -> str:
    """How many people a service notice's update has still to reach."""
    return words.count(
        "The update is still being queued for {n} person.",
        "The update is still being queued for {n} people.",
        tally.telling,
    )


def forgotten(words: Words, tally: Tally) -> str:
    """Why there are numbers and no people any more."""
    return words.count(
        "Delivery details are kept for {days} days. For {n} person only the count is "
        "left, not the name.",
        "Delivery details are kept for {days} days. For {n} people only the counts are "
        "left, not the names.",
        tally.forgotten,
        days=words.number(DELIVERIES_KEPT.days),
    )


def reasons(words: Words, tally: Tally) -> list[str]:
    """Why some did not get it, or not yet: a line for each reason, with what to do about it."""
    return [_reason(words, one) for one in tally.reasons]


def _reason(words: Words, one: Reason) -> str:
    why = wording.delivery_reason(words, one.why)
    if one.outcome is Outcome.QUEUED:
        return words.count(
            "{n} person is waiting: {why}", "{n} people are waiting: {why}", one.people, why=why
        )
    return words.count("{n} person: {why}", "{n} people: {why}", one.people, why=why)


def unknown(words: Words) -> str:
    return words.say(
        "“Not sure” means that we handed the message over and got no answer, so it may "
        "or may not have arrived. We check where the platform allows it."
    )


def missed(words: Words, missed: Missed) -> list[str]:
    """Who did not get it, one line for each kind."""
    said = []
    if missed.failed:
        failed = "{n} person: sending failed", "{n} people: sending failed"
        said.append(words.count(*failed, missed.failed))
    if missed.unreachable:
        silent = "{n} person could not be reached", "{n} people could not be reached"
        said.append(words.count(*silent, missed.unreachable))
    if missed.stopped:
        stopped = "{n} person: stopped before it was sent", "{n} people: stopped before it was sent"
        said.append(words.count(*stopped, missed.stopped))
    if missed.waiting:
        said.append(
            words.count(
                "{n} of them has not opened the app yet and gets it when they do",
                "{n} of them have not opened the app yet and get it when they do",
                missed.waiting,
            )
        )
    if missed.left:
        said.append(
            words.count(
                "{n} person has left the district and gets nothing",
                "{n} people have left the district and get nothing",
                missed.left,
            )
        )
    if missed.wakes and (missed.ready or missed.unknown):
        said.append(words.say("It is urgent, so people get it even in quiet hours"))
    return said


def resend_sentence(words: Words, missed: Missed) -> str:
    if not missed.ready and not missed.unknown:
        return words.say("Everyone who can get it has it. There is nothing to send again.")
    if not missed.ready:
        return words.say("Everyone else has it, as far as we know.")
    return words.count(
        "{n} person did not get it. Sending it again takes {time}.",
        "{n} people did not get it. Sending it again takes {time}.",
        missed.ready,
        time=words.duration(missed.seconds),
    )


def maybe_twice(words: Words, missed: Missed) -> str:
    """About those of whom nobody knows."""
    return words.count(
        "{n} more person may already have it, and would get it twice.",
        "{n} more people may already have it, and would get it twice.",
        missed.unknown,
    )


def recall_lines(words: Words, message: RecallCheck) -> list[str]:
    """What taking it back does, and what it cannot do."""
    said = [
        words.count(
            "It disappears for {n} person who has it. That takes {time}.",
            "It disappears for {n} people who have it. That takes {time}.",
            message.sent,
            time=words.duration(message.seconds),
        )
    ]
    if message.queued:
        said.append(
            words.count(
                "{n} person who is still waiting won’t get it.",
                "{n} people who are still waiting won’t get it.",
                message.queued,
            )
        )
    if message.unknown:
        said.append(
            words.count(
                "We don’t know whether {n} person has it, so we can’t take it back from them.",
                "We don’t know whether {n} people have it, so we can’t take it back from them.",
                message.unknown,
            )
        )
    said.append(words.say("Who confirmed it stays on record. Taking it back cannot be undone."))
    return said
