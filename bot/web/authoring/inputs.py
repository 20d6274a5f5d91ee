"""What a form for writing a survey asks for, one input at a time.

An input knows how it is read from a form and what does not fit in it. What was typed is kept as it
was typed, also where it does not fit: only a survey that is finished has to be whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from bot.files.fields import DECIMAL, EMAIL, LONGEST_KEY, SLUG, WHOLE
from bot.web.forms import Form
from surveys.questions import Unfit

Data = dict[str, Any]
"""A survey, a page or a question as its YAML says it, filled in or not."""


NOT_AN_ADDRESS = "This is not an email address. Write it like name@example.org."
NOT_A_KEY = "Use small letters, digits and hyphens, at most {most}."
ELSEWHERE = "This is only in another language. Write it in the district’s language, too."
HOW_MANY = "Write {least} to {most} of them, each on its own line. There are {n}."
LINE_ELSEWHERE = "Line {n} is only in another language."
LINE_TOO_LONG = "Line {n} has more than {most} characters. Shorten it."
TOO_LONG = "This has {n} characters; the limit is {most}. Shorten it."


class Shape(StrEnum):
    """How an input looks and what it holds."""

    WORDS = "words"
    """One line in each language."""
    AREA = "area"
    """Some lines in each language."""
    LINES = "lines"
    """Things to choose, one on each line, in each language."""
    POINTS = "points"
    """Words for the points of a scale, in each language."""
    WHOLE = "whole"
    DECIMAL = "decimal"
    DAY = "day"
    FLAG = "flag"
    SELECT = "select"
    KEY = "key"
    ADDRESS = "address"
    """Somebody's email address."""
    GROUP = "group"
    """Something that is there or not, and if it is, has inputs of its own."""


@dataclass(frozen=True, kw_only=True)
class Input:
    """``longest``: characters (of a line, where there are several). ``least`` and ``most``: of a
    number, or of how many lines. ``points``: the first and last point, where they are fixed.
    ``inputs``: of a group its own, of lines those that each line has."""

    name: str
    label: str
    shape: Shape
    hint: str = ""
    longest: int = 300
    least: int = 0
    most: int = 0
    required: bool = False
    default: Any = None
    options: tuple[tuple[str, str], ...] = ()
    points: tuple[int, int] | None = None
    inputs: tuple[Input, ...] = ()

    @property
    def translated(self) -> bool:
        return self.shape in (Shape.WORDS, Shape.AREA, Shape.LINES, Shape.POINTS)

    @property
    def own(self) -> tuple[Input, ...]:
        """The inputs of a group, named as a form names them."""
        return tuple(replace(one, name=f"{self.name}-{one.name}") for one in self.inputs)

    def of_line(self, key: object) -> tuple[Input, ...]:
        """The inputs of the line with a key, named as a form names them."""
        return tuple(replace(one, name=f"{self.name}.{key}.{one.name}") for one in self.inputs)

    def own_data(self, value: Any) -> Data:
        """What a group holds, by the names that a form has for it."""
        held = value if isinstance(value, Mapping) else {}
        return {f"{self.name}-{name}": part for name, part in held.items()}


# -- reading a form -------------------------------------------------------------------------------


def read(wanted: Input, form: Form, before: Data, languages: Sequence[str]) -> Any:
    """What was typed into an input; None where nothing was. ``before`` is what held it."""
    match wanted.shape:
        case Shape.WORDS | Shape.AREA:
            kept = words_of(before.get(wanted.name), languages[0])
            return _words(wanted.name, form, kept, languages)
        case Shape.LINES:
            return _lines(wanted, form, before.get(wanted.name) or [], languages)
        case Shape.POINTS:
            return _points(wanted, form, before, languages)
        case Shape.FLAG:
            said = form.one(wanted.name) == "yes"
            return (before.get(wanted.name) or True) if said else False  # a file may say more
        case Shape.WHOLE:
            typed = form.one(wanted.name).strip()
            return int(typed) if WHOLE.fullmatch(typed) else typed or None
        case Shape.DECIMAL:
            typed = form.one(wanted.name).strip()
            return float(typed) if DECIMAL.fullmatch(typed) else typed or None
        case Shape.DAY | Shape.SELECT | Shape.KEY:
            return form.one(wanted.name).strip() or None
        case Shape.ADDRESS:
            return form.one(wanted.name).strip().lower() or None
        case Shape.GROUP:
            return _group(wanted, form, before.get(wanted.name), languages)


def words_of(value: Any, language: str) -> dict[str, str]:
    """A text of the data by its languages."""
    if isinstance(value, Mapping):
        return {str(tag): str(said) for tag, said in value.items()}
    return {language: str(value)} if value else {}


