"""The bot's own words: every sentence it says, in the reader's language.

The English sentences are the message ids of a gettext catalogue (``bot/locale``); a platform's
``draw`` takes whole sentences from here so that Slack, Teams and the web say the same thing.
Voice: plain, second person, short; no exclamation marks (docs/voice.md).
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_datetime
from babel.messages.catalog import Catalog
from babel.numbers import format_decimal, format_percent

from core.cards import Prose, Run
from governance.delivery_reasons import read_why
from governance.feedback.model import COMMITTEE_RETIRED, Naming
from surveys.messages import QuestionPage
from surveys.people import Held
from surveys.questions import Unfit
from surveys.results.model import Withheld
from surveys.survey import COMMENTS_FROM, SCORES_FROM, Dimension
from surveys.words import Text

LOCALE_DIR = Path(__file__).parent / "locale"
LANGUAGES = ("es",)
"""Beside English: those that have a catalogue."""


def po_file(language: str) -> Path:
    return LOCALE_DIR / language / "LC_MESSAGES" / "soundingboard.po"


@cache
def _catalogue(locale: str) -> gettext.NullTranslations:
    """A language's sentences, compiled in memory from the file that translators write."""
    from babel.messages.mofile import write_mo

    found = _translations(locale.partition("_")[0])
    if found is None:
        return gettext.NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, found)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def _translations(language: str) -> Catalog | None:
    from babel.messages.pofile import read_po

    path = po_file(language) if language.isalpha() else LOCALE_DIR
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def _filled(template: str, values: Mapping[str, object]) -> str:
    """A value that ends with a point brings the sentence's own: "… 3:40 p.m." is not "p.m.."."""
    pointed = {
        name: value[:-1]
        for name, value in values.items()
        if isinstance(value, str) and value.endswith(".") and f"{{{name}}}." in template
    }
    return template.format(**{**values, **pointed})


@cache
def known_locale(locale: str) -> Locale:
    """Whose dates and numbers to write. Spanish without a country is that of the United States,
    where the districts are: 12,040 and 3.5, as in the English beside it."""
    tag = locale.replace("-", "_")
    try:
        return Locale.parse("es_US" if tag == "es" else tag)
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@lru_cache(maxsize=4096)
def _number(value: float, locale: str) -> str:
    """Remembered, because a page of results has a thousand numbers and few different ones."""
    return format_decimal(value, locale=known_locale(locale))


@lru_cache(maxsize=4096)
def _percent(hundredths: int, locale: str) -> str:
    return format_percent(hundredths / 100, format="#,##0%", locale=known_locale(locale))


