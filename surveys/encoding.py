"""Frozen dataclasses of the domain as JSON and back, exactly.

What is stored must read the same years later, so every field is written, also where it holds its
default; a member of a union carries its ``kind``, sets are sorted, times are ISO 8601 with their
offset. A field added later with a default reads from old rows; an unknown field or a value of
another type is refused with ``DecodingError``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from core.people import Audience
from core.text import Text
from surveys.questions import (
    Date,
    FreeText,
    Matrix,
    Number,
    Pairwise,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
)
from surveys.results.model import (
    CommentsResult,
    NumberResult,
    RankingResult,
    ShareResult,
    WaveResults,
    Withheld,
)
from surveys.survey import Survey
from surveys.waves.sampling import Frame, Rotation, Sample, Selection

KINDS: Mapping[type, str] = {
    SingleChoice: "single",
    SeveralChoice: "several",
    Scale: "scale",
    Ranking: "ranking",
    Pairwise: "pairwise",
    Number: "number",
    Date: "date",
    FreeText: "text",
    Matrix: "matrix",
    ShareResult: "shares",
    RankingResult: "ranking",
    NumberResult: "number",
    CommentsResult: "comments",
    Withheld: "withheld",
    Sample: "sample",
    Rotation: "rotation",
}
"""How a member of a union is named in stored JSON: part of the form, never renamed."""

Code = Callable[[Any], Any]


class DecodingError(ValueError):
    """Stored data that do not fit the type they are read as."""


def survey_to_json(survey: Survey) -> str:
    return encode(Survey, survey)


def survey_from_json(data: str) -> Survey:
    survey: Survey = decode(Survey, data)
    return survey


def audience_to_json(audience: Audience) -> str:
    return encode(Audience, audience)


def audience_from_json(data: str) -> Audience:
    audience: Audience = decode(Audience, data)
    return audience


def selection_to_json(selection: Selection) -> str:
    return encode(Selection, selection)


def selection_from_json(data: str) -> Selection:
    selection: Selection = decode(Selection, data)
    return selection


def frame_to_json(frame: Frame) -> str:
    return encode(Frame, frame)


def frame_from_json(data: str) -> Frame:
    frame: Frame = decode(Frame, data)
    return frame


def results_to_json(results: WaveResults) -> str:
    return encode(WaveResults, results)


def results_from_json(data: str) -> WaveResults:
    results: WaveResults = decode(WaveResults, data)
    return results


def text_to_data(text: Text) -> str | dict[str, Any]:
    """An English text without translations is its string; else ``{"default": …,
    "translations": {…}}``, with ``"language"`` where the default is not English."""
    if not text.translations and text.language == "en":
        return text.default
    data = {"default": text.default, "translations": dict(sorted(text.translations.items()))}
    return data if text.language == "en" else {**data, "language": text.language}


def text_from_data(data: object) -> Text:
    match data:
        case str():
            return Text(default=data)
        case {"default": str(default), "translations": dict(translations), **rest}:
            match rest:
                case {"language": str(language)} if len(rest) == 1:
                    pass
                case {} if not rest:
                    language = "en"
                case _:
                    raise DecodingError(f"not a text: {data!r}")
            words = _string_map(translations)
            return Text(default=default, translations=words, language=language)
        case _:
            raise DecodingError(f"not a text: {data!r}")


def encode(declared: Any, value: object) -> str:
    """JSON of a value of the declared type: compact, keys sorted, so equal values read equal."""
    data = _coder(declared)[0](value)
    # Escaped to ASCII: half of a surrogate pair, which a chat client may send, is no UTF-8.
    return json.dumps(data, allow_nan=False, separators=(",", ":"), sort_keys=True)


def decode(declared: Any, data: str) -> Any:
    """The value of the declared type. Raises ``DecodingError`` where the JSON does not fit."""
    try:
        read = json.loads(data)
    except ValueError as error:
        raise DecodingError(f"not JSON: {error}") from error
    return _coder(declared)[1](read)


@cache
def _coder(declared: Any) -> tuple[Code, Code]:
    """The encoder and the decoder of a declared type, built once."""
    if declared is Text:
        return text_to_data, text_from_data
    if declared is datetime:
        return _write_time, _read_time
    if declared in (date, time):
        return (lambda value: value.isoformat()), _reading(str, declared.fromisoformat)
    if declared is UUID:
        return str, _reading(str, UUID)
    if declared in (str, int, float, bool):
        return _plain, _plainly(declared)
    if isinstance(declared, type) and issubclass(declared, Enum):
        return (lambda member: member.value), _reading(str, declared)
    if isinstance(declared, type) and is_dataclass(declared):
        return _record(declared)
    return _composite(declared)


def _composite(declared: Any) -> tuple[Code, Code]:
    origin, arguments = get_origin(declared), get_args(declared)
    if origin in (UnionType, Union):
        return _union(arguments)
    if origin is tuple and arguments[-1] is Ellipsis:
        write, read = _coder(arguments[0])
        return (
            lambda items: [write(item) for item in items],
            lambda data: tuple(read(item) for item in _listed(data)),
        )
    if origin is tuple:
        coders = [_coder(argument) for argument in arguments]
        return _fixed_tuple(coders)
    if origin is frozenset:
        write, read = _coder(arguments[0])
        return (
            lambda items: sorted(write(item) for item in items),
            lambda data: frozenset(read(item) for item in _listed(data)),
        )
    if origin is Mapping:
        return _mapping(arguments[0], _coder(arguments[1]))
    raise TypeError(f"no JSON form is defined for {declared!r}")


def _record(declared: type) -> tuple[Code, Code]:
    """A dataclass as an object of its fields."""
    hints = get_type_hints(declared)
    parts: dict[str, tuple[Code, Code]] | None = None

    def known() -> dict[str, tuple[Code, Code]]:
        """Looked up when first used, so that a type may contain itself; kept when it is whole, so
        that no other thread sees a part of it."""
        nonlocal parts
        if parts is None:
            parts = {part.name: _coder(hints[part.name]) for part in fields(declared)}
        return parts

    def write(value: Any) -> dict[str, Any]:
        if type(value) is not declared:
            raise TypeError(f"expected {declared.__name__}, got {type(value).__name__}")
        return {name: code[0](getattr(value, name)) for name, code in known().items()}

    def read(data: Any) -> Any:
        if not isinstance(data, dict):
            raise DecodingError(f"{declared.__name__}: expected an object, got {data!r}")
        coders = known()
        if not data.keys() <= coders.keys():
            unknown = data.keys() - coders.keys()
            raise DecodingError(f"{declared.__name__}: unknown {', '.join(sorted(unknown))}")
        try:
            return declared(**{name: coders[name][1](item) for name, item in data.items()})
        except TypeError as error:
            raise DecodingError(f"{declared.__name__}: {error}") from error

    return write, read


def _union(arguments: tuple[Any, ...]) -> tuple[Code, Code]:
    """``X | None``, or a closed union of dataclasses told apart by ``kind``, or that or None."""
    members = [argument for argument in arguments if argument is not NoneType]
    if len(members) == 1:
        inner_write, inner_read = _coder(members[0])
        return (
            lambda value: None if value is None else inner_write(value),
            lambda data: None if data is None else inner_read(data),
        )
    by_kind = {KINDS[member]: member for member in members}

    optional = len(members) < len(arguments)

    def write(value: Any) -> dict[str, Any] | None:
        if value is None and optional:
            return None
        member: Any = type(value)
        return {"kind": KINDS[member], **_coder(member)[0](value)}

    def read(data: Any) -> Any:
        if data is None and optional:
            return None
        kind = data.get("kind") if isinstance(data, dict) else None
        if kind not in by_kind:
            raise DecodingError(f"expected one of {', '.join(sorted(by_kind))}, got {data!r}")
        rest = {name: item for name, item in data.items() if name != "kind"}
        return _coder(by_kind[kind])[1](rest)

    return write, read


def _fixed_tuple(coders: list[tuple[Code, Code]]) -> tuple[Code, Code]:
    def read(data: Any) -> tuple[Any, ...]:
        if len(_listed(data)) != len(coders):
            raise DecodingError(f"expected {len(coders)} values, got {data!r}")
        return tuple(code[1](item) for code, item in zip(coders, data, strict=True))

    return (
        lambda items: [code[0](item) for code, item in zip(coders, items, strict=True)],
        read,
    )


def _mapping(keys: type, values: tuple[Code, Code]) -> tuple[Code, Code]:
    """JSON's keys are strings; a scale's points are whole numbers."""

    def read(data: Any) -> dict[Any, Any]:
        if not isinstance(data, dict):
            raise DecodingError(f"expected an object, got {data!r}")
        try:
            return {keys(name): values[1](item) for name, item in data.items()}
        except ValueError as error:
            raise DecodingError(str(error)) from error

    return (lambda items: {str(name): values[0](item) for name, item in items.items()}), read


def _plain(value: Any) -> Any:
    return value


def _plainly(declared: type) -> Code:
    """A number declared as float may have been written as a whole one; a bool is no number."""
    accepted = (int, float) if declared is float else (declared,)

    def read(data: Any) -> Any:
        if not isinstance(data, accepted) or (isinstance(data, bool) and declared is not bool):
            raise DecodingError(f"expected {declared.__name__}, got {data!r}")
        return data

    return read


def _reading(expected: type, make: Callable[[Any], Any]) -> Code:
    def read(data: Any) -> Any:
        if not isinstance(data, expected):
            raise DecodingError(f"expected {expected.__name__}, got {data!r}")
        try:
            return make(data)
        except ValueError as error:
            raise DecodingError(str(error)) from error

    return read


def _write_time(value: datetime) -> str:
    if value.utcoffset() is None:
        raise ValueError("a stored time must be aware")
    return value.isoformat()


def _read_time(data: Any) -> datetime:
    moment: datetime = _reading(str, datetime.fromisoformat)(data)
    if moment.utcoffset() is None:
        raise DecodingError(f"a stored time must be aware: {data!r}")
    return moment


def _listed(data: Any) -> list[Any]:
    if not isinstance(data, list):
        raise DecodingError(f"expected a list, got {data!r}")
    return data


def _string_map(data: Mapping[Any, Any]) -> dict[str, str]:
    if not all(isinstance(name, str) and isinstance(item, str) for name, item in data.items()):
        raise DecodingError(f"not translations: {data!r}")
    return dict(data)
