"""A wave's priorities: the choices of its rankings and pairs, with what was released of them."""

from __future__ import annotations

from collections.abc import Iterator

from core.text import Text
from governance.alignment.model import NO_GOAL, Priority, Question, Ranked
from governance.conclusions.figures import in_the_ledger
from surveys.questions import Pairwise, Ranking
from surveys.results.model import RankingResult, WaveResults
from surveys.results.placing import placed
from surveys.results.setting_beside import of_the_district
from surveys.survey import Survey, Wave


def has_priorities(survey: Survey) -> bool:
    return any(isinstance(one, Ranking | Pairwise) for one in survey.questions)


def questions_of(survey: Survey, results: WaveResults | None) -> tuple[Question, ...]:
    ranked = {one.question: one.n for one in rankings(results)}
    return tuple(
        Question(key=one.key, prompt=one.prompt, answers=ranked.get(one.key))
        for one in survey.questions
        if isinstance(one, Ranking | Pairwise)
    )


def priorities_of(survey: Survey, results: WaveResults | None) -> tuple[Priority, ...]:
    """Question by question, the first place first. Ideas that came while it ran are in the results
    alone."""
    released = {one.question: one for one in rankings(results)}
    found: list[Priority] = []
    for question in survey.questions:
        if not isinstance(question, Ranking | Pairwise):
            continue
        places = _places(released.get(question.key))
        authors = {one.key: one.goal or NO_GOAL for one in question.choices}
        labels: dict[str, Text] = {one.key: one.label for one in question.choices}
        labels |= {key: label for key, (label, _) in places.items() if key not in labels}
        own = (
            Priority(
                question=question.key,
                choice=key,
                label=label,
                goal=authors.get(key, NO_GOAL),
                ranked=places[key][1] if key in places else None,
            )
            for key, label in labels.items()
        )
        found += sorted(own, key=lambda one: one.place)
    return tuple(found)


def told_of(wave: Wave, results: WaveResults | None) -> str:
    """What the ledger of releases says of what is shown here; "" where no figure is."""
    ranked = tuple(one.key for one in questions_of(wave.survey, results) if one.ranked)
    return in_the_ledger(results, ranked) if results is not None and ranked else ""


def rankings(results: WaveResults | None) -> Iterator[RankingResult]:
    """Of the whole district, when it is final."""
    if results is None or not results.final:
        return
    for table in of_the_district(results).tables:
        for cell in table.cells:
            yield from (one for one in cell.questions if isinstance(one, RankingResult))


def _places(result: RankingResult | None) -> dict[str, tuple[Text, Ranked | None]]:
    """None: too few comparisons for a place yet."""
    ranked = result.ranked if result else ()
    return {
        one.key: (
            one.label,
            Ranked(
                first=place.first, last=place.last, points=one.points, low=one.low, high=one.high
            )
            if place
            else None,
        )
        for one, place in zip(ranked, placed(ranked), strict=True)
    }