@dataclass(frozen=True)
class Words:
    """Words for one reader: their locale and their time zone (IANA name)."""

    locale: str = "en"
    timezone: str = "America/Chicago"

    def say(self, message: str, /, **values: object) -> str:
        """A sentence of the catalogue with ``{name}`` places filled in."""
        translated = _catalogue(self.locale.replace("-", "_")).gettext(message)
        return _filled(translated, values) if values else translated

    def count(self, one: str, many: str, n: int, /, **values: object) -> str:
        """A sentence that depends on a number, ``{n}``: ``count("{n} day", "{n} days", 3)``."""
        catalogue = _catalogue(self.locale.replace("-", "_"))
        return _filled(catalogue.ngettext(one, many, n), {"n": self.number(n), **values})

    @property
    def spoken(self) -> str:
        """The language of our own sentences for this reader: theirs, else English."""
        language = self.locale.replace("-", "_").partition("_")[0]
        return language if _translations(language) else "en"

    @property
    def tag(self) -> str:
        """The language of what is said here, as HTML names it: "es-MX", and "en" for a reader
        whose language has no catalogue."""
        tag = self.locale.replace("_", "-")
        return tag if tag.partition("-")[0] == self.spoken else self.spoken

    def text(self, words: Text) -> str:
        """What somebody wrote, in this reader's language where they gave it."""
        return words.in_locale(self.locale)

    def written(self, words: Text) -> tuple[Run, ...]:
        """The same, with the language that it is in."""
        return (Run(self.text(words), words.language_for(self.locale)),)

    def prose(self, message: str, /, **values: Prose) -> Prose:
        """``say``, with what somebody wrote inside it in its own language."""
        runs: list[Run] = []
        for at, part in enumerate(re.split(r"\{(\w+)\}", self.say(message))):
            told: Prose = values[part] if at % 2 else part
            runs += [Run(told)] if isinstance(told, str) else told
        return tuple(run for run in runs if run.text)

    def unfit(self, why: Unfit) -> str:
        """Why an input does not fit, in the reader's words. A value that is called "groups" names
        a table by what it splits by: "level+role"."""
        values = {
            name: self.groups(filter(None, str(value).split("+"))) if "groups" in name else value
            for name, value in why.values.items()
        }
        return self.say(why.why, **values)

    def groups(self, by: Iterable[str]) -> str:
        """What one table shows: "each level", "each role at each level"."""
        role, level, building = (frozenset({one}) for one in Dimension)
        said = {
            frozenset[str](): self.say("the whole district"),
            role: self.say("each role"),
            level: self.say("each level"),
            building: self.say("each building"),
            role | level: self.say("each role at each level"),
            role | building: self.say("each role in each building"),
            level | building: self.say("each building, by level"),
            role | level | building: self.say("each role in each building, by level"),
        }
        return said[frozenset(by)]

    def delivery_reason(self, why: str) -> str:
        """Why a message did not arrive, may not have, or waits; ``why`` as the ledger keeps it."""
        reason, about = read_why(why)
        return self.say(reason.sentence, about=about)

    def reason(self, why: str) -> str:
        """Why something was moved: what somebody wrote, or the code of what we do ourselves."""
        return self.say("This committee was retired.") if why == COMMITTEE_RETIRED else why

    def queue(self, name: str) -> str:
        """A queue's name: a committee's is its own, the others' are ours."""
        ours = {
            "Triage": self.say("Triage"),
            "Restricted": self.say("Restricted"),
            "Not about technology": self.say("Not about technology"),
            "Not about technology: file it": self.say("Not about technology: file it"),
        }
        return ours.get(name, name)

    def answerer(self, queue: str | None, *, within: bool = False) -> str:
        """The name of whoever has a message, as its author may know it: the committee's name, or
        the person who reads an internal queue. ``within`` a sentence: in lower case. ``queue``
        None: a committee without its name."""
        if within:
            ours = {
                None: self.say("the committee"),
                "Triage": self.say("the person who sorts messages"),
                "Restricted": self.say("one named person"),
            }
        else:
            ours = {
                None: self.say("The committee"),
                "Triage": self.say("The person who sorts messages"),
                "Restricted": self.say("One named person"),
            }
        return ours.get(queue) or self.queue(queue or "")

    def queues(self, named: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """(key, name) of queues, to choose from."""
        return tuple((key, self.queue(name)) for key, name in named)

    def number(self, value: float) -> str:
        return _number(value, self.locale)

    def percent(self, share: float) -> str:
        """0.62 -> "62%"."""
        return _percent(round(100 * share), self.locale)

    def sure(self, confidence: float) -> str:
        """How sure the reader of messages is: never 100%, which it cannot be."""
        return self.percent(min(confidence, 0.99))

    def when(self, at: datetime) -> str:
        """A moment with weekday, in the reader's zone: "Wednesday, November 25 at 3:40 PM"."""
        local = at.astimezone(ZoneInfo(self.timezone))
        time = format_datetime(local, "h:mm a", locale=known_locale(self.locale))
        return self.say("{day} at {time}", day=self.day(at), time=time)

    def day(self, at: datetime) -> str:
        """A date with weekday, in the reader's zone: "Wednesday, November 25"."""
        local = at.astimezone(ZoneInfo(self.timezone))
        # The pattern is a message of the catalogue: "EEEE d 'de' MMMM" in Spanish.
        return format_datetime(local, self.say("EEEE, MMMM d"), locale=known_locale(self.locale))

    # -- whole sentences that more than one platform says ------------------------------------

    def effort(self, questions: int, minutes: int) -> str:
        return self.say(
            "{questions}, about {minutes}.",
            questions=self.count("{n} question", "{n} questions", questions),
            minutes=self.count("{n} minute", "{n} minutes", minutes),
        )

    def no_files(self, *, kept: bool) -> str:
        """To whoever sent a picture or a file; ``kept``: the words with it are."""
        if kept:
            return self.say(
                "I can't take pictures or files: your words are kept, the file is not. If it "
                "matters, please tell me what it shows."
            )
        return self.say(
            "I can't take pictures or files, so yours was not kept. Please tell me in words what "
            "it shows."
        )

    def place_of(self, page: QuestionPage) -> str:
        """Where in the survey a page is, as far as that can be known."""
        step, steps = self.number(page.step), self.number(page.steps)
        if page.about:
            return self.say("Page {page} of about {pages}", page=step, pages=steps)
        return self.say("Page {page} of {pages}", page=step, pages=steps)

    def tried(self) -> str:
        """After the last page of a test to oneself."""
        return self.say("That was the test. None of your answers was kept.")

    def withheld(self, least: int = SCORES_FROM) -> str:
        """The one empty state: small, blank and withheld look alike."""
        return self.say("Fewer than {k} answers: nothing is shown, for anyone.", k=least)

    def not_shown(self, result: Withheld) -> str:
        """The same of one question; of a survey that is still open, what it waits for."""
        if not result.live:
            return self.withheld(result.least)
        if result.least == COMMENTS_FROM:
            return self.say(
                "Comments show once the survey has closed, if {k} or more people wrote one.",
                k=result.least,
            )
        if result.least == SCORES_FROM:
            return self.say("Figures come when the survey has closed.")
        return self.say("Figures come at {n} answers.", n=self.number(result.least))

    def not_monitored(self) -> str:
        return self.say(
            "Not monitored around the clock. In danger, call 911. "
            "Telling this bot is not a mandated report."
        )

    def leave_names_out(self) -> str:
        return self.say("We remove what we recognize as personal; please leave names out.")

    def received(self) -> str:
        """The receipt for feedback, after a word of thanks."""
        return self.say(
            "It will be read and sent to the committee that can act on it. You’ll get the reply "
            "here."
        )

    def naming(self, naming: Naming) -> str:
        """Who will know who said it."""
        if naming is Naming.NAMED:
            return self.say("The committee will see your name.")
        return self.withheld_name()

    def withheld_name(self) -> str:
        """What "name withheld" means, said in the form."""
        return self.say(
            "The committee sees neither your name nor your address; your role with your level or "
            "your building only where ten people or more share them. "
            "Your original words are encrypted, but anyone who holds the database can read the "
            "redacted copy and who wrote it. "
            "A message about danger goes to a named responder with your name."
        )

    def author(self, name: str | None, building: str | None) -> str:
        """Who wrote an urgent message, as far as anybody knows."""
        if name is None:
            return self.say("Somebody who stayed anonymous: nobody can find out who")
        return f"{name}, {building}" if building else name

    def after_closing(self) -> str:
        """Why nobody is shown their own answers anymore."""
        return self.say(
            "What you said before it closed cannot be shown: the records no longer know whose "
            "answers are whose."
        )

    def held(self, held: Held) -> str:
        """Whom quiet hours keep back, and until when."""
        return self.count(
            "Quiet hours hold it back for {n} person, who gets it from {when}.",
            "Quiet hours hold it back for {n} people, who get it from {when}.",
            held.people,
            when=self.when(held.until),
        )

    def all_of(self, names: Sequence[str]) -> str:
        """Names in a sentence: "Ann, Bo and Cy"."""
        *some, last = names
        if not some:
            return last
        return self.say("{some} and {last}", some=", ".join(some), last=last)

    def any_of(self, names: Sequence[str]) -> str:
        """Names to choose from, in a sentence: "Ann, Bo or Cy"."""
        *some, last = names
        if not some:
            return last
        return self.say("{some} or {last}", some=", ".join(some), last=last)

    def contacts(self, contacts: Mapping[str, str]) -> list[tuple[str, str]]:
        """(whom, how to reach them), in the order of the district's files."""
        names = {
            "help-desk": self.say("Help desk"),
            "human-resources": self.say("Human Resources"),
            "title-ix": self.say("Title IX coordinator"),
            "association": self.say("Education association"),
            "security": self.say("Information Security"),
            "privacy": self.say("Privacy office"),
            "safety": self.say("School safety"),
        }
        return [(names.get(key, key), how) for key, how in contacts.items()]

    def duration(self, seconds: float) -> str:
        """How long sending takes: "less than a minute", "4 minutes", "2 hours"."""
        if seconds < 60:
            return self.say("less than a minute")
        if seconds < 5400:
            return self.count("{n} minute", "{n} minutes", round(seconds / 60))
        return self.count("{n} hour", "{n} hours", round(seconds / 3600))
