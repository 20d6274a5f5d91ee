"""What the bot says when somebody talks to it, in words that every platform shows alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from core.cards import Page
from core.commands import Command
from core.words import Words
from governance import links, wording
from governance.chat.model import ChatAnswer, Intent, MyMessage
from governance.chat.shortcuts import shortcuts
from governance.docket.commands import ShowFeedbackForm
from governance.feedback.model import ItemState
from governance.home.commands import ShowHelp
from governance.messages import Help
from governance.waves import my_survey_wording as my_survey_words
from governance.waves.my_surveys import MySurvey, ShowMySurveys
from surveys.commands import DeclineWave
from surveys.survey import COMMENTS_FROM, SCORES_FROM, Participation

_WAITING = (Participation.ASKED, Participation.PARTIAL)
_MOST_SURVEYS = 3

_NOT_MONITORED = (
    Intent.GREETING,
    Intent.INTRODUCTION,
    Intent.WHO_READS,
    Intent.MY_MESSAGE,
    Intent.CONFIDENTIAL,
)

# -- help ------------------------------------------------------------------------------------------


def help_title(words: Words, message: Help) -> str:
    return words.say("I’m a bot: the Sounding Board of {district}.", district=message.district)


def what_i_do(words: Words) -> str:
    return words.say(
        "Tell me what works and what doesn’t: I take it to the committee that can act on it and "
        "bring the answer back. Surveys and announcements come to you here, too."
    )


def can_type(words: Words, message: Help) -> list[str]:
    """The words that are commands, what else can be asked, and where somebody sits."""
    say = words.say
    typed = [say("home"), say("surveys"), say("results"), say("feedback"), say("sign in")]
    typed += [say("service status"), say("change calendar"), say("training")]
    typed += [one.typed(words) for one in shortcuts()]
    if message.committees:
        typed.append(words.say("docket"))
    if message.cto:
        typed.append(words.say("announce"))
    return [
        words.say("Type one of these words: {words}.", words=", ".join(typed)),
        words.say("Or ask me: “When does the survey close?”, “Who reads this?”, “Any news?”"),
        *(
            words.say("You sit on {committee}.", committee=name)
            for _, name in wording.queues(words, message.committees)
        ),
    ]


# -- answers ---------------------------------------------------------------------------------------


def lines(words: Words, message: ChatAnswer) -> list[str]:
    """The answer, a paragraph each; the first says the most."""
    say = words.say
    match message.intent:
        case Intent.GREETING:
            return [
                say("Hello. Tell me what works and what doesn’t."),
                say("I take it to the committee that can act on it and bring the answer back."),
                *_waiting(words, message),
            ]
        case Intent.INTRODUCTION:
            return _introduction(words, message)
        case Intent.THANKS:
            return [say("You’re welcome.")]
        case Intent.GOODBYE:
            return [say("Goodbye. You can write to me at any time.")]
        case Intent.YES:
            return [
                say("I haven’t asked you anything that needs a yes."),
                say("To tell us something, write it here in a sentence."),
            ]
        case Intent.NO:
            if message.dropped:
                return [say("OK. I didn’t pass it on, and I deleted it.")]
            return [say("OK. Nothing is waiting to be passed on.")]
        case Intent.DONE:
            return _done(words, message)
        case Intent.STOP:
            return _stop(words, message)
        case Intent.CLOSES:
            return _closes(words, message)
        case Intent.HOW_LONG:
            return _how_long(words, message)
        case Intent.RESULTS:
            return _results(words, message)
        case Intent.CONFIDENTIAL:
            return _confidential(words)
        case Intent.WHO_READS:
            return _who_reads(words)
        case Intent.MY_MESSAGE:
            return _messages(words, message)
        case Intent.ABOUT_BOT:
            return [
                say("I’m a bot: the Sounding Board of {district}.", district=message.district),
                say("People on your district’s committees read what you tell me and answer it."),
                *contacts(words, message.contacts),
            ]
        case (
            Intent.HELP
            | Intent.HOME
            | Intent.SERVICES
            | Intent.CHANGES
            | Intent.TRAINING
            | Intent.SURVEYS
            | Intent.DOCKET
            | Intent.ANNOUNCE
            | Intent.FEEDBACK
            | Intent.SIGN_IN
            | Intent.UNCLEAR
        ):  # each of these is a command of its own
            return [say("Write “help” to see what I can do.")]
        case _:
            assert_never(message.intent)


def note(words: Words, message: ChatAnswer) -> str:
    """Small print."""
    return wording.not_monitored(words) if message.intent in _NOT_MONITORED else ""


def presses(words: Words, message: ChatAnswer) -> list[tuple[str, Command]]:
    """What there is to do now, the first thing first."""
    tell = (words.say("Tell us something"), ShowFeedbackForm())
    match message.intent:
        case Intent.GREETING | Intent.INTRODUCTION:
            return [tell, (words.say("What I can do"), ShowHelp())]
        case Intent.CLOSES | Intent.HOW_LONG | Intent.DONE | Intent.RESULTS:
            shown = _heard(message) if message.intent is Intent.RESULTS else _open(message)
            first = [my_survey_words.presses(words, one)[:1] for one in shown]
            mine = (my_survey_words.title(words), ShowMySurveys())
            return [*[press for one in first for press in one][:1], mine]
        case Intent.STOP:
            no = words.say("No, thank you")
            return [(no, DeclineWave(wave_id=one.wave_id)) for one in _asked(message)[:1]]
        case Intent.YES | Intent.NO | Intent.MY_MESSAGE:
            return [tell]
        case _:
            return []


def obvious(message: ChatAnswer) -> bool:
    """Whether the first press, where there is one, is the one obvious next step."""
    match message.intent:
        case Intent.GREETING | Intent.INTRODUCTION | Intent.YES | Intent.STOP:
            return True
        case Intent.CLOSES | Intent.HOW_LONG | Intent.DONE:
            return len(_open(message)) == len(_asked(message)) == 1
        case Intent.RESULTS:
            return bool(_heard(message))
        case Intent.MY_MESSAGE:
            return not message.messages
        case _:
            return False


def way(words: Words, message: ChatAnswer) -> Page | None:
    """The page that has more, where there is one."""
    match message.intent:
        case Intent.CONFIDENTIAL if message.anonymous_door:
            at = links.anonymous("", message.anonymous_door)
            return Page(label=words.say("Speak anonymously"), path=at)
        case Intent.RESULTS:
            return Page(label=words.say("Staff feedback by month"), path=links.what_came(""))
        case Intent.MY_MESSAGE:
            return Page(label=words.say("Home"), path=links.inbox(""))
        case _:
            return None


def contacts(words: Words, whom: Mapping[str, str]) -> list[str]:
    known = [f"{name}: {how}" for name, how in wording.contacts(words, whom)]
    if not known:
        return []
    return [words.say("To talk to a person now:") + " " + "; ".join(known)]


# -- surveys ---------------------------------------------------------------------------------------


def _open(message: ChatAnswer) -> list[MySurvey]:
    return [one for one in message.surveys if one.open][:_MOST_SURVEYS]


def _asked(message: ChatAnswer) -> list[MySurvey]:
    return [one for one in _open(message) if one.became in _WAITING]


def _heard(message: ChatAnswer) -> list[MySurvey]:
    """The newest survey of which it was published what was heard."""
    return [one for one in message.surveys if one.heard_at is not None][:1]


def _states(words: Words, surveys: list[MySurvey]) -> list[str]:
    return [
        words.say(
            "{title}: {state}",
            title=words.text(one.title),
            state=my_survey_words.state(words, one),
        )
        for one in surveys
    ]


def _none_open(words: Words) -> str:
    return words.say("No survey is open for you right now. When one is, you’ll get it here.")


def _waiting(words: Words, message: ChatAnswer) -> list[str]:
    return _states(words, _asked(message))


def _done(words: Words, message: ChatAnswer) -> list[str]:
    if waiting := _asked(message):
        return [words.say("I don’t have all your answers yet."), *_states(words, waiting)]
    if answered := [one for one in _open(message) if one.became is Participation.ANSWERED]:
        return [words.say("Thank you. I have your answers."), *_states(words, answered)]
    return [words.say("Thank you. No survey is waiting for you.")]


def _closes(words: Words, message: ChatAnswer) -> list[str]:
    if current := _open(message):
        return _states(words, current)
    closed = _states(words, list(message.surveys[:1]))
    return [_none_open(words), *closed]


def _how_long(words: Words, message: ChatAnswer) -> list[str]:
    current = _open(message)
    if not current:
        return [_none_open(words)]
    return [
        words.say(
            "{title}: {effort}",
            title=words.text(one.title),
            effort=wording.effort(words, one.questions, one.minutes),
        )
        for one in current
    ]


def _results(words: Words, message: ChatAnswer) -> list[str]:
    told = words.say(
        "After a survey closes, the Chief Technology Officer’s office publishes what it heard "
        "and what follows. You’ll get it here."
    )
    return [told, *_states(words, _heard(message))]


def _stop(words: Words, message: ChatAnswer) -> list[str]:
    say = words.say
    told = [say("You don’t have to answer any survey.")]
    if asked := _asked(message):
        told += [
            say("Press “No, thank you” to get no more reminders about this one:"),
            words.text(asked[0].title),
        ]
    told.append(
        say(
            "I can’t take you off the staff list: surveys and announcements go to everyone they "
            "are meant for. You can mute this chat at any time."
        )
    )
    return [*told, *contacts(words, message.contacts)]


# -- the first message -----------------------------------------------------------------------------


def _introduction(words: Words, message: ChatAnswer) -> list[str]:
    say = words.say
    return [
        say(
            "Hello. I’m Sounding Board, the bot through which {district} listens to its staff "
            "about technology.",
            district=message.district,
        ),
        what_i_do(words),
        say(
            "I keep what you write. The committee reads a copy without the personal data that "
            "I recognize, and doesn’t see your name unless you choose to give it. What reads "
            "like danger goes to a named responder, with your name."
        ),
        *contacts(words, message.contacts),
    ]


# -- confidentiality, and who reads ----------------------------------------------------------------


def _confidential(words: Words) -> list[str]:
    say = words.say
    return [
        say("It’s confidential, but not anonymous."),
        say(
            "Surveys: results show only for groups of about {k} or more answers, and comments "
            "only where {n} or more people wrote one. Each count is moved by a small random "
            "number, so nobody can subtract one result from another and find you. Until a survey "
            "closes, an operator who broke the rules could link you to your answers. Then the "
            "answers are deleted. If a survey is under a records hold, they are kept until the "
            "hold is lifted.",
            k=SCORES_FROM,
            n=COMMENTS_FROM,
        ),
        say("What you write to me: {how}", how=wording.withheld_name(words)),
    ]


def _who_reads(words: Words) -> list[str]:
    say = words.say
    return [
        say(
            "A program reads it first, removes the personal data that it recognizes, and "
            "sends it to the committee that can act on it. The people on that committee read "
            "it and answer you."
        ),
        say("They don’t see your name unless you choose to give it."),
        say(
            "Something sensitive goes to one named person instead. What reads like danger goes to "
            "a named responder, with your name."
        ),
    ]


# -- one's own messages ----------------------------------------------------------------------------


def _messages(words: Words, message: ChatAnswer) -> list[str]:
    if not message.messages:
        return [
            words.say("You haven’t told me anything yet, so there is nothing to report."),
            words.say("To tell us something, write it here in a sentence."),
        ]
    told = words.say("Your messages so far:")
    return [told, *(_message(words, one) for one in message.messages)]


def _message(words: Words, one: MyMessage) -> str:
    said, day = one.said, words.day(one.received_at)
    state = words.say(
        "{committee} has asked you something.", committee=wording.answerer(words, one.committee)
    )
    if not one.asked_back:
        state = _state(words, one)
    if not said:
        return words.say("Your message of {day}: {state}", day=day, state=state)
    return words.say("“{said}” ({day}): {state}", said=said, day=day, state=state)


def _state(words: Words, one: MyMessage) -> str:
    committee = wording.answerer(words, one.committee)
    match one.state:
        case ItemState.RECEIVED:
            return words.say("I have it and am still reading it.")
        case ItemState.NEW:
            if one.committee is None:
                return words.say(
                    "Nobody here reads it. Please turn to Human Resources, the Title IX "
                    "coordinator or your association."
                )
            return words.say("{committee} has it. You’ll get the reply here.", committee=committee)
        case ItemState.ACKNOWLEDGED:
            return words.say("{committee} is looking into it.", committee=committee)
        case ItemState.IN_DISCUSSION:
            return words.say("{committee} is discussing it.", committee=committee)
        case ItemState.ANSWERED:
            return words.say("{committee} has answered it.", committee=committee)
        case ItemState.FILED:
            return words.say("It isn’t about technology, so no committee here can act on it.")
        case ItemState.HANDED_OVER:
            return words.say("The help desk has it.")
        case _:
            assert_never(one.state)
