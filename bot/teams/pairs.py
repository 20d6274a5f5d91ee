"""Pairs to compare in a card: three choices for each, all to be seen."""

from __future__ import annotations

from collections.abc import Sequence

from bot.teams.cards import RANK, Element, choice_set
from core.words import Words
from governance import wording
from surveys.asking.fitting import missing
from surveys.asking.pairing import in_place, pairs_shown, ways
from surveys.questions import Pairwise


def pair_inputs(words: Words, question: Pairwise, said: Sequence[str]) -> list[Element]:
    """Their labels name both choices: only a label is read out together with its input."""
    labels = {choice.key: words.text(choice.label) for choice in question.choices}
    pairs = pairs_shown(question)
    made: list[Element] = []
    entries = in_place(pairs, said)
    for place, (pair, entry) in enumerate(zip(pairs, entries, strict=True), start=1):
        one, other = (labels[key] for key in pair)
        titles = [one, other, words.say("I cannot decide")]
        nth = words.say("Pair {n} of {all}", n=place, all=len(pairs))
        label = f"{nth}: {words.say('{one} or {other}?', one=one, other=other)}"
        made.append(
            choice_set(
                f"{RANK}{place}.{question.key}",
                label,
                list(zip(ways(pair), titles, strict=True)),
                value=entry,
                required=question.required,
                expanded=True,
                error=wording.unfit(words, missing(question)),
            )
        )
    return made
