"""What was handed in for one page, held against what is asked there and was kept before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.asking.counted import counted, other_key
from surveys.asking.fitting import clean, fit
from surveys.questions import (
    OTHER,
    Answer,
    Other,
    Question,
    RawAnswer,
    SeveralChoice,
    SingleChoice,
    Unfit,
    chosen_keys,
)
from surveys.survey import Page


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """One page handed in: everything the person has answered so far (``kept``), and what of this
    page does not fit. An answer that does not fit leaves what was kept before in its place."""

    kept: Mapping[str, Answer]
    unfit: Mapping[str, Unfit]


def fit_page(
    page: Page,
    answers: Mapping[str, RawAnswer],
    before: Mapping[str, Answer],
    locale: str | None = None,
) -> Fitted:
    """Fit what was handed in for a page onto what was kept before.

    A question that is left out of ``answers`` was left empty (a form sends no unchecked box), so
    an optional one is cleared. Keys that the page does not ask are no answers.
    """
    kept = dict(before)
    unfit: dict[str, Unfit] = {}
    for asked in page.questions:
        handed_in = _with_other_chosen(asked, answers)
        for question in counted(asked):
            found = fit(question, handed_in.get(question.key, ""), locale)
            if isinstance(found, Unfit):
                unfit[question.key] = found
            elif found is None:
                kept.pop(question.key, None)
            else:
                kept[question.key] = found
        _beside_another(asked, handed_in, kept, unfit)
    return Fitted(kept=kept, unfit=unfit)


def _with_other_chosen(
    asked: Question, answers: Mapping[str, RawAnswer]
) -> Mapping[str, RawAnswer]:
    """Who writes what else it is has chosen "something else", also without ticking it: the
    input for the words stands open on every platform."""
    match asked:
        case SingleChoice(other=Other()) | SeveralChoice(other=Other()):
            chosen = tuple(chosen_keys(answers.get(asked.key, "")))
            more = isinstance(asked, SeveralChoice) or not chosen
            if more and OTHER not in chosen and _words(asked, answers):
                return {**answers, asked.key: (*chosen, OTHER)}
    return answers


def _beside_another(
    asked: Question,
    answers: Mapping[str, RawAnswer],
    kept: dict[str, Answer],
    unfit: dict[str, Unfit],
) -> None:
    """Words beside another choice: which of the two is meant, only the person knows."""
    match asked:
        case SingleChoice(other=Other()) if kept.get(asked.key) != OTHER:
            key = other_key(asked)
            if _words(asked, answers) and asked.key not in unfit:
                unfit[key] = Unfit(
                    why="You chose another answer above. Choose this one, or clear what you wrote."
                )
            kept.pop(key, None)


def _words(asked: SingleChoice | SeveralChoice, answers: Mapping[str, RawAnswer]) -> str:
    raw = answers.get(other_key(asked), "")
    return clean(raw if isinstance(raw, str) else "\n".join(raw))