def _words(
    name: str, form: Form, kept: Mapping[str, str], languages: Sequence[str]
) -> dict[str, str] | None:
    """What was typed, beside translations into languages that the form does not ask for."""
    others = {tag: said for tag, said in kept.items() if tag not in languages}
    typed = {tag: form.one(f"{name}.{tag}").strip() for tag in languages}
    found = {**{tag: said for tag, said in typed.items() if said}, **others}
    return found if any(typed.values()) or others else None


def _group(wanted: Input, form: Form, before: Any, languages: Sequence[str]) -> Any:
    """What a group's own inputs hold; True where they are all as usual, None where it is not
    there."""
    if form.one(wanted.name) != "yes":
        return None
    held = wanted.own_data(before)
    typed = {
        one.name: (read(named, form, held, languages), one.default)
        for one, named in zip(wanted.inputs, wanted.own, strict=True)
    }
    held = {name: value for name, (value, usual) in typed.items() if value not in (None, usual)}
    return held or True


def _lines(
    wanted: Input, form: Form, before: Sequence[Data], languages: Sequence[str]
) -> list[Data] | None:
    """One thing a line, languages side by side. A thing that keeps its words, or alone changes
    them in its place, keeps its key: what is counted under it stays one thing."""
    name = wanted.name
    columns = {
        tag: [line.strip() for line in form.one(f"{name}.{tag}").split("\n")] for tag in languages
    }
    rows = [
        {tag: lines[at] for tag, lines in columns.items() if at < len(lines) and lines[at]}
        for at in range(max(map(len, columns.values())))
    ]
    rows = [row for row in rows if row]
    first = languages[0]
    known = {words_of(one.get("label"), first).get(first, ""): one for one in before}
    said = {row.get(first) for row in rows}
    taken = {known[label]["key"] for label in said if label in known and known[label].get("key")}
    made: list[Data] = []
    for at, row in enumerate(rows):
        old = known.get(row.get(first, ""))
        if old is None and len(rows) == len(before) and before[at].get("key") not in taken:
            old = before[at]
        kept = words_of(old.get("label"), first) if old else {}
        label = {**row, **{tag: word for tag, word in kept.items() if tag not in languages}}
        key = (old or {}).get("key") or new_key(row.get(first, ""), taken, otherwise=f"choice-{at}")
        taken.add(key)
        made.append({**(old or {}), "key": key, "label": label})
    keys = {one["key"] for one in made}
    return [_more_of_line(wanted, form, one, keys) for one in made] or None


def _more_of_line(wanted: Input, form: Form, line: Data, keys: set[str]) -> Data:
    """A line with what its own inputs say; what a form does not ask for stays. ``keys`` of all
    lines: a new one is none of the others'."""
    after = dict(line)
    for one, named in zip(wanted.inputs, wanted.of_line(line["key"]), strict=True):
        if not form.all(named.name):
            continue
        typed = form.one(named.name).strip()
        if one.shape is Shape.KEY:
            if typed and typed != line["key"]:
                keys.discard(line["key"])
                after["key"] = new_key(typed, keys, otherwise=str(line["key"]))
                keys.add(after["key"])
        elif one.shape is Shape.FLAG:
            after[one.name] = typed == "yes"
        elif typed in ("", line.get(one.name)) or typed in dict(one.options):
            after[one.name] = typed or None
    return {name: part for name, part in after.items() if part not in (None, False)}


def _points(
    wanted: Input, form: Form, before: Data, languages: Sequence[str]
) -> dict[str, Any] | None:
    kept = before.get(wanted.name) or {}
    low, high = points_of(wanted, before)
    found: dict[str, Any] = {}
    for point in range(low, high + 1):
        old = words_of(kept.get(str(point)), languages[0])
        words = _words(f"{wanted.name}.{point}", form, old, languages)
        if words:
            found[str(point)] = words
    return found or None


def points_of(wanted: Input, data: Data) -> tuple[int, int]:
    """The first and the last point of the scale that an input gives words to."""
    if wanted.points is not None:
        return wanted.points
    low = 0 if str(data.get("lowest")) == "0" else 1
    points = data.get("points")
    points = points if isinstance(points, int) and 2 <= points <= 11 else 5
    return low, low + points - 1


