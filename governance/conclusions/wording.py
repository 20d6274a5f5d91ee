"""What conclusions and their figures say."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from core.cards import Prose
from core.charts import Counts
from core.words import Words
from governance.conclusions.model import Conclusions
from governance.results.matrices import MatrixResult, Told
from governance.results.wording import (
    answers_words,
    caption,
    enps_words,
    in_order,
    mean_words,
    number_words,
    places,
    points_words,
    share_words,
    ties,
)
from surveys.results.model import (
    CommentsResult,
    EnpsScore,
    NumberResult,
    RankingResult,
    Share,
    ShareResult,
    Withheld,
)

_WHOLE = 100


def title(words: Words, said: Conclusions) -> Prose:
    return words.prose("What we heard: {title}", title=words.written(said.title))


def counts(words: Words, result: Told, as_of: datetime) -> Counts | None:
    """A figure as bars, each as it is said on the page of results: with its margin, and without a
    length where it has no number; of a matrix, the means. None where nothing is drawn."""
    rows: list[tuple[str, float | None]]
    match result:
        case ShareResult():
            shares = in_order(result)
            rows = [(words.text(one.label), _percent(one)) for one in shares]
            said = [share_words(one, words) for one in shares]
            whole, remark = _WHOLE, ""
        case RankingResult(ranked=ranked):
            of = zip(places(ranked), ranked, strict=True)
            rows = [
                (f"{place} {words.text(one.label)}", round(one.points * _WHOLE))
                for place, one in of
            ]
            said = [points_words(one, words) for one in ranked]
            whole, remark = _WHOLE, ties(result, words)
        case MatrixResult(statements=statements):
            rows = [
                (words.text(one.prompt).removesuffix("."), one.mean and round(one.mean, 1))
                for one in statements
            ]
            said = [mean_words(one, words) for one in statements]
            whole, remark = len(statements[0].shares), ""
        case NumberResult() | CommentsResult() | Withheld():
            return None
        case _:
            assert_never(result)
    below = caption(result, words, as_of=as_of, parts=not isinstance(result, MatrixResult))
    if isinstance(result, ShareResult) and result.enps is not None:
        below = f"{enps_words(result.enps, words)} · {below}"
    return Counts(
        key=result.question,
        title=words.text(result.prompt),
        caption=" ".join(one for one in (below, remark) if one),
        rows=tuple(rows),
        said=tuple(said),
        whole=whole,
    )


def figure(words: Words, result: Told, counts: Counts | None) -> str:
    """The same in a line: what was asked, its score or every number, of how many."""
    prompt = words.text(result.prompt)
    match result:
        case NumberResult():
            found = number_words(result, words)
        case ShareResult(enps=EnpsScore() as enps):
            found = enps_words(enps, words)
        case CommentsResult() | Withheld():
            return f"{prompt} {words.say('Not shown.')}"
        case _:
            found = counts.told(words) if counts else ""
    n = result.most if isinstance(result, MatrixResult) else result.n
    answers = answers_words(n, words)
    return words.say(
        "{prompt} {found} ({answers})", prompt=prompt, found=found.strip(), answers=answers
    )


def thanks(words: Words, said: Conclusions) -> str:
    """The last line: a correction says that it is one."""
    if said.version > 1 and said.published_at is not None:
        return words.say("Corrected on {day}.", day=words.day(said.published_at))
    return words.say("Here is what we heard and what happens next.")


def _percent(share: Share) -> int | None:
    """None where it is told as a side ("most"), whose bar people would read as a number."""
    if share.share is None or share.coded is not None:
        return None
    return round(_WHOLE * share.share)
