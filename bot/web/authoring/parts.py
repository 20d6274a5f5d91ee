"""The parts of a survey that have a form of their own: its frame, a page, a question, the tables.

Each part reads itself from a form, says what does not fit in it, and can be compared with itself
in another version, so that two people who write on different parts never meet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.web.authoring import adkar, body
from bot.web.authoring.inputs import Data, Input, Shape, read, troubles
from bot.web.authoring.kinds import Goals, all_inputs, kinds
from bot.web.forms import Form
from core.words import Words
from surveys.questions import Unfit

OWN_SCALE = ("points", "lowest", "labels")
TOO_MANY_PAIRS = "These answers make only {n} pairs. Ask for fewer, or add answers."
TOO_MANY = "That is more than the {n} answers to choose from. Ask for fewer."


def frame_inputs(words: Words, *, named: bool = True) -> tuple[Input, ...]:
    """What is said about a survey beside its questions. ``named``: whether its short name can be
    chosen; one that replaces another keeps that one's."""
    say = words.say
    key = Input(
        name="key",
        label=say("Short name"),
        hint=say(
            "Its files and results are saved under this name. If you leave it empty, we make one."
        ),
        shape=Shape.KEY,
    )
    return (
        Input(name="title", label=say("Title"), shape=Shape.WORDS, longest=120, required=True),
        Input(
            name="asked_by",
            label=say("Who is asking?"),
            hint=say("An office that people know, such as Computing Services."),
            shape=Shape.WORDS,
            longest=80,
            required=True,
        ),
        Input(
            name="purpose",
            label=say("Why are you asking, and what will you do with the answers?"),
            shape=Shape.AREA,
            longest=600,
            required=True,
        ),
        Input(
            name="minutes",
            label=say("How many minutes does it take?"),
            hint=say("People see this or our estimate from the questions, whichever is longer."),
            shape=Shape.WHOLE,
            least=1,
            most=60,
            default=1,
            required=True,
        ),
        Input(
            name="thanks",
            label=say("What do people see after they answer?"),
            hint=say(
                "Say what happens next and when. If you leave this empty, people see a short "
                "thank-you."
            ),
            shape=Shape.AREA,
            longest=600,
        ),
        *([key] if named else ()),
    )


def page_inputs(words: Words) -> tuple[Input, ...]:
    title = words.say("A heading for the page, if it needs one")
    return (Input(name="title", label=title, shape=Shape.WORDS, longest=75),)


def question_inputs(kind: str, words: Words, goals: Goals = ()) -> tuple[Input, ...]:
    """A question's form. Of a kind that has none, what every question has."""
    found = kinds(words, goals).get(kind)
    return all_inputs(found, words) if found else ()


def filled(inputs: Sequence[Input], form: Form, before: Data, languages: Sequence[str]) -> Data:
    """A part with what a form says of it; what the form does not ask for stays."""
    after = dict(before)
    for one in inputs:
        value = read(one, form, {**before, **after}, languages)
        if value is None:
            after.pop(one.name, None)
        else:
            after[one.name] = value
    for own in OWN_SCALE if after.get("scale") else ():
        after.pop(own, None)  # a scale that comes with the product has words of its own
    return after


def unfit_of(inputs: Sequence[Input], data: Data, languages: Sequence[str]) -> dict[str, Unfit]:
    """What does not fit, by the id of its input; the first reason for each."""
    found: dict[str, Unfit] = {}
    for one in inputs:
        if one.name in OWN_SCALE and data.get("scale"):
            continue
        for ident, why in troubles(one, data, languages):
            found.setdefault(ident, why)
    return found | _together(data, found)


def _together(data: Data, found: dict[str, Unfit]) -> dict[str, Unfit]:
    """What does not fit where two inputs are looked at together."""
    offered = len(data.get("choices") or ()) + bool(data.get("other"))
    wrong: dict[str, Unfit] = {}
    for name in ("top", "at_most", "at_least"):
        asked = data.get(name)
        if isinstance(asked, int) and offered >= 2 and asked > offered:
            wrong[f"f-{name}"] = Unfit(why=TOO_MANY, values={"n": offered})
    pairs, there_are = data.get("pairs"), offered * (offered - 1) // 2
    if isinstance(pairs, int) and offered >= 3 and pairs > there_are:
        wrong["f-pairs"] = Unfit(why=TOO_MANY_PAIRS, values={"n": there_are})
    for low, high in (("minimum", "maximum"), ("at_least", "at_most"), ("shortest", "longest")):
        least, most = data.get(low), data.get(high)
        if least is not None and most is not None and type(least) is type(most) and least > most:
            wrong[f"f-{low}"] = Unfit(
                why="The lowest number is higher than the highest. Swap them."
            )
    return {ident: why for ident, why in wrong.items() if ident not in found}


# -- where a part is ------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What keeps a draft from being finished: in which part, at which input, and why. ``where``
    is the part's path below the draft's; ``input`` is "" where it is the part as a whole."""

    where: str
    input: str
    why: Unfit


def everything_unfit(data: Data, languages: Sequence[str], words: Words) -> list[Trouble]:
    """From the top of the survey to its end."""
    found = [
        Trouble(where="about", input=ident, why=why)
        for ident, why in unfit_of(frame_inputs(words), data, languages).items()
    ]
    if not any(True for _ in body.questions(data)):
        why = Unfit(why="This survey asks nothing. Add at least one question.")
        found.append(Trouble(where="", input="", why=why))
    for number, page in enumerate(body.pages_of(data)):
        path = f"pages/{number}"
        if not page.get("questions") and len(body.pages_of(data)) > 1:
            why = Unfit(why="This page has no question. Add one, or remove the page.")
            found.append(Trouble(where=path, input="", why=why))
        page_unfit = unfit_of(page_inputs(words), page, languages)
        found += [Trouble(where=path, input=ident, why=w) for ident, w in page_unfit.items()]
        for question in page.get("questions") or []:
            inputs = question_inputs(str(question.get("kind")), words)
            where = f"questions/{question.get('key')}"
            unfit = unfit_of(inputs, question, languages)
            found += [Trouble(where=where, input=ident, why=w) for ident, w in unfit.items()]
    adkar_unfit = adkar.unfit(data, adkar.scales(data, words, languages[0]))
    return found + [Trouble(where="adkar", input=ident, why=w) for ident, w in adkar_unfit.items()]


Look = Callable[[Data], Any]
"""A part of a survey, to be compared between two versions."""


def frame_look(data: Data) -> Any:
    names = ("title", "asked_by", "purpose", "minutes", "thanks", "key")
    return {name: data.get(name) for name in names}


def tables_look(data: Data) -> Any:
    return data.get("tables"), data.get("committees") or []


def adkar_look(data: Data) -> Any:
    return data.get(adkar.NAME) or []


def page_look(page: int) -> Look:
    def look(data: Data) -> Any:
        pages = body.pages_of(data)
        if not page < len(pages):
            return None
        return pages[page].get("title"), pages[page].get("show_if")

    return look


def question_look(key: str) -> Look:
    def look(data: Data) -> Any:
        found = body.find(data, key)
        return found[2] if found else None

    return look
