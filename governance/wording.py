"""Sentences of the domain that more than one feature or platform says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from core.people import Held
from core.school_calendar import Calendar
from core.words import Words
from governance.delivery_reasons import read_why
from governance.feedback.model import COMMITTEE_RETIRED, READS_AS_DANGER, Naming
from surveys.messages import QuestionPage
from surveys.questions import Unfit
from surveys.results.model import Restored, Withheld
from surveys.survey import COMMENTS_FROM, SCORES_FROM, Dimension


def unfit(words: Words, why: Unfit) -> str:
    """Why an input does not fit, in the reader's words. A value that is called "groups" names
    a table by what it splits by: "level+role"."""
    values = {
        name: groups(words, filter(None, str(value).split("+"))) if "groups" in name else value
        for name, value in why.values.items()
    }
    return words.say(why.why, **values)


def groups(words: Words, by: Iterable[str]) -> str:
    """What one table shows: "each level", "each role at each level"."""
    role, level, building = (frozenset({one}) for one in Dimension)
    said = {
        frozenset[str](): words.say("everyone asked"),
        role: words.say("each role"),
        level: words.say("each level"),
        building: words.say("each building"),
        role | level: words.say("each role at each level"),
        role | building: words.say("each role in each building"),
        level | building: words.say("each building, by level"),
        role | level | building: words.say("each role in each building, by level"),
    }
    return said[frozenset(by)]


def delivery_reason(words: Words, why: str) -> str:
    """Why a message did not arrive, may not have, or waits; ``why`` as the ledger keeps it."""
    reason, about = read_why(why)
    return words.say(reason.sentence, about=about)


def reason(words: Words, why: str) -> str:
    """Why something was moved: what somebody wrote, or the code of what we do ourselves."""
    match why:
        case _ if why == COMMITTEE_RETIRED:
            return words.say("This committee was retired.")
        case _ if why == READS_AS_DANGER:
            return words.say("It may be about someone in danger.")
        case _:
            return why


def queue(words: Words, name: str) -> str:
    """A queue's name: a committee's is its own, the others' are ours."""
    ours = {
        "Triage": words.say("Triage"),
        "Restricted": words.say("Restricted"),
        "Not about technology": words.say("Not about technology"),
        "It stays here": words.say("It stays here"),
        "Not about technology: file it": words.say("Not about technology: file it"),
        "Information Security Office": words.say("Information Security Office"),
        "Chief Technology Officer’s office": words.say("Chief Technology Officer’s office"),
    }
    return ours.get(name, name)


def answerer(words: Words, name: str | None, *, within: bool = False) -> str:
    """The name of whoever has a message, as its author may know it: the committee's name, or
    the person who reads an internal queue. ``within`` a sentence: in lower case. ``name``
    None: a committee without its name."""
    if within:
        ours = {
            None: words.say("the committee"),
            "Triage": words.say("the person who sorts messages"),
            "Restricted": words.say("one named person"),
            "Information Security Office": words.say("the Information Security Office"),
            "Chief Technology Officer’s office": words.say("the Chief Technology Officer’s office"),
        }
    else:
        ours = {
            None: words.say("The committee"),
            "Triage": words.say("The person who sorts messages"),
            "Restricted": words.say("One named person"),
            "Information Security Office": words.say("The Information Security Office"),
            "Chief Technology Officer’s office": words.say("The Chief Technology Officer’s office"),
        }
    return ours.get(name) or queue(words, name or "")


