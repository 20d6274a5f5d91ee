"""How a survey's asking goes, in words that Slack, Teams and the web share."""

from __future__ import annotations

from core.commands import Command
from core.words import Words
from governance.announcements import campaign_wording as campaign_words
from governance.announcements.campaign_commands import (
    CheckAskAgain,
    ResumeCampaign,
    StopCampaign,
)
from governance.announcements.model import Standing, Step, Tally, standing
from governance.messages import WaveProgress
from governance.waves.asking import COUNTED_FROM, all_sent
from surveys.survey import WaveState

_NOBODY = frozenset({Standing.UNSURE, Standing.WAITING, Standing.FAILED})


def step_label(words: Words, message: WaveProgress, step: Step) -> str:
    """A button's words."""
    match step:
        case Step.STOP if all_sent(message):
            return words.say("Stop reminders")
        case Step.STOP:
            return words.say("Stop sending")
        case Step.RESUME:
            return words.say("Send the rest")
        case Step.RESEND:
            return words.say("Send it again to people who did not get it")
        case Step.RECALL:
            raise ValueError("an invitation is not taken back (decision 14)")


def step_command(message: WaveProgress, step: Step) -> Command:
    """What a button asks for."""
    wave = message.wave.id
    match step:
        case Step.STOP:
            return StopCampaign(subject=wave)
        case Step.RESUME:
            return ResumeCampaign(subject=wave)
        case Step.RESEND:
            return CheckAskAgain(wave_id=wave)
        case Step.RECALL:
            raise ValueError("an invitation is not taken back (decision 14)")


def lines(words: Words, message: WaveProgress) -> tuple[str, ...]:
    """How it goes as plain lines, for a terminal."""
    counted = [f"{label}: {words.number(people)}" for label, people in counts(words, message)]
    title = words.text(message.wave.survey.title)
    return (title, sentence(words, message), *counted, *notes(words, message))


def sentence(words: Words, message: WaveProgress) -> str:
    """How it goes in one sentence."""
    if message.tally is None:
        return _untold(words, message)
    return said(words, message.tally)


def said(words: Words, tally: Tally) -> str:
    """How the invitations stand. That it was stopped is said beside it."""
    found = standing(tally, stopped=False, taken_back=False)
    if tally.stopped == 0 and found in _NOBODY:
        return campaign_words.nobody(words, found, tally)
    part, whole = words.number(tally.sent), words.number(tally.people)
    return words.say("{part} of {whole} invitations sent", part=part, whole=whole)


def counts(words: Words, message: WaveProgress) -> list[tuple[str, int]]:
    """What there is to count, with its number: what is none is left out."""
    return campaign_words.counts(words, message.tally) if message.tally else []


def notes(words: Words, message: WaveProgress) -> list[str]:
    """What the numbers mean, when the rest is asked, and what there is to know of reminders."""
    return [*of_numbers(words, message), *of_reminders(words, message)]


def of_numbers(words: Words, message: WaveProgress) -> list[str]:
    """What the numbers mean, and when the rest is asked."""
    tally, told = message.tally, []
    if message.stopped_at is not None and message.wave.state is not WaveState.CLOSED:
        told.append(
            words.say(
                "Stopped on {when}. Nobody else is asked or reminded until sending continues.",
                when=words.when(message.stopped_at),
            )
        )
    elif tally is not None and tally.unwritten:
        told.append(campaign_words.queueing(words, tally))
    elif tally is not None and tally.expected_end and tally.queued and not tally.held_up:
        told.append(words.say("All asked by about {when}.", when=words.when(tally.expected_end)))
    if tally is not None:
        told += campaign_words.reasons(words, tally)
        told += [campaign_words.unknown(words)] if tally.unknown else []
        told += [campaign_words.forgotten(words, tally)] if tally.forgotten else []
    return told


def _untold(words: Words, message: WaveProgress) -> str:
    if message.wave.state is WaveState.PLANNED:
        return words.say("It opens on {when}.", when=words.when(message.wave.opens_at))
    return words.say(
        "It asks fewer than {least} people. Nobody is shown whether their invitations arrived.",
        least=COUNTED_FROM,
    )


def of_reminders(words: Words, message: WaveProgress) -> list[str]:
    """When they were due or go out, and why they are not counted."""
    told = [
        words.say("A reminder was due on {when}.", when=words.when(at)) for at in message.reminded
    ]
    told += [
        words.say(
            "A reminder goes out on {when} to those who have not answered.", when=words.when(at)
        )
        for at in message.reminders
    ]
    if told and message.seconds:
        lasts = words.duration(message.seconds)
        told.append(words.say("A reminder takes {time} at most, quiet hours aside.", time=lasts))
    if told:
        told.append(
            words.say(
                "The number of reminders is not shown, because it would reveal how many people "
                "have answered."
            )
        )
    return told
