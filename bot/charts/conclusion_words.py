"""What was heard in a survey and what follows, in parts that every platform shows alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from bot.charts.figures import answers_words, enps_words, mean_words, number_words, told
from bot.charts.findings import finding
from bot.charts.matrices import MatrixResult, Told, together
from core.words import Words
from governance.conclusions.model import Conclusions
from surveys.results.model import (
    CommentsResult,
    EnpsScore,
    NumberResult,
    RankingResult,
    ShareResult,
    Withheld,
)


def title(words: Words, said: Conclusions) -> str:
    return words.say("What we heard: {title}", title=words.text(said.title))


def parts(
    words: Words, said: Conclusions, *, in_words: bool = True
) -> Sequence[tuple[str, tuple[str, ...]]]:
    """Headings with their lines. ``in_words``: the figures among them; else they are drawn."""
    say, text = words.say, words.text
    steps = tuple(
        say("{what}: {by}", what=text(step.what), by=text(step.by)) for step in said.steps
    )
    told: list[tuple[str, tuple[str, ...]]] = [(say("What we heard"), (text(said.heard),))]
    if steps:
        told.append((say("What we will do, and by when"), steps))
    if said.told and in_words:
        told.append((say("What people said, in numbers"), tuple(figures(words, said))))
    if said.not_done is not None:
        told.append((say("What we will not do, and why"), (text(said.not_done),)))
    return told


def figures(words: Words, said: Conclusions) -> list[str]:
    """A line for each figure that goes along: what was asked, the main finding, of how many. The
    page has every number."""
    return [_figure(words, one) for one in together(said.told)]


def _figure(words: Words, result: Told) -> str:
    prompt, say = words.text(result.prompt), words.say
    match result:
        case ShareResult(enps=EnpsScore() as enps):
            found = enps_words(enps, words)
        case ShareResult() | RankingResult():
            found = finding(result, words) or told(result, words)
        case MatrixResult(statements=statements):
            found = " ".join(_statement(words, one) for one in statements)
        case NumberResult():
            found = number_words(result, words)
        case CommentsResult() | Withheld():
            return f"{prompt} {say('Not shown.')}"
        case _:
            assert_never(result)
    n = result.most if isinstance(result, MatrixResult) else result.n
    answers = answers_words(n, words)
    return say("{prompt} {found} ({answers})", prompt=prompt, found=found.strip(), answers=answers)


def _statement(words: Words, one: ShareResult) -> str:
    return words.say(
        "{statement} Mean {mean} of {points}.",
        statement=words.text(one.prompt),
        mean=mean_words(one, words),
        points=one.shares[-1].key,
    )


def thanks(words: Words, said: Conclusions) -> str:
    """The last line: a correction says that it is one."""
    if said.version > 1 and said.published_at is not None:
        return words.say("Corrected on {day}.", day=words.day(said.published_at))
    return words.say("You were asked. Here is what we heard and what happens next.")
