"""What was begun, and what came too late: a survey, an announcement."""

from __future__ import annotations

from core.cards import Card, Page, Press, Secrecy
from core.people import Held
from core.words import Words
from governance import links, wording
from governance.announcements.campaign_commands import ShowAsking, ShowProgress
from governance.card_parts import Drawings, Notes, lines
from governance.docket.commands import ShowFeedbackForm
from governance.messages import AnnouncementScheduled
from governance.series.commands import MoveDate, PauseSeries, ResumeSeries, StopSeries
from governance.waves import reach_wording as reach_words
from governance.waves.my_surveys import ShowMySurveys
from surveys.commands import LiftHold, ShowPage, ShowResults
from surveys.messages import Declined, WaveClosedAlready, WaveLaunched


def scheduled(words: Words, message: AnnouncementScheduled) -> Card:
    """That an announcement goes out, to how many and how long it takes."""
    people = words.count("{n} person", "{n} people", message.people)
    lasts = words.duration(message.seconds)
    said = (
        words.say("It goes out to {people} on {when}.", people=people, when=words.when(message.at))
        if message.at
        else words.say(
            "It is going out to {people} now; that takes {time}.", people=people, time=lasts
        )
    )
    progress = ShowProgress(announcement_id=message.announcement_id)
    return Card(
        title=words.prose("“{title}” is on its way", title=words.written(message.title)),
        secrecy=Secrecy.ANYWHERE,
        parts=lines([said, *_held(words, message.held)]),
        presses=(Press(label=words.say("See its progress"), command=progress),),
    )


def launched(words: Words, message: WaveLaunched) -> Card:
    """Whom a survey asks and when."""
    wave = message.wave_id
    chosen = reach_words.beside(words, message.reach) if message.reach else []
    asks = words.say(
        "It asks {people}, opens on {opens} and closes on {closes}.",
        people=words.count("{n} person", "{n} people", message.people),
        opens=words.when(message.opens_at),
        closes=words.when(message.closes_at),
    )
    return Card(
        title=words.prose("“{title}” is launched", title=words.written(message.title)),
        secrecy=Secrecy.ANYWHERE,
        parts=lines([asks, *chosen, *_held(words, message.held)]),
        presses=(
            Press(label=words.say("Survey progress"), command=ShowAsking(wave_id=wave)),
            Press(label=words.say("Show results"), command=ShowResults(wave_id=wave)),
        ),
        page=Page(label=words.say("See all surveys"), path=links.surveys("")),
    )


def _held(words: Words, held: Held | None) -> list[str]:
    return [wording.held(words, held)] if held else []


def declined(words: Words, message: Declined) -> Card:
    """To who said "No, thank you"."""
    return Card(
        title=words.prose(
            "We will not remind you of “{title}”", title=words.written(message.title)
        ),
        secrecy=Secrecy.ANYWHERE,
        parts=lines(
            [
                words.say(
                    "That is fine. If you change your mind, you can answer until {when}.",
                    when=words.when(message.closes_at),
                )
            ]
        ),
        presses=(
            Press(label=words.say("Answer anyway"), command=ShowPage(wave_id=message.wave_id)),
        ),
    )


def closed(words: Words, message: WaveClosedAlready) -> Card:
    """To whoever answers a survey that has closed."""
    return Card(
        title=words.prose("“{title}” has closed", title=words.written(message.title)),
        secrecy=Secrecy.ANYWHERE,
        parts=lines(
            [
                words.say(
                    "It closed on {when}, so answers can no longer be taken or changed. What came "
                    "after that was not kept.",
                    when=words.when(message.closed_at),
                ),
                wording.after_closing(words),
                words.say("If you still want to be heard, tell us in your own words."),
            ]
        ),
        presses=(
            Press(label=words.say("Tell us something"), command=ShowFeedbackForm()),
            Press(label=words.say("Your surveys"), command=ShowMySurveys()),
        ),
    )


CARDS: Drawings = {
    AnnouncementScheduled: scheduled,
    WaveLaunched: launched,
    Declined: declined,
    WaveClosedAlready: closed,
}


def _moved(words: Words, moved: MoveDate, _: object) -> str:
    return words.say("The next one opens on {when}.", when=words.when(moved.to))


NOTES: Notes = {
    LiftHold: lambda words, *_: words.say("The records hold is lifted."),
    PauseSeries: lambda words, *_: words.say("Paused. Dates are skipped until you resume it."),
    StopSeries: lambda words, *_: words.say(
        "Stopped for good. A survey that is open stays open until it closes."
    ),
    ResumeSeries: lambda words, *_: words.say("Resumed."),
    MoveDate: _moved,
}
