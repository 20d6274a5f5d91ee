"""Any survey that a file can express, small, and any answers to it: strategies of Hypothesis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

from hypothesis import strategies as st

from core.text import text
from surveys.asking.counted import all_counted
from surveys.questions import (
    Answer,
    Choice,
    CountedQuestion,
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
from surveys.survey import Condition, Dimension, Page, PlannedTable, Survey
from tests.surveys.disclosure.plans import BY_BUILDING, BY_LEVEL, BY_ROLE, WHOLE

PROMPT = text("?")
BOTH = PlannedTable(by=(Dimension.ROLE, Dimension.BUILDING))
FIRST_DAY = date(2026, 1, 1)

Draw = st.DrawFn


def choices(n: int) -> tuple[Choice, ...]:
    return tuple(Choice(key=f"c{at}", label=text(f"c{at}")) for at in range(n))


@st.composite
def _question(draw: Draw, key: str) -> Question:
    required = draw(st.booleans())
    n = draw(st.integers(2, 6))
    other = draw(st.sampled_from([None, None, Other()]))
    several = SeveralChoice(key=key, prompt=PROMPT, choices=choices(n), required=required)
    most = draw(st.integers(1, n))
    return draw(
        st.sampled_from(
            [
                SingleChoice(
                    key=key, prompt=PROMPT, choices=choices(n), required=required, other=other
                ),
                replace(several, other=other),
                replace(several, at_most=most),
                replace(several, at_least=most, at_most=most),
                Scale(
                    key=key,
                    prompt=PROMPT,
                    points=draw(st.integers(2, 11)),
                    lowest=draw(st.integers(0, 1)),
                    required=required,
                ),
                Scale(key=key, prompt=PROMPT, points=11, lowest=0, enps=True, required=required),
                Matrix(
                    key=key,
                    prompt=PROMPT,
                    statements=tuple(Statement(key=f"s{at}", label=PROMPT) for at in range(n)),
                    required=required,
                ),
                Ranking(key=key, prompt=PROMPT, choices=choices(n), top=most, required=required),
                Pairwise(
                    key=key,
                    prompt=PROMPT,
                    choices=choices(n),
                    pairs=draw(st.integers(1, 10)),
                    required=required,
                ),
                Number(
                    key=key,
                    prompt=PROMPT,
                    minimum=0,
                    maximum=draw(st.sampled_from([None, 4, 60])),
                    required=required,
                ),
                Date(
                    key=key,
                    prompt=PROMPT,
                    minimum=FIRST_DAY,
                    maximum=FIRST_DAY + timedelta(days=n),
                    by=draw(st.sampled_from(Period)),
                    required=required,
                ),
                FreeText(key=key, prompt=PROMPT, required=required),
            ]
        )
    )


@st.composite
def _condition(draw: Draw, gate: CountedQuestion) -> Condition:
    """Of one answer or of many."""
    if isinstance(gate, Number):
        return Condition(question=gate.key, at_least=draw(st.integers(0, 4)))
    if isinstance(gate, Scale):
        known = [str(point) for point in gate.every_point]
    else:
        assert isinstance(gate, SingleChoice | SeveralChoice)
        known = [choice.key for choice in gate.choices]
    some = tuple(draw(st.sets(st.sampled_from(known), min_size=1)))
    if draw(st.booleans()):
        return Condition(question=gate.key, any_of=some)
    return Condition(question=gate.key, none_of=some)


@st.composite
def surveys(draw: Draw) -> Survey:
    """One to four pages, each after the first for everybody or for some."""
    pages: list[Page] = []
    made = 0
    with_adkar = draw(st.booleans())
    n = draw(st.integers(1, 4))
    adkar_page = draw(st.integers(0, n - 1)) if with_adkar else -1
    for at in range(n):
        questions = []
        for _ in range(draw(st.integers(1, 3))):
            questions.append(draw(_question(f"q{made}")))
            made += 1
        if at == adkar_page:
            rows = tuple(Statement(key=f"s{row}", label=PROMPT) for row in range(5))
            required = draw(st.booleans())
            questions.append(Matrix(key="adkar", prompt=PROMPT, statements=rows, required=required))
        before = all_counted(q for page in pages for q in page.questions)
        gates = [q for q in before if isinstance(q, SingleChoice | SeveralChoice | Scale | Number)]
        shown = None
        if gates and draw(st.integers(0, 2)):
            shown = draw(_condition(draw(st.sampled_from(gates))))
        pages.append(Page(questions=tuple(questions), show_if=shown))
    tables = draw(
        st.lists(st.sampled_from([BY_LEVEL, BY_ROLE, BY_BUILDING, BOTH]), unique=True, max_size=3)
    )
    return Survey(
        key="s",
        title=text("S"),
        asked_by=text("CTO"),
        purpose=text("To know."),
        pages=tuple(pages),
        tables=(*([WHOLE] if not tables or draw(st.booleans()) else []), *tables),
        adkar=tuple(f"adkar.s{row}" for row in range(5)) if with_adkar else (),
    )


@st.composite
def answer(draw: Draw, question: CountedQuestion) -> Answer:
    match question:
        case SingleChoice():
            return draw(st.sampled_from([one.key for one in question.choices]))
        case SeveralChoice():
            keys = [one.key for one in question.choices]
            least, most = question.at_least or 1, question.at_most or len(keys)
            some = draw(st.sets(st.sampled_from(keys), min_size=least, max_size=most))
            return tuple(key for key in keys if key in some)
        case Scale():
            return draw(st.sampled_from(list(question.every_point)))
        case Ranking():
            keys = draw(st.permutations([one.key for one in question.choices]))
            return tuple(keys[: draw(st.integers(1, question.top))])
        case Pairwise():
            # A person's pairs are theirs: what they decide is another matter.
            pairs = list(combinations([one.key for one in question.choices], 2))
            said = st.sampled_from(["{0}>{1}", "{1}>{0}", "{0}=={1}"])
            return tuple(
                draw(said).replace("==", "=").format(*pair) for pair in pairs[: question.pairs]
            )
        case Number():
            return float(draw(st.integers(0, int(question.maximum or 200))))
        case Date():
            days = (question.maximum - question.minimum).days
            return (question.minimum + timedelta(days=draw(st.integers(0, days)))).isoformat()
        case FreeText():
            return draw(st.sampled_from(["Fine.", "t0", "t1", "t2"]))


@st.composite
def everything(draw: Draw, survey: Survey) -> Mapping[str, Answer]:
    """An answer to every question, whether or not it is shown; of those that may be skipped some
    are."""
    return {
        question.key: draw(answer(question))
        for question in survey.counted
        if question.required or draw(st.integers(0, 3))
    }
