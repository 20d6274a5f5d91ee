"""The bot's own words: every sentence it says, in the reader's language.

The English sentences are the message ids of a gettext catalogue (``core/locale``); a platform's
``draw`` takes whole sentences from here so that Slack, Teams and the web say the same thing.
Voice: plain, second person, short; no exclamation marks (docs/voice.md).
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.messages.catalog import Catalog
from babel.numbers import format_decimal, format_percent

from core.cards import Prose, Run
from core.text import Text

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


@lru_cache(maxsize=4096)
def _moment(at: datetime, timezone: str, pattern: str, locale: str) -> str:
    """Remembered, because thousands of people hear of the same moment."""
    return format_datetime(at.astimezone(ZoneInfo(timezone)), pattern, locale=known_locale(locale))


def this_year(zone: ZoneInfo) -> int:
    """By the machine's clock. Tests set it to the year that they play in."""
    return datetime.now(zone).year


@dataclass(frozen=True)
class Words:
    """Words for one reader: their locale and their time zone (IANA name)."""

    locale: str = "en"
    timezone: str = "America/Chicago"

    def say(self, message: str, /, **values: object) -> str:
        """A sentence of the catalogue with ``{name}`` places filled in."""
        translated = self._own.gettext(message)
        return _filled(translated, values) if values else translated

    def name(self, name: str) -> str:
        """A name that is kept in English, as of a theme; as it is where the catalogue has none."""
        return self._own.gettext(name) if name else ""

    def count(self, one: str, many: str, n: int, /, **values: object) -> str:
        """A sentence that depends on a number, ``{n}``: ``count("{n} day", "{n} days", 3)``."""
        said = self._own.ngettext(one, many, n)
        return _filled(said, {"n": self.number(n), **values})

    @property
    def _own(self) -> gettext.NullTranslations:
        """The catalogue of this language."""
        return _catalogue(self.locale.replace("-", "_"))

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

    def number(self, value: float) -> str:
        return _number(value, self.locale)

    def percent(self, share: float) -> str:
        """0.62 -> "62%"."""
        return _percent(round(100 * share), self.locale)

    def when(self, at: datetime) -> str:
        """A moment with weekday, in the reader's zone: "Wednesday, November 25 at 3:40 PM"."""
        return self.say("{day} at {time}", day=self.day(at), time=self.time(at))

    def time(self, at: datetime) -> str:
        """A time of day, in the reader's zone: "3:40 PM"."""
        return _moment(at, self.timezone, "h:mm a", self.locale)

    def day(self, at: date, *, year: bool = False) -> str:
        """A date with weekday: "Wednesday, November 25". A date of another year has its year. A
        moment is told in the reader's zone, a day without a time is the same in every zone."""
        at = self._moment_of(at)
        dated = year or self._is_of_another_year(at)
        # The pattern is a message of the catalogue: "EEEE d 'de' MMMM" in Spanish.
        pattern = self.say("EEEE, MMMM d, y") if dated else self.say("EEEE, MMMM d")
        return _moment(at, self.timezone, pattern, self.locale)

    def short_day(self, at: date) -> str:
        """A date for a table, as ``day`` tells it: "Nov 25", of another year "Nov 25, 2025"."""
        at = self._moment_of(at)
        dated = self._is_of_another_year(at)
        # The pattern is a message of the catalogue: "d MMM" in Spanish.
        return _moment(
            at, self.timezone, self.say("MMM d, y") if dated else self.say("MMM d"), self.locale
        )

    def month(self, first: date) -> str:
        """A month by its first day: "October 2026"."""
        # The pattern is a message of the catalogue: "MMMM 'de' y" in Spanish.
        return str(format_date(first, self.say("MMMM y"), locale=known_locale(self.locale)))

    def _moment_of(self, at: date) -> datetime:
        if isinstance(at, datetime):
            return at
        return datetime.combine(at, time(12), ZoneInfo(self.timezone))

    def _is_of_another_year(self, at: datetime) -> bool:
        zone = ZoneInfo(self.timezone)
        return at.astimezone(zone).year != this_year(zone)

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

    def duration(self, seconds: float) -> str:
        """How long sending takes: "less than a minute", "4 minutes", "2 hours"."""
        if seconds < 60:
            return self.say("less than a minute")
        if seconds < 5400:
            return self.count("{n} minute", "{n} minutes", round(seconds / 60))
        return self.count("{n} hour", "{n} hours", round(seconds / 3600))