def queues(words: Words, named: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """(key, name) of queues, to choose from."""
    return tuple((key, queue(words, name)) for key, name in named)


def sure(words: Words, confidence: float) -> str:
    """How sure the reader of messages is: never 100%, which it cannot be."""
    return words.percent(min(confidence, 0.99))


def effort(words: Words, questions: int, minutes: int) -> str:
    return words.say(
        "{questions}, about {minutes}.",
        questions=words.count("{n} question", "{n} questions", questions),
        minutes=words.count("{n} minute", "{n} minutes", minutes),
    )


def no_files(words: Words, *, kept: bool) -> str:
    """To whoever sent a picture or a file; ``kept``: the words with it are."""
    if kept:
        return words.say(
            "I can't take pictures or files: your words are kept, the file is not. If it "
            "matters, please tell me what it shows."
        )
    return words.say(
        "I can't take pictures or files, so yours was not kept. Please tell me in words what "
        "it shows."
    )


def place_of(words: Words, page: QuestionPage) -> str:
    """Where in the survey a page is, as far as that can be known."""
    step, steps = words.number(page.step), words.number(page.steps)
    if page.about:
        return words.say("Page {page} of about {pages}", page=step, pages=steps)
    return words.say("Page {page} of {pages}", page=step, pages=steps)


def tried(words: Words) -> str:
    """After the last page of a test to oneself."""
    return words.say("That was the test. None of your answers was kept.")


def restored(words: Words, why: Restored) -> str:
    """Why a survey has no results in a database that was restored from a backup."""
    if why is Restored.WAITS:
        return words.say(
            "Sounding Board was restored from a backup made while this survey was open. New "
            "results next to earlier ones could show how a person answered. So an operator must "
            "first say whether anyone saw results before."
        )
    return words.say(
        "This survey has no results. Sounding Board was restored from a backup made "
        "while it was open, and new results next to earlier ones could reveal how a "
        "person answered. Its answers were deleted."
    )


def withheld(words: Words, least: int = SCORES_FROM) -> str:
    """The one empty state: small, blank and withheld look alike."""
    return words.say("Fewer than {k} answers, so nothing is shown to anyone.", k=least)


def not_shown(words: Words, result: Withheld) -> str:
    """The same of one question; of a survey that is still open, what it waits for."""
    if not result.live:
        return withheld(words, result.least)
    if result.least == COMMENTS_FROM:
        return words.say(
            "Comments show once the survey has closed, if {k} or more people wrote one.",
            k=result.least,
        )
    if result.least == SCORES_FROM:
        return words.say("Figures are shown once the survey closes.")
    return words.say("Figures start at {n} answers.", n=words.number(result.least))


def not_monitored(words: Words) -> str:
    return words.say(
        "Not monitored around the clock. In danger, call 911. "
        "Telling us here is not a mandated report."
    )


def leave_names_out(words: Words) -> str:
    return words.say("We remove what we recognize as personal; please leave names out.")


def received(words: Words) -> str:
    """The receipt for feedback, after a word of thanks."""
    return words.say(
        "It will be read and sent to the committee that can act on it. You’ll get the reply here."
    )


def naming(words: Words, naming: Naming) -> str:
    """Who will know who said it."""
    if naming is Naming.NAMED:
        return words.say("The committee will see your name.")
    return withheld_name(words)


def withheld_name(words: Words) -> str:
    """What "name withheld" means, said in the form."""
    return words.say(
        "The committee sees your words without your name or address. It sees your role with your "
        "level or building only if at least ten people have the same. If you write about danger, "
        "a responder sees your name. Whoever runs our database could look it up."
    )


def author(words: Words, name: str | None, building: str | None) -> str:
    """Who wrote an urgent message, as far as anybody knows."""
    if name is None:
        return words.say("Someone who stayed anonymous: nobody can find out who")
    return f"{name}, {building}" if building else name


def after_closing(words: Words) -> str:
    """Why nobody is shown their own answers anymore."""
    return words.say(
        "What you said before it closed can’t be shown: it is no longer recorded whose "
        "answers are whose."
    )


def open_cases(words: Words, cases: int) -> str:
    return words.count("{n} urgent case is open.", "{n} urgent cases are open.", cases)


def held(words: Words, held: Held) -> str:
    """Whom quiet hours keep back, and until when."""
    return words.count(
        "{n} person is in quiet hours and gets it from {when} on.",
        "{n} people are in quiet hours and get it from {when} on.",
        held.people,
        when=words.when(held.until),
    )


def contacts(words: Words, contacts: Mapping[str, str]) -> list[tuple[str, str]]:
    """(whom, how to reach them), in the order of the district's files."""
    names = {
        "help-desk": words.say("Help desk"),
        "human-resources": words.say("Human Resources"),
        "title-ix": words.say("Title IX coordinator"),
        "association": words.say("Education association"),
        "security": words.say("Information Security"),
        "privacy": words.say("Privacy office"),
        "safety": words.say("School safety"),
    }
    return [(names.get(key, key), how) for key, how in contacts.items()]


def no_school(words: Words, calendar: Calendar, day: date) -> str:
    """That a day is not a school day, and why; "" where it is one."""
    holiday = calendar.holiday_on(day)
    if holiday is not None:
        return words.say(
            "{day} is not a school day: {holiday}.", day=words.day(day), holiday=holiday.name
        )
    if not calendar.is_school_day(day):
        return words.say("{day} is not a school day.", day=words.day(day))
    return ""