def new_key(words: str, taken: set[str], *, otherwise: str) -> str:
    """A key made of words, other than those that are taken."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    key = "-".join(re.findall(r"[a-z0-9]+", plain))[: LONGEST_KEY - 4].strip("-") or otherwise
    number, free = 2, key
    while free in taken:
        free, number = f"{key}-{number}", number + 1
    return free


# -- what does not fit ----------------------------------------------------------------------------


def troubles(wanted: Input, data: Data, languages: Sequence[str]) -> Iterator[tuple[str, Unfit]]:
    """(an input's id, why what is in it does not fit)."""
    value, ident = data.get(wanted.name), f"f-{wanted.name}"
    match wanted.shape:
        case Shape.WORDS | Shape.AREA:
            yield from _of_words(wanted, ident, words_of(value, languages[0]), languages)
        case Shape.LINES:
            yield from _of_lines(wanted, ident, value or [], languages)
        case Shape.POINTS:
            yield from _of_points(wanted, data, languages)
        case Shape.WHOLE | Shape.DECIMAL:
            yield from _of_number(wanted, ident, value)
        case Shape.DAY:
            if value is None and wanted.required:
                yield ident, Unfit(why="Enter a date.")
            elif value is not None and not _is_day(str(value)):
                yield ident, Unfit(why="This is not a date. Write it like 2027-01-31.")
        case Shape.KEY:
            if value and not (SLUG.fullmatch(str(value)) and len(str(value)) <= LONGEST_KEY):
                yield ident, Unfit(why=NOT_A_KEY, values={"most": LONGEST_KEY})
        case Shape.ADDRESS:
            if not value and wanted.required:
                yield ident, Unfit(why="Enter an email address.")
            elif value and not EMAIL.fullmatch(str(value)):
                yield ident, Unfit(why=NOT_AN_ADDRESS)
        case Shape.GROUP:
            usual = {one.name: one.default for one in wanted.own}
            held = {**usual, **wanted.own_data(value)}
            for one in wanted.own if value else ():
                yield from troubles(one, held, languages)
        case Shape.FLAG | Shape.SELECT:
            pass


def _of_words(
    wanted: Input, ident: str, words: Mapping[str, str], languages: Sequence[str]
) -> Iterator[tuple[str, Unfit]]:
    first = languages[0]
    if not words.get(first):
        if wanted.required:
            yield f"{ident}.{first}", Unfit(why="Fill in this field. People will read it.")
        elif words:
            yield f"{ident}.{first}", Unfit(why=ELSEWHERE)
    for tag in languages:
        if len(words.get(tag, "")) > wanted.longest:
            yield f"{ident}.{tag}", too_long(wanted.longest, len(words[tag]))


def _of_lines(
    wanted: Input, ident: str, lines: Sequence[Data], languages: Sequence[str]
) -> Iterator[tuple[str, Unfit]]:
    first = languages[0]
    if not wanted.least <= len(lines) <= wanted.most:
        values = {"least": wanted.least, "most": wanted.most, "n": len(lines)}
        yield f"{ident}.{first}", Unfit(why=HOW_MANY, values=values)
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        label = words_of(line.get("label"), first)
        said = label.get(first, "")
        if not said:
            yield f"{ident}.{first}", Unfit(why=LINE_ELSEWHERE, values={"n": number})
        elif said in seen:
            yield (
                f"{ident}.{first}",
                Unfit(why="“{said}” is listed twice. Remove one.", values={"said": said}),
            )
        seen.add(said)
        for tag in languages:
            if len(label.get(tag, "")) > wanted.longest:
                values = {"n": number, "most": wanted.longest}
                yield f"{ident}.{tag}", Unfit(why=LINE_TOO_LONG, values=values)


def _of_points(wanted: Input, data: Data, languages: Sequence[str]) -> Iterator[tuple[str, Unfit]]:
    low, high = points_of(wanted, data)
    kept = data.get(wanted.name) or {}
    if not kept and not wanted.required:
        return
    first = languages[0]
    for point in range(low, high + 1):
        ident = f"f-{wanted.name}.{point}"
        words = words_of(kept.get(str(point)), first)
        if point in (low, high) and not words.get(first):
            yield f"{ident}.{first}", Unfit(why="The lowest and the highest point need a label.")
        elif words and not words.get(first):
            yield f"{ident}.{first}", Unfit(why=ELSEWHERE)
        for tag in languages:
            if len(words.get(tag, "")) > wanted.longest:
                yield f"{ident}.{tag}", too_long(wanted.longest, len(words[tag]))


def _of_number(wanted: Input, ident: str, value: Any) -> Iterator[tuple[str, Unfit]]:
    if value is None:
        if wanted.required:
            yield ident, Unfit(why="Enter a number.")
        return
    if isinstance(value, str | bool):
        if wanted.shape is Shape.WHOLE:
            yield ident, Unfit(why="This is not a whole number. Write it in digits, like 3.")
        else:
            yield ident, Unfit(why="This is not a number. Write it like 5 or 2.5.")
    elif wanted.most and not wanted.least <= value <= wanted.most:
        values = {"least": wanted.least, "most": wanted.most}
        yield ident, Unfit(why="Use a number from {least} to {most}.", values=values)


def too_long(most: int, there: int) -> Unfit:
    return Unfit(why=TOO_LONG, values={"n": there, "most": most})


def _is_day(typed: str) -> bool:
    try:
        date.fromisoformat(typed)
    except ValueError:
        return False
    return True
