"""Whether what somebody handed in fits the question, and if not, why, in the reader's words."""

from __future__ import annotations

import re
import unicodedata
from typing import assert_never

from surveys.asking.dates import day_name, parsed
from surveys.asking.pairing import compared, pairs_shown, ways
from surveys.questions import (
    Answer,
    Choice,
    CountedQuestion,
    Date,
    FreeText,
    Number,
    Pairwise,
    Ranking,
    RawAnswer,
    Scale,
    SeveralChoice,
    SingleChoice,
    Unfit,
    chosen_keys,
)

_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?|[+-]?\d+,\d{1,2}", re.ASCII)
_LONGEST_NUMBER = 30
_CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"
_TURNING = r"\u202a-\u202e\u2066-\u2069\ufeff"
"""Characters that turn the words around them, and the mark of a file's byte order."""
NOT_SHOWN = re.compile(f"[{_CONTROLS}{_TURNING}]")
"""What can neither be stored nor shown, but for line breaks and tabs."""


def fit(
    question: CountedQuestion, raw: RawAnswer, locale: str | None = None
) -> Answer | Unfit | None:
    """The answer that ``raw`` means; None when nothing was answered and nothing had to be.

    ``locale`` is the reader's, for the names of choices and days inside a reason.
    """
    match question:
        case SingleChoice():
            found = _single(question, raw)
        case SeveralChoice():
            found = _several(question, raw)
        case Scale():
            found = _scale(question, raw)
        case Ranking():
            found = _ranking(question, raw, locale)
        case Pairwise():
            found = _pairwise(question, raw)
        case Number():
            found = _number(question, raw)
        case Date():
            found = _date(question, raw, locale)
        case FreeText():
            found = _text(question, raw)
        case _:
            assert_never(question)
    return missing(question) if found is None and question.required else found


def missing(question: CountedQuestion) -> Unfit:
    """Why an empty answer does not fit a required question: what to do, by its kind."""
    match question:
        case SingleChoice() | Scale():
            return Unfit(why="Choose an answer.")
        case SeveralChoice():
            least = question.at_least or 1
            if least > 1:
                return Unfit(why="Choose at least {least}.", values={"least": least})
            return Unfit(why="Choose at least one.")
        case Ranking():
            return Unfit(why="Choose at least your first one.")
        case Pairwise():
            return Unfit(why="Answer each pair.")
        case Number():
            return Unfit(why="Enter a number.")
        case Date():
            return Unfit(why="Choose a day.")
        case FreeText():
            return Unfit(why="Write an answer.")
        case _:
            assert_never(question)


def clean(typed: str) -> str:
    """Typed text as it is kept: composed (NFC), line breaks as ``\\n``, trimmed.

    Control characters and lone surrogates cannot be stored or shown; direction overrides would
    turn the words around them. Joiners stay, because scripts and emoji need them.
    """
    lines = typed.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    return unicodedata.normalize("NFC", NOT_SHOWN.sub("", lines)).strip()


def _single(question: SingleChoice, raw: RawAnswer) -> Answer | Unfit | None:
    keys = chosen_keys(raw)
    if not keys:
        return None
    if len(keys) > 1:
        return Unfit(why="Choose one answer. You chose {n}.", values={"n": len(keys)})
    return keys[0] if _known(question.choices, keys[0]) else _UNKNOWN


def _several(question: SeveralChoice, raw: RawAnswer) -> Answer | Unfit | None:
    keys = chosen_keys(raw)
    if not all(_known(question.choices, key) for key in keys):
        return _UNKNOWN
    chosen = tuple(choice.key for choice in question.choices if choice.key in keys)
    if question.at_most is not None and len(chosen) > question.at_most:
        return Unfit(
            why="Choose at most {most}. You chose {n}.",
            values={"most": question.at_most, "n": len(chosen)},
        )
    if chosen and question.at_least is not None and len(chosen) < question.at_least:
        return Unfit(
            why="Choose at least {least}. You chose {n}.",
            values={"least": question.at_least, "n": len(chosen)},
        )
    return chosen or None


def _scale(question: Scale, raw: RawAnswer) -> Answer | Unfit | None:
    keys = chosen_keys(raw)
    if not keys:
        return None
    if len(keys) > 1:
        return Unfit(why="Choose one answer. You chose {n}.", values={"n": len(keys)})
    typed = keys[0].strip()
    # str.isdecimal takes other scripts' digits too, and so does int.
    if len(typed) > 3 or not typed.isdecimal() or int(typed) not in question.every_point:
        return Unfit(
            why="Choose a point from {least} to {most}.",
            values={"least": question.lowest, "most": question.highest},
        )
    return int(typed)


