"""Surveys of every kind of question made by chance, and people who answer them by chance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from core.text import Text, text
from surveys.authoring.presets import AGREEMENT, LIKELIHOOD
from surveys.questions import (
    Choice,
    Date,
    FreeText,
    Matrix,
    Number,
    Other,
    Pairwise,
    Period,
    Question,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
    Statement,
)
from surveys.survey import Condition, Page, Survey
from tests.journeys.asked import Options, Seen

_WORDS = [
    *("network", "device", "lesson", "laptop", "printer", "grade"),
    *("board", "sound", "quiet", "morning", "help", "course"),
]


def survey(chance: Random, name: str) -> Survey:
    """One to three pages; the last may be shown to some only."""
    made = _Maker(chance)
    pages = [Page(questions=made.questions(chance.randint(1, 4)))]
    more = range(chance.randint(0, 2))
    pages += [Page(questions=made.questions(chance.randint(1, 3))) for _ in more]
    gates = [q for q in pages[0].questions if isinstance(q, SingleChoice | SeveralChoice | Scale)]
    if gates and len(pages) > 1 and chance.random() < 0.6:
        shown = _condition(gates[0], chance)
        pages[-1] = Page(questions=pages[-1].questions, show_if=shown)
    return Survey(
        key=name,
        title=text(f"Survey {name}", es=f"Encuesta {name}"),
        asked_by=text("Computing Services"),
        purpose=text("To plan the year."),
        pages=tuple(pages),
    )


def _condition(gate: SingleChoice | SeveralChoice | Scale, chance: Random) -> Condition:
    """Of each sort that there is."""
    if isinstance(gate, Scale):
        middle = gate.lowest + gate.points // 2
        if chance.random() < 0.5:
            return Condition(question=gate.key, at_least=middle)
        return Condition(question=gate.key, at_most=middle)
    some = tuple(c.key for c in gate.choices[: 1 + len(gate.choices) // 2])
    if chance.random() < 0.3:
        return Condition(question=gate.key, none_of=some)
    return Condition(question=gate.key, any_of=some)


def is_shown(page: Page, said: Mapping[str, Any]) -> bool:
    """Whether somebody who said this sees the page, as the survey's file defines it."""
    condition = page.show_if
    if condition is None:
        return True
    found = said.get(condition.question)
    if not found:
        return False
    keys = {found} if isinstance(found, str) else set(found)
    return (
        (not condition.any_of or bool(keys & set(condition.any_of)))
        and not keys & set(condition.none_of)
        and (condition.at_least is None or float(*keys) >= condition.at_least)
        and (condition.at_most is None or float(*keys) <= condition.at_most)
    )


class _Maker:
    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.count = 0

    def words(self) -> Text:
        """Never the same twice: what is read back is found by its words."""
        self.count += 1
        said = " ".join(self.chance.sample(_WORDS, 3))
        return text(f"{said} {self.count}".capitalize(), es=f"{said} número {self.count}")

    def questions(self, n: int) -> tuple[Question, ...]:
        return tuple(self.question() for _ in range(n))

    def choices(self, least: int) -> tuple[Choice, ...]:
        n = self.chance.randint(least, 6)
        last = self.chance.random() < 0.3
        return tuple(
            Choice(key=f"c{place}", label=self.words(), fixed=last and place == n - 1)
            for place in range(n)
        )

    def question(self) -> Question:
        chance, key = self.chance, f"q{self.count}"
        asked: Any = {
            "key": key,
            "prompt": self.words(),
            "required": chance.random() < 0.6,
            "hint": self.words() if chance.random() < 0.2 else None,
        }
        mixed = chance.random() < 0.5
        other = Other() if chance.random() < 0.3 else None
        match chance.randrange(10):
            case 0 | 1:
                return SingleChoice(
                    choices=self.choices(2), random_order=mixed, other=other, **asked
                )
            case 2:
                least, most = chance.choice([(None, None), (None, 2), (2, None), (2, 3)])
                return SeveralChoice(
                    choices=self.choices(3),
                    at_least=least,
                    at_most=most,
                    random_order=mixed,
                    other=other,
                    **asked,
                )
            case 3:
                lowest, points = chance.choice([0, 1]), chance.choice([2, 4, 5, 7])
                ends = {lowest: self.words(), lowest + points - 1: self.words()}
                return Scale(lowest=lowest, points=points, labels=ends, **asked)
            case 4:
                return Scale(points=11, lowest=0, labels=LIKELIHOOD, enps=True, **asked)
            case 5:
                rows = tuple(
                    Statement(key=f"s{n}", label=self.words()) for n in range(chance.randint(2, 4))
                )
                return Matrix(statements=rows, labels=AGREEMENT, random_order=mixed, **asked)
            case 6:
                top = chance.randint(1, 3)
                return Ranking(choices=self.choices(3), top=top, random_order=mixed, **asked)
            case 7:
                return Pairwise(choices=self.choices(3), pairs=chance.randint(1, 3), **asked)
            case 8:
                if chance.random() < 0.5:
                    return Number(minimum=0, maximum=60, whole=chance.random() < 0.5, **asked)
                day, by = date(2026, 1, 1), chance.choice(list(Period))
                return Date(minimum=day, maximum=day + timedelta(days=200), by=by, **asked)
            case _:
                return FreeText(longest=200, shortest=chance.choice([0, 10]), **asked)


def answers(page: Page, seen: Seen, chance: Random, *, everything: bool = False) -> dict[str, Any]:
    """What somebody hands in for a page that they see, by the names of its inputs.
    ``everything``: nothing is left empty, as what an input has already would stay in it."""
    given: dict[str, Any] = {}
    for question in page.questions:
        if question.required or everything or chance.random() < 0.7:
            given |= _answer(question, seen, chance, everything)
        words = f"{question.key}.other"
        if everything and words in seen.inputs and words not in given:
            given[words] = ""  # cleared: they would not fit another answer
    return given


def _answer(question: Question, seen: Seen, chance: Random, everything: bool) -> dict[str, Any]:
    key = question.key
    there: list[Options] = seen.inputs.get(key, [[]])
    match question:
        case SingleChoice():
            chosen = chance.choice(there[0])[0]
            more = {f"{key}.other": "A thing"} if chosen == "other" else {}
            return {key: chosen, **more}
        case SeveralChoice():
            least, most = question.at_least or 1, question.at_most or len(there[0])
            some = tuple(value for value, _ in chance.sample(there[0], chance.randint(least, most)))
            return {key: some}
        case Scale():
            return {key: chance.choice(there[0])[0]}
        case Matrix():
            rows = [f"{key}.{one.key}" for one in question.statements]
            return {row: chance.choice(seen.inputs[row][0])[0] for row in rows}
        case Ranking():
            ranked = chance.sample(
                there[0], len(there) if everything or chance.random() < 0.7 else 1
            )
            return {key: tuple(value for value, _ in ranked)}
        case Pairwise():
            return {key: tuple(chance.choice(pair)[0] for pair in there)}
        case Number():
            return {
                key: str(chance.randint(0, 60) if question.whole else chance.randint(0, 600) / 10)
            }
        case Date():
            return {key: str(question.minimum + timedelta(days=chance.randint(0, 200)))}
        case FreeText():
            return {key: chance.choice(["Fine as it is.", "More help in the morning, please."])}
