"""Released results in Slack: short lines with bars of text, and a link to the page.

Chat shows the whole district question by question, and the groups in a table; the page has all of
both. A question whose chart was uploaded shows it in the place of its words; its numbers stand
below it all the same, to be searched, copied and read where no picture comes through.
"""

from __future__ import annotations

from typing import assert_never

from bot.charts.beside_chat import beside
from bot.charts.beside_words import lead, least, reading
from bot.charts.findings import brief
from bot.slack.blocks import Block, Pen, bold, bullets, cut, header, link, note, paragraph
from bot.slack.draw_groups import group_blocks
from governance import links, wording
from governance.results.matrices import MatrixResult, Told, together
from governance.results.wording import (
    answers_words,
    base_words,
    enps_words,
    how_many_comments,
    in_order,
    number_words,
    places,
    points_words,
    share_words,
    ties,
)
from surveys.results.model import (
    CommentsResult,
    NumberResult,
    RankingResult,
    Share,
    ShareResult,
    WaveResults,
    Withheld,
)

MOST_QUESTIONS = 14
MOST_LINES = 12
MOST_BLOCKS = 46
"""Slack takes 50; the last words and the table of groups need four."""
MOST_COMMENTS = 3
BAR = 10


def results_blocks(results: WaveResults, pen: Pen) -> list[Block]:
    blocks = [header(pen.text(results.title)), note(_about(results, pen))]
    questions = district(results)
    for question in questions[:MOST_QUESTIONS]:
        blocks += _question(question, pen)
    if not questions:
        blocks.append(paragraph(wording.withheld(pen.words, least(results))))
    told = _beside(results, pen)
    if len(blocks) + len(told) <= MOST_BLOCKS:
        blocks += told
    blocks += [note(said) for said in reading(results, pen.words)[-1:]]
    blocks.append(_more(results, len(questions) - MOST_QUESTIONS, pen))
    return blocks + group_blocks(results, pen)


def _beside(results: WaveResults, pen: Pen) -> list[Block]:
    """Who answered, and what changed since earlier times."""
    blocks = []
    for one in beside(results, pen.words):
        blocks.append(pen.pictures.get(one.key) or paragraph(bold(one.title)))
        blocks.append(paragraph("\n".join(one.lines)))
    return blocks


def district(results: WaveResults) -> tuple[Told, ...]:
    """What is told of the whole district; nothing where that was not asked for."""
    cells = (cell for table in results.tables for cell in table.cells if not cell.group)
    cell = next(cells, None)
    return together(cell.questions) if cell else ()


def _about(results: WaveResults, pen: Pen) -> str:
    parts = [lead(results, pen.words), pen.say("As of {when}.", when=pen.words.when(results.as_of))]
    if results.answered is not None:
        parts.append(pen.say("People chose whether to answer, so this is not a random sample."))
    return " ".join(parts)


def _more(results: WaveResults, left: int, pen: Pen) -> Block:
    url = links.results(pen.web_url, results.wave_id)
    more = [pen.words.count("{n} more on the page.", "{n} more on the page.", left), " "]
    return paragraph(*(more if left > 0 else []), link(url, pen.say("See all results")))


def _question(result: Told, pen: Pen) -> list[Block]:
    prompt = pen.pictures.get(result.question) or paragraph(bold(pen.text(result.prompt)))
    match result:
        case MatrixResult():
            return [prompt, *_matrix(result, pen)]
        case ShareResult():
            return [prompt, *_shares(result, pen)]
        case RankingResult():
            return [prompt, *_ranking(result, pen)]
        case NumberResult():
            return [prompt, paragraph(_number(result, pen))]
        case CommentsResult():
            return [prompt, *_comments(result, pen)]
        case Withheld():
            return [prompt, paragraph(wording.not_shown(pen.words, result))]
        case _:
            assert_never(result)


def _shares(result: ShareResult, pen: Pen) -> list[Block]:
    pictured = result.question in pen.pictures
    lines = [_share(one, pen, pictured) for one in in_order(result)[:MOST_LINES]]
    told = [
        paragraph("\n".join([*lines, base_words(result, pen.words)])),
        *_rest(len(result.shares), pen),
    ]
    if result.enps is None:
        return told
    return [paragraph(bold(enps_words(result.enps, pen.words))), *told]


def _share(share: Share, pen: Pen, pictured: bool) -> str:
    label, told = cut(pen.text(share.label), 80), share_words(share, pen.words)
    length = "" if pictured or share.share is None else bar(share.share)
    return f"{length} {told}: {label}".strip()


def bar(share: float) -> str:
    """A share (0..1) as ten small squares."""
    filled = round(min(max(share, 0.0), 1.0) * BAR)
    return "▰" * filled + "▱" * (BAR - filled)


def _matrix(result: MatrixResult, pen: Pen) -> list[Block]:
    """A line for each statement, the highest mean first: the picture and the page have the rest."""
    lines = []
    for one in result.statements:
        length, told = "", brief(one, pen.words)
        if one.mean is not None:
            lowest, highest = int(one.shares[0].key), int(one.shares[-1].key)
            told = pen.say("mean {mean} of {points}", mean=told, points=highest)
            if result.question not in pen.pictures:
                length = bar((one.mean - lowest) / (highest - lowest))
        said = f"{cut(pen.text(one.prompt), 120)}: {told} · {answers_words(one.n, pen.words)}"
        lines.append(f"{length} {said}".strip())
    return [paragraph("\n".join(lines))]


def _ranking(result: RankingResult, pen: Pen) -> list[Block]:
    lines = []
    ordered = zip(result.ranked, places(result.ranked), strict=True)
    for choice, place in list(ordered)[:MOST_LINES]:
        line = pen.say(
            "{place} {label}: {points} of 100 points",
            place=place,
            label=cut(pen.text(choice.label), 80),
            points=points_words(choice, pen.words),
        )
        length = "" if result.question in pen.pictures else bar(choice.points)
        lines.append(f"{length} {line}".strip())
    base = pen.say("From {answers}.", answers=answers_words(result.n, pen.words))
    told = " ".join(said for said in (base, ties(result, pen.words)) if said)
    return [paragraph("\n".join(lines)), note(told), *_rest(len(result.ranked), pen)]


def _rest(all_of_them: int, pen: Pen) -> list[Block]:
    left = all_of_them - MOST_LINES
    if left <= 0:
        return []
    return [note(pen.words.count("{n} more on the page.", "{n} more on the page.", left))]


def _number(result: NumberResult, pen: Pen) -> str:
    base = pen.say("From {answers}.", answers=answers_words(result.n, pen.words))
    return f"{number_words(result, pen.words)} {base}"


def _comments(result: CommentsResult, pen: Pen) -> list[Block]:
    shown = [cut(comment, 250) for comment in result.comments[:MOST_COMMENTS]]
    told = how_many_comments(result, len(shown), pen.words)
    return [*([bullets(shown)] if shown else []), note(told)]
