"""Pairs to compare in Slack: three radio buttons for each."""

from __future__ import annotations

from collections.abc import Sequence

from bot.slack.blocks import OPTION, Block, Element, Pen, bold, field, option, paragraph
from surveys.asking.pairing import in_place, pairs_shown, ways
from surveys.questions import Pair, Pairwise


def pair_blocks(question: Pairwise, pen: Pen, said: Sequence[str]) -> list[Block]:
    pairs = pairs_shown(question)
    hint = pen.text(question.hint) if question.hint else ""
    blocks: list[Block] = [paragraph(bold(pen.text(question.prompt)))]
    for place, (pair, entry) in enumerate(zip(pairs, in_place(pairs, said), strict=True), start=1):
        blocks += [
            *_whole_labels(question, pair, pen),
            field(
                question.key,
                pen.say("Pair {n} of {all}", n=place, all=len(pairs)),
                _radios(question, pair, entry, pen),
                optional=not question.required,
                hint=hint if place == 1 else "",
                rank=place,
            ),
        ]
    return blocks


def _radios(question: Pairwise, pair: Pair, entry: str, pen: Pen) -> Element:
    labels = [*_labels(question, pair, pen), pen.say("I cannot decide")]
    options = [option(way, label) for way, label in zip(ways(pair), labels, strict=True)]
    element: Element = {"type": "radio_buttons", "options": options}
    chosen = next((one for one in options if one["value"] == entry), None)
    return {**element, "initial_option": chosen} if chosen else element


def _whole_labels(question: Pairwise, pair: Pair, pen: Pen) -> list[Block]:
    """What Slack would cut is said whole above."""
    one, other = _labels(question, pair, pen)
    if max(len(one), len(other)) <= OPTION:
        return []
    return [paragraph(pen.say("{one} or {other}?", one=one, other=other))]


def _labels(question: Pairwise, pair: Pair, pen: Pen) -> list[str]:
    labels = {choice.key: pen.text(choice.label) for choice in question.choices}
    return [labels[key] for key in pair]
