"""Comments, read by somebody who knows how each colleague writes.

They learn an answer where a comment stands among few, in a group, or on a page that only those see
who gave a certain answer.
"""

from __future__ import annotations

import random
from collections import Counter

from core.text import text
from surveys.questions import FreeText, Question
from surveys.results.model import CommentsResult
from surveys.results.tabulating import atom_of
from surveys.survey import COMMENTS_FROM, Condition
from tests.attacks.disclosure.believing import NOTHING, Attempt
from tests.attacks.disclosure.door import FIVE, closed
from tests.surveys.disclosure.plans import SCHOOLS, response, survey_of, yes_or_no


def attack(chance: random.Random, plain: bool) -> Attempt:
    why, depends = FreeText(key="why", prompt=text("Why?")), chance.random() < 0.5
    first: list[Question] = [yes_or_no()]
    second: list[Question] = [yes_or_no("more")]
    (second if depends else first).append(why)
    survey = survey_of(first, second, show_if=Condition(question="q", any_of=("yes",)))
    people = [atom for atom in SCHOOLS.elements() if chance.random() < 0.7]
    writers = set(chance.sample(range(len(people)), min(len(people), chance.randint(1, 30))))
    given = [
        response(
            atom,
            {"q": "yes", "why": f"I am {at}."}
            if at in writers
            else {"q": chance.choice(("yes", "no"))},
        )
        for at, atom in enumerate(people)
    ]
    if plain:
        shown = {atom: n for atom, n in Counter(people[at] for at in writers).items() if n >= FIVE}
        found = bool(shown) or (depends and len(writers) >= FIVE)
        return Attempt(sure=1.0, right=True, why="shown") if found else NOTHING
    closing = closed(survey, SCHOOLS, given, chance.randrange)
    for people_of, cell in closing.cells(SCHOOLS).items():
        for result in cell.questions:
            if isinstance(result, CommentsResult):
                among = sum(atom_of(one) in people_of and "why" in one.answers for one in given)
                if depends or cell.group or among < COMMENTS_FROM:
                    return Attempt(
                        sure=1.0, right=True, why=f"shown of {cell.group}, {among} wrote"
                    )
                if set(result.comments) - {f"I am {at}." for at in writers}:
                    return Attempt(sure=1.0, right=True, why="a comment that nobody wrote")
    return NOTHING
