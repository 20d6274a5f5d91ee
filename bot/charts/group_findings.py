"""Where groups put choices in other places, and where they agree: a sentence for each ranking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.charts.beside_words import inside
from core.words import Words
from governance.labels import Labels
from surveys.results.beside import ComparedBy, Comparison, Group
from surveys.results.model import RankingResult, WaveResults
from surveys.results.placing import Place, placed

_AGREED = 3
"""Places of which it is told that all groups agree on them."""


def parting(results: WaveResults, question: str, words: Words) -> str:
    """What groups make of a ranking: the surest difference between two in the place of a choice;
    or the first places, where all groups have the same choices there. "" where fewer than two
    groups are shown."""
    shown = _shown(results, question)
    if len([group for group in shown if group]) < 2:
        return ""
    found = [
        one
        for one in results.comparisons
        if one.question == question and one.test is ComparedBy.POINTS
    ]
    for one in found:
        if said := _parted(one, shown, words, Labels(words, results.buildings)):
            return said
    if found:
        return ""
    return _agreed(shown, words)


def partings(results: WaveResults, words: Words) -> list[tuple[RankingResult, str]]:
    """The same of each ranking of the district."""
    told = [
        (result, parting(results, result.question, words)) for result in district_rankings(results)
    ]
    return [(result, said) for result, said in told if said]


def district_rankings(results: WaveResults) -> list[RankingResult]:
    return [
        result
        for table in results.tables
        for cell in table.cells
        for result in cell.questions
        if not cell.group and isinstance(result, RankingResult)
    ]


def _shown(results: WaveResults, question: str) -> Mapping[Group, RankingResult]:
    return {
        cell.group: result
        for table in results.tables
        for cell in table.cells
        for result in cell.questions
        if result.question == question and isinstance(result, RankingResult)
    }


def _parted(
    found: Comparison, shown: Mapping[Group, RankingResult], words: Words, named: Labels
) -> str:
    """ "" where the choice has the same place in both, or what it is held against is no group."""
    both = [
        (place, group)
        for group in (found.higher, found.lower)
        if group in shown
        for place in _place_of(shown[group], found.item)
    ]
    if len(both) < 2 or found.label is None:
        return ""
    (first, group), (second, other) = both
    if first.last >= second.first:
        return ""
    return words.say(
        "“{choice}” is {place} for {group} and {other_place} for {other}.",
        choice=words.text(found.label),
        place=_place_words(first, words),
        group=inside(group, words, named),
        other_place=_place_words(second, words),
        other=inside(other, words, named),
    )


def _place_of(result: RankingResult, key: str | None) -> Iterator[Place]:
    for one, place in zip(result.ranked, placed(result.ranked), strict=True):
        if one.key == key and place is not None:
            yield place


def _agreed(shown: Mapping[Group, RankingResult], words: Words) -> str:
    """The most places, up to three, that have the same choices in the district and in all groups
    that are shown, and that no other choice may have in the district."""
    whole = shown.get(())
    if whole is None:
        return ""
    places = placed(whole.ranked)
    for most in range(_AGREED, 0, -1):
        firsts = {frozenset(one.key for one in each.ranked[:most]) for each in shown.values()}
        own = [one is not None and one.last <= most for one in places[:most]]
        if len(firsts) == 1 and len(own) == most and all(own):
            labels = [words.text(one.label) for one in whole.ranked[:most]]
            return words.count(
                "All groups shown put the same choice first: {labels}.",
                "All groups shown put the same {n} choices first: {labels}.",
                most,
                labels=", ".join(labels),
            )
    return words.say("No group’s order differs from another’s by more than chance.")


def _place_words(place: Place, words: Words) -> str:
    """ "second", or "anywhere from second to fourth"."""
    if not place.open:
        return _ordinal(place.first, words)
    return words.say(
        "anywhere from {first} to {last}",
        first=_ordinal(place.first, words),
        last=_ordinal(place.last, words),
    )


def _ordinal(place: int, words: Words) -> str:
    say = words.say
    ordinals = (
        *(say("first"), say("second"), say("third"), say("fourth"), say("fifth"), say("sixth")),
        *(say("seventh"), say("eighth"), say("ninth"), say("tenth")),
    )
    if place <= len(ordinals):
        return ordinals[place - 1]
    return say("number {n}", n=words.number(place))
