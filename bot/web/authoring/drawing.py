"""The inputs of a form as its template draws them: what is in them, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.web.authoring.inputs import Data, Input, Shape, points_of, words_of
from core.words import Words
from governance import wording
from governance.languages import language_name
from surveys.questions import Unfit


@dataclass(frozen=True, kw_only=True)
class Box:
    """One place to type into. ``lang`` is the language of what is typed, "" where it has none."""

    id: str
    name: str
    label: str
    value: str
    lang: str
    error: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """Boxes side by side, one for each language; ``label`` names a scale's point."""

    label: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """An input with its rows of boxes."""

    input: Input
    rows: tuple[Row, ...]
    value: str = ""
    error: str = ""
    parts: tuple[Drawn, ...] = ()
    """Of a group its own inputs."""
    lines: tuple[tuple[str, tuple[Drawn, ...]], ...] = ()
    """The words of each line, and the inputs that it has."""

    @property
    def id(self) -> str:
        return f"f-{self.input.name}"


def drawn(
    inputs: Iterable[Input],
    data: Data,
    languages: Sequence[str],
    unfit: Mapping[str, Unfit],
    words: Words,
) -> list[Drawn]:
    errors = {ident: wording.unfit(words, why) for ident, why in unfit.items()}
    return [_drawn(one, data, languages, errors, words) for one in inputs]


def _drawn(
    one: Input, data: Data, languages: Sequence[str], errors: Mapping[str, str], words: Words
) -> Drawn:
    value = data.get(one.name)
    error = errors.get(f"f-{one.name}", "")
    match one.shape:
        case Shape.WORDS | Shape.AREA:
            said = words_of(value, languages[0])
            rows: tuple[Row, ...] = (_row(one.name, "", said, languages, errors, words),)
        case Shape.LINES:
            rows = (_row(one.name, "", _joined(value or [], languages), languages, errors, words),)
            return Drawn(input=one, rows=rows, lines=_lines(one, value or [], languages, words))
        case Shape.POINTS:
            low, high = points_of(one, data)
            rows = tuple(
                _row(
                    f"{one.name}.{point}",
                    words.number(point),
                    words_of((value or {}).get(str(point)), languages[0]),
                    languages,
                    errors,
                    words,
                )
                for point in range(low, high + 1)
            )
        case Shape.GROUP:
            held = one.own_data(value)
            own = tuple(_drawn(part, held, languages, errors, words) for part in one.own)
            return Drawn(input=one, rows=(), value="yes" if value else "", error=error, parts=own)
        case Shape.FLAG:
            wanted = one.default if value is None else value
            return Drawn(input=one, rows=(), value="yes" if wanted else "", error=error)
        case _:
            shown = one.default if value is None else value
            return Drawn(input=one, rows=(), value=_shown(shown), error=error)
    return Drawn(input=one, rows=rows)


def _lines(
    one: Input, lines: Sequence[Data], languages: Sequence[str], words: Words
) -> tuple[tuple[str, tuple[Drawn, ...]], ...]:
    """What each line says beside its words; of the lines that are kept already."""
    found = []
    for line in lines if one.inputs else ():
        key = line.get("key")
        held = {f"{one.name}.{key}.{name}": part for name, part in line.items()}
        own = tuple(
            _drawn(_with_its_value(part, held), held, languages, {}, words)
            for part in one.of_line(key)
        )
        found.append((words_of(line.get("label"), languages[0]).get(languages[0], ""), own))
    return tuple(found)


def _with_its_value(one: Input, held: Data) -> Input:
    """A choice that still offers what it holds: a goal that was retired, say."""
    value = held.get(one.name)
    if one.shape is not Shape.SELECT or not value or str(value) in dict(one.options):
        return one
    return replace(one, options=(*one.options, (str(value), str(value))))


def _shown(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _joined(lines: Sequence[Data], languages: Sequence[str]) -> dict[str, str]:
    """One thing a line; those without a translation hold its line free."""
    labels = [words_of(line.get("label"), languages[0]) for line in lines]
    return {
        tag: "\n".join(label.get(tag, "") for label in labels).rstrip("\n") for tag in languages
    }


def _row(
    name: str,
    label: str,
    said: Mapping[str, str],
    languages: Sequence[str],
    errors: Mapping[str, str],
    words: Words,
) -> Row:
    return Row(
        label=label,
        boxes=tuple(
            Box(
                id=f"f-{name}.{tag}",
                name=f"{name}.{tag}",
                label=upper(language_name(words, tag)),
                value=said.get(tag, ""),
                lang=tag,
                error=errors.get(f"f-{name}.{tag}", ""),
            )
            for tag in languages
        ),
    )


def upper(name: str) -> str:
    return name[:1].upper() + name[1:]
