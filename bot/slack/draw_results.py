"""Released results in Slack: short lines with bars of text, and a link to the page.

Chat shows the whole district question by question, and the groups in a table; the page has all of
both. A question whose chart was uploaded shows it in the place of its words; its numbers stand
below it all the same, to be searched, copied and read where no picture comes through.
"""

from __future__ import annotations

from typing import assert_never

from bot import links
from bot.beside_chat import beside
from bot.figures import enps_words, hard_pairs, mean_words, two_by_two
from bot.matrices import MatrixResult, Told, together
from bot.slack.blocks import Block, Pen, bold, bullets, cut, header, link, note, paragraph
from bot.slack.draw_groups import group_blocks
from surveys.results import (
    CommentsResult,
    NumberResult,
    RankingResult,
    Share,
    ShareResult,
    WaveResults,
    Withheld,
)

MOST_QUESTIONS = 15
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
        blocks.append(paragraph(pen.words.withheld()))
    told = _beside(results, pen)
    if len(blocks) + len(told) <= MOST_BLOCKS:
        blocks += told
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
    state = pen.say("Final.") if results.final else pen.say("Still open: these are not final.")
    parts = [state, pen.say("As of {when}.", when=pen.words.when(results.as_of))]
    if results.answered is not None:
        parts.append(pen.say("People chose whether to answer, so this is not a random sample."))
    if results.answered is not None and results.asked:
        parts.append(
            pen.say(
                "{answered} of {asked} people answered.",
                answered=pen.words.number(results.answered),
                asked=pen.words.number(results.asked),
            )
        )
    return " ".join(parts)


def _more(results: WaveResults, left: int, pen: Pen) -> Block:
    url = links.results(pen.web_url, results.wave_id)
    said = (
        pen.words.count(
            "{n} more question is on the page. ", "{n} more questions are on the page. ", left
        )
        if left > 0
        else pen.say("Groups, intervals and charts are on the page. ")
    )
    return paragraph(said, link(url, pen.say("Open the results")))


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
            return [prompt, paragraph(pen.words.not_shown(result))]
        case _:
            assert_never(result)


def _shares(result: ShareResult, pen: Pen) -> list[Block]:
    pictured = result.question in pen.pictures
    lines = [_share(one, result.n, pen, pictured) for one in result.shares[:MOST_LINES]]
    blocks = [paragraph("\n".join(lines))] if lines else []
    if result.enps is not None:
        base = pen.words.count("{n} answer", "{n} answers", result.n)
        blocks.insert(0, paragraph(bold(enps_words(result.enps, pen.words)), f" · {base}"))
    elif result.mean is not None:
        mean = pen.say(
            "Mean {mean} of {n} answers.",
            mean=pen.words.number(round(result.mean, 1)),
            n=pen.words.number(result.n),
        )
        blocks.append(note(mean))
    return blocks + _rest(len(result.shares), pen)


def _share(share: Share, n: int, pen: Pen, pictured: bool) -> str:
    label = cut(pen.text(share.label), 80)
    count = pen.words.number(n)
    if share.coded is not None or share.share is None:
        coded = share.coded or "–"
        return pen.say("{share} of {n} answers: {label}", share=coded, n=count, label=label)
    said = pen.say(
        "{share} of {n} answers: {label}",
        share=pen.words.percent(share.share),
        n=count,
        label=label,
    )
    return said if pictured else f"{bar(share.share)} {said}"


def bar(share: float) -> str:
    """A share (0..1) as ten small squares."""
    filled = round(min(max(share, 0.0), 1.0) * BAR)
    return "▰" * filled + "▱" * (BAR - filled)


def _matrix(result: MatrixResult, pen: Pen) -> list[Block]:
    """A line for each statement, the highest mean first: the picture and the page have the rest."""
    lines = []
    for one in result.statements:
        most, least = int(one.shares[-1].key), int(one.shares[0].key)
        mean = pen.say("mean {mean} of {points}", mean=mean_words(one, pen.words), points=most)
        length = ""
        if one.mean is not None and result.question not in pen.pictures:
            length = bar((one.mean - least) / (most - least))
        base = pen.words.count("{n} answer", "{n} answers", one.n)
        said = f"{cut(pen.text(one.prompt), 120)}: {mean} · {base}"
        lines.append(f"{length} {said}".strip())
    return [paragraph("\n".join(lines))]


def _ranking(result: RankingResult, pen: Pen) -> list[Block]:
    lines = []
    for place, choice in enumerate(result.ranked[:MOST_LINES], start=1):
        line = pen.say(
            "{place}. {label}: {points} of 100 points",
            place=place,
            label=cut(pen.text(choice.label), 80),
            points=pen.words.number(round(choice.points * 100)),
        )
        tie = pen.say("(a tie with the next)") if choice.tied_with_next else ""
        length = "" if result.question in pen.pictures else bar(choice.points)
        lines.append(f"{length} {line} {tie}".strip())
    base = (
        pen.words.count("{n} person ranked them.", "{n} people ranked them.", result.n)
        if result.pairs is None
        else pen.words.count(
            "{n} person compared pairs of them.", "{n} people compared pairs of them.", result.n
        )
    )
    pairs = (two_by_two(result, pen.words), hard_pairs(result, pen.words))
    told = [note(" ".join(said for said in (base, *pairs) if said))]
    return [paragraph("\n".join(lines)), *told, *_rest(len(result.ranked), pen)]


def _rest(all_of_them: int, pen: Pen) -> list[Block]:
    left = all_of_them - MOST_LINES
    if left <= 0:
        return []
    return [note(pen.words.count("{n} more on the page.", "{n} more on the page.", left))]


def _number(result: NumberResult, pen: Pen) -> str:
    unit = f" {pen.text(result.unit)}" if result.unit else ""
    return pen.say(
        "Half say {median}{unit} or less; the mean is {mean}{unit}, of {n} answers.",
        median=pen.words.number(result.median),
        mean=pen.words.number(round(result.mean, 1)),
        unit=unit,
        n=pen.words.number(result.n),
    )


def _comments(result: CommentsResult, pen: Pen) -> list[Block]:
    shown = [cut(comment, 250) for comment in result.comments[:MOST_COMMENTS]]
    base = pen.words.count("{n} person wrote.", "{n} people wrote.", result.n)
    if not shown:
        return [note(base)]
    told = pen.say("{some} of them, in no order; all are on the page.", some=len(shown))
    return [bullets(shown), note(f"{base} {told}")]
