"""Which scales of a survey rate the five elements of ADKAR, as an author chooses them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.web.authoring import body
from bot.web.authoring.conditions import prompt_of, question_of
from bot.web.authoring.inputs import Data, Input, Shape
from bot.web.forms import Form
from core.words import Words
from surveys.asking.counted import counted
from surveys.questions import Scale, Unfit
from surveys.results.barriers import ELEMENTS

NAME = "adkar"
ALL_OR_NONE = "Choose a question for each of the five elements, or for none of them."
NO_SCALE = "Choose a scale from 1 to 5 that people have to answer."
POINTS = (1, 5)
"""The lowest point of an element's scale, and how many it has."""


@dataclass(frozen=True, kw_only=True)
class Element:
    """One of the five and the scale that rates it; "" where none is chosen."""

    name: str
    key: str
    prompt: str


def scales(data: Data, words: Words, locale: str) -> list[tuple[str, str]]:
    """(counted key, words) of every scale that can rate an element."""
    found = []
    for _, _, asked in body.questions(data):
        question = question_of(asked, locale)
        found += [
            (one.key, prompt_of(one, words))
            for one in (counted(question) if question is not None else ())
            if isinstance(one, Scale) and one.required and (one.lowest, one.points) == POINTS
        ]
    return found


def inputs(offered: Sequence[tuple[str, str]], words: Words) -> tuple[Input, ...]:
    """A choice for each element, in ADKAR's order."""
    options = (("", words.say("None")), *offered)
    return tuple(
        Input(
            name=f"{NAME}-{element.key}",
            label=words.text(element.label),
            shape=Shape.SELECT,
            options=options,
        )
        for element in ELEMENTS
    )


def held(data: Data) -> Data:
    """What the inputs hold."""
    keys = list(data.get(NAME) or ())
    keys += [""] * (len(ELEMENTS) - len(keys))
    names = (f"{NAME}-{element.key}" for element in ELEMENTS)
    return dict(zip(names, keys, strict=False))


def read(form: Form) -> list[str] | None:
    """The five keys, "" where none is chosen; None where none is chosen at all."""
    keys = [form.one(f"{NAME}-{element.key}").strip() for element in ELEMENTS]
    return keys if any(keys) else None


def unfit(data: Data, offered: Sequence[tuple[str, str]]) -> Mapping[str, Unfit]:
    """What does not fit, by the id of its input."""
    keys = list(held(data).items()) if data.get(NAME) else []
    known, seen, wrong = dict(offered), set[str](), dict[str, Unfit]()
    for name, key in keys:
        if not key:
            wrong[f"f-{name}"] = Unfit(why=ALL_OR_NONE)
        elif key not in known:
            wrong[f"f-{name}"] = Unfit(why=NO_SCALE)
        elif key in seen:
            wrong[f"f-{name}"] = Unfit(why="Each element needs a question of its own.")
        seen.add(key)
    return wrong


def told(data: Data, offered: Sequence[tuple[str, str]], words: Words) -> list[Element]:
    """The elements with their scales; nothing where the survey does not use ADKAR."""
    if not data.get(NAME):
        return []
    prompts = dict(offered)
    return [
        Element(name=words.text(element.label), key=key, prompt=prompts.get(key, ""))
        for element, key in zip(ELEMENTS, held(data).values(), strict=False)
    ]