def _ranking(question: Ranking, raw: RawAnswer, locale: str | None) -> Answer | Unfit | None:
    places = [place.strip() for place in ((raw,) if isinstance(raw, str) else raw)]
    while places and not places[-1]:
        places.pop()
    if not places:
        return None
    labels = {choice.key: choice.label for choice in question.choices}
    for place, key in enumerate(places):
        if key and key not in labels:
            return _UNKNOWN
        if key and key in places[:place]:
            return Unfit(
                why="You chose {choice} twice. Choose each once.",
                values={"choice": labels[key].in_locale(locale)},
            )
    if "" in places:
        return Unfit(
            why="You left number {n} empty. Fill it, or move the others up.",
            values={"n": places.index("") + 1},
        )
    if len(places) > question.top:
        return Unfit(
            why="Choose at most {most}. You chose {n}.",
            values={"most": question.top, "n": len(places)},
        )
    return tuple(places)


def _pairwise(question: Pairwise, raw: RawAnswer) -> Answer | Unfit | None:
    """Sorted: the order in which pairs were asked is no part of an answer."""
    entries = [entry.strip() for entry in chosen_keys(raw)]
    pairs = pairs_shown(question)
    possible = {way for pair in pairs for way in ways(pair)}
    if not possible.issuperset(entries):
        return Unfit(why="That is not one of your pairs. Please choose again.")
    if len({compared(entry) for entry in entries}) < len(entries):
        return Unfit(why="You answered a pair twice. Answer each once.")
    still_open = len(pairs) - len(entries)
    if entries and still_open and question.required:
        return Unfit(why="Answer each pair. Still open: {n}.", values={"n": still_open})
    return tuple(sorted(entries)) or None


def _number(question: Number, raw: RawAnswer) -> Answer | Unfit | None:
    parts = chosen_keys(raw)
    if not parts:
        return None
    value = _parsed(parts[0]) if len(parts) == 1 else None
    if value is None:
        return Unfit(why="Enter a number, in digits.")
    if question.whole and not value.is_integer():
        return Unfit(why="Enter a whole number.")
    low, high = question.minimum, question.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        return _outside(low, high)
    return value


def _parsed(typed: str) -> float | None:
    """Digits of any script, an optional sign, "1,204" and "2.5" and "2,5"; nothing cleverer."""
    folded = unicodedata.normalize("NFKC", typed).strip().replace("\u2212", "-")
    folded = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in folded)
    if len(folded) > _LONGEST_NUMBER or not _NUMBER.fullmatch(folded):
        return None
    decimal_comma = re.fullmatch(r"[+-]?\d+,\d{1,2}", folded)
    return float(folded.replace(",", "." if decimal_comma else "")) + 0.0  # -0 becomes 0


def no_number(question: Number) -> Unfit:
    """Why something that is no number, or none that fits, does not."""
    low, high = question.minimum, question.maximum
    return missing(question) if low is None and high is None else _outside(low, high)


def _outside(low: float | None, high: float | None) -> Unfit:
    if low is not None and high is not None:
        return Unfit(
            why="Enter a number from {least} to {most}.",
            values={"least": _short(low), "most": _short(high)},
        )
    if low is not None:
        return Unfit(why="Enter a number that is {least} or more.", values={"least": _short(low)})
    assert high is not None  # noqa: S101 - one of the two limits was passed
    return Unfit(why="Enter a number that is {most} or less.", values={"most": _short(high)})


def _date(question: Date, raw: RawAnswer, locale: str | None) -> Answer | Unfit | None:
    parts = chosen_keys(raw)
    if not parts:
        return None
    day = parsed(parts[0]) if len(parts) == 1 else None
    if day is None:
        return Unfit(why="Enter a date as year, month and day, such as 2026-05-31.")
    if not question.minimum <= day <= question.maximum:
        return Unfit(
            why="Enter a date from {least} to {most}.",
            values={
                "least": day_name(question.minimum).in_locale(locale),
                "most": day_name(question.maximum).in_locale(locale),
            },
        )
    return day.isoformat()


def _short(limit: float) -> str | int:
    return int(limit) if float(limit).is_integer() else f"{limit:g}"


def _text(question: FreeText, raw: RawAnswer) -> Answer | Unfit | None:
    typed = clean(raw if isinstance(raw, str) else "\n".join(raw))
    if len(typed) > question.longest:
        return Unfit(
            why="That is {n} characters long; the limit is {most}. Please shorten it by {over}.",
            values={
                "n": len(typed),
                "most": question.longest,
                "over": len(typed) - question.longest,
            },
        )
    if typed and len(typed) < question.shortest:
        return Unfit(
            why="That is {n} characters long. Please write at least {least}.",
            values={"n": len(typed), "least": question.shortest},
        )
    return typed or None


def _known(choices: tuple[Choice, ...], key: str) -> bool:
    return any(choice.key == key for choice in choices)


_UNKNOWN = Unfit(why="That is not one of the choices. Please choose again.")
