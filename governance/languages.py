"""In which language people read what somebody else wrote, and which translations are missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from babel.core import Locale, UnknownLocaleError

from core.text import Text, texts_of
from core.words import LANGUAGES, Words
from governance.announcements.model import Change
from surveys.messages import Invitation, QuestionPage
from surveys.survey import Survey


def survey_note(words: Words, message: Invitation | QuestionPage) -> str:
    """That a survey is in a language which is not the reader's; else nothing."""
    foreign, all_of_it = _foreign(words, texts(message))
    if not foreign:
        return ""
    if all_of_it:
        return words.say("This survey is in {language}.", language=foreign)
    return words.say("Part of this survey is in {language}.", language=foreign)


def announcement_note(words: Words, change: Change) -> str:
    """The same of an announcement."""
    foreign, all_of_it = _foreign(words, texts(change))
    if not foreign:
        return ""
    if all_of_it:
        return words.say("This text is in {language}.", language=foreign)
    return words.say("Part of this announcement is in {language}.", language=foreign)


def lacking(words: Words, thing: Survey | Change) -> list[str]:
    """For who wrote it: what is not there in the languages that we speak or that it speaks."""
    given = list(texts(thing))
    spoken = {base_of(tag) for text in given for tag in text.translations} | {"en", *LANGUAGES}
    found = []
    for language in sorted(spoken):
        missing = [text for text in given if base_of(text.language_for(language)) != language]
        if missing:
            found.append(
                words.count(
                    "{n} of {all} texts is missing in {language}: people who read {language} get "
                    "{other}.",
                    "{n} of {all} texts are missing in {language}: people who read {language} get "
                    "{other}.",
                    len(missing),
                    all=words.number(len(given)),
                    language=language_name(words, language),
                    other=language_name(words, missing[0].language),
                )
            )
    return found


def outdated(words: Words, change: Change) -> list[str]:
    """For who sends it: translations of texts that were changed since."""
    tags = sorted({base_of(key.partition(".")[2]) for key in change.outdated})
    return [
        words.count(
            "{n} text was changed after it was translated into {language}. Check the translation "
            "before you send this.",
            "{n} texts were changed after they were translated into {language}. Check the "
            "translations before you send this.",
            sum(base_of(key.partition(".")[2]) == tag for key in change.outdated),
            language=language_name(words, tag),
        )
        for tag in tags
    ]


def translations(words: Words, language: str) -> list[tuple[str, str]]:
    """(locale, its name) of what texts in a language can be translated into."""
    return [(tag, language_name(words, tag).capitalize()) for tag in others_than(base_of(language))]


def others_than(language: str) -> tuple[str, ...]:
    """The languages that people read here, without one of them."""
    return tuple(tag for tag in ("en", *LANGUAGES) if tag != language)


def typed_of(name: str, text: Text, own: str) -> dict[str, str]:
    """A text as the fields of a form have it: in ``own`` under its name, in another language under
    "name.es"."""
    told = ((text.language, text.default), *text.translations.items())
    return {
        name if base_of(tag) == own else f"{name}.{base_of(tag)}": said
        for tag, said in told
        if said
    }


def said_in(text: Text, own: str) -> dict[str, str]:
    """The same by language alone: in ``own`` under "", in another language under its tag."""
    return {key.partition(".")[2]: said for key, said in typed_of("", text, own).items()}


def language_name(words: Words, language: str) -> str:
    """A language's name in the reader's: "Spanish", "inglés"."""
    try:
        name = Locale.parse(language.replace("-", "_")).get_display_name(words.spoken)
    except (UnknownLocaleError, ValueError):
        name = None
    return name or language


def languages() -> list[tuple[str, str]]:
    """(locale, its own name) of what there is to read."""
    return [
        (language, language_name(Words(language), language).capitalize())
        for language in ("en", *LANGUAGES)
    ]


def other_languages(words: Words) -> list[tuple[str, str]]:
    """The same of what somebody may read instead."""
    return [(locale, name) for locale, name in languages() if locale != words.spoken]


def texts(thing: object) -> Iterator[Text]:
    """Every text that people read inside a message, a survey or an announcement. An office's
    name need not be translated."""
    return texts_of(thing, without=("asked_by",))


def _foreign(words: Words, given: Iterable[Text]) -> tuple[str, bool]:
    """The name of the language that is not the reader's, and whether all is in it."""
    own = base_of(words.locale)
    read = [base_of(text.language_for(words.locale)) for text in given]
    foreign = [language for language in read if language != own]
    if not foreign:
        return "", False
    return language_name(words, foreign[0]), len(foreign) == len(read)


def base_of(tag: str) -> str:
    """The language without its country: "es-MX" -> "es"."""
    return tag.replace("_", "-").partition("-")[0]
