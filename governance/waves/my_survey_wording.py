"""The surveys that somebody was asked, in words that every platform shows alike."""

from __future__ import annotations

from core.commands import Command
from core.words import Words
from governance.conclusions.commands import ReadConclusions
from governance.waves.my_surveys import MySurvey
from surveys.commands import ShowPage, ShowSaid
from surveys.survey import Participation


def title(words: Words) -> str:
    return words.say("Your surveys")


def nothing(words: Words) -> str:
    return words.say("You have not been asked anything yet.")


def older(words: Words) -> str:
    return words.say("Older ones are not listed.")


def state(words: Words, one: MySurvey) -> str:
    """What it waits for: an answer, its closing, or to be read."""
    say = words.say
    if one.open:
        return _while_open(words, one)
    day = words.day(one.closes_at)
    if one.heard_at is not None:
        return say(
            "It closed on {day}. What we heard and what follows was published on {published}.",
            day=day,
            published=words.day(one.heard_at),
        )
    if one.held:
        return say("It closed on {day} and is under a records hold.", day=day)
    return say("It closed on {day}. What we heard comes here when it is published.", day=day)


def _while_open(words: Words, one: MySurvey) -> str:
    say, when = words.say, words.when(one.closes_at)
    match one.became:
        case Participation.ANSWERED:
            return say("You answered. You can change your answers until {when}.", when=when)
        case Participation.PARTIAL:
            return say(
                "You started but have not sent everything. You can continue until {when}.",
                when=when,
            )
        case Participation.DECLINED:
            return say("You said no. You can still answer until {when}.", when=when)
        case Participation.ASKED:
            return say("You have not answered yet. It is open until {when}.", when=when)


def presses(words: Words, one: MySurvey) -> list[tuple[str, Command]]:
    """What can be done, the first thing first."""
    say, wave = words.say, one.wave_id
    said = (say("What you said"), ShowSaid(wave_id=wave))
    if not one.open:
        read = [(say("What we heard"), ReadConclusions(wave_id=wave))] if one.heard_at else []
        answered = one.became in (Participation.ANSWERED, Participation.PARTIAL)
        return [*read, *([said] if one.held and answered else [])]
    match one.became:
        case Participation.ANSWERED:
            return [said]
        case Participation.PARTIAL:
            return [(say("Continue answering"), ShowPage(wave_id=wave)), said]
        case Participation.DECLINED:
            return [(say("Answer anyway"), ShowPage(wave_id=wave))]
        case Participation.ASKED:
            return [(say("Answer"), ShowPage(wave_id=wave))]
