"""The surveys that somebody was asked, in words that every platform shows alike."""

from __future__ import annotations

from core.commands import Command
from core.words import Words
from governance.conclusions.commands import ReadConclusions
from governance.waves.my_surveys import MySurvey, MySurveys
from surveys.commands import ShowPage, ShowResults, ShowSaid
from surveys.survey import Participation


def title(words: Words) -> str:
    return words.say("Your surveys")


def nothing(words: Words) -> str:
    return words.say("You have not been asked anything yet.")


def older(words: Words) -> str:
    return words.say("Older ones are on the web page.")


def closed(words: Words) -> str:
    """The heading of those that have closed."""
    return words.say("Closed surveys")


def own_building(words: Words, message: MySurveys) -> str:
    """Why administrators find no results of their own building; "" for everybody else. Who sees
    results by building is promised before the first question, and nobody else may."""
    if not message.building or all(one.open for one in message.surveys):
        return ""
    return words.say(
        "There are no results here for {building} alone. Before the first question everyone was "
        "told that results go to the CTO's office and to committees that the survey names, and "
        "that only figures for everyone asked may be published.",
        building=message.building,
    )


def state(words: Words, one: MySurvey) -> str:
    """What it waits for: an answer, its closing, or to be read."""
    if one.open and one.became is not None:
        return _while_open(words, one, one.became)
    told = _closed(words, one)
    return told if one.became is not None else words.say("{told} You were not asked.", told=told)


def _closed(words: Words, one: MySurvey) -> str:
    say = words.say
    day = words.day(one.closes_at)
    if one.heard_at is not None:
        return say(
            "It closed on {day}. What we heard and what follows was published on {published}.",
            day=day,
            published=words.day(one.heard_at),
        )
    if one.held:
        return say("It closed on {day} and is under a records hold.", day=day)
    return say("It closed on {day}. Results have not been published yet.", day=day)


def _while_open(words: Words, one: MySurvey, became: Participation) -> str:
    say, when = words.say, words.when(one.closes_at)
    match became:
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
        read = (say("What we heard"), ReadConclusions(wave_id=wave))
        results = (say("Show results"), ShowResults(wave_id=wave))
        answered = one.became in (Participation.ANSWERED, Participation.PARTIAL)
        may = ((read, one.heard_at), (results, one.tables), (said, one.held and answered))
        return [press for press, does in may if does]
    match one.became:
        case Participation.ANSWERED:
            return [said]
        case Participation.PARTIAL:
            return [(say("Continue answering"), ShowPage(wave_id=wave)), said]
        case Participation.DECLINED:
            return [(say("Answer anyway"), ShowPage(wave_id=wave))]
        case _:
            return [(say("Answer"), ShowPage(wave_id=wave))]
