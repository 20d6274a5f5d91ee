"""Warnings to whoever writes a survey, as lines that the command line and the pages share."""

from __future__ import annotations

from collections.abc import Mapping

from core.words import Words
from governance import wording
from surveys.authoring.cautions import Caution, SmallGroups, cautions, small_groups
from surveys.results.tabulating import Atom
from surveys.survey import Rules, Survey


def caution_line(words: Words, caution: Caution) -> str:
    """Why, and what to do, with the question's key where it is about one."""
    why, advice = wording.unfit(words, caution.why), wording.unfit(words, caution.advice)
    if caution.question is None:
        return f"{why} {advice}"
    return words.say("{key}: {why} {advice}", key=caution.question, why=why, advice=advice)


def small_line(words: Words, small: SmallGroups) -> str:
    """How many groups of a table can never be shown."""
    groups = wording.groups(words, small.table.by)
    if small.part < 1:
        told = few_drawn(words, small.few, small.groups, small.least)
        return words.say("Results for {groups}: {told}", groups=groups, told=told)
    return words.count(
        "Results for {groups}: {n} of {all} groups has fewer than {k} people. Nothing will be "
        "shown for it.",
        "Results for {groups}: {n} of {all} groups have fewer than {k} people. Nothing will be "
        "shown for them.",
        small.few,
        groups=groups,
        all=words.number(small.groups),
        k=small.least,
    )


def few_drawn(words: Words, few: int, groups: int, least: int) -> str:
    """The same where a lot draws the people: which groups they are is known only then."""
    return words.count(
        "In about {n} of {all} groups fewer than {k} people will be asked. Nothing is shown for a "
        "group with fewer than {k}.",
        "In about {n} of {all} groups fewer than {k} people will be asked. Nothing is shown for "
        "groups with fewer than {k}.",
        few,
        all=words.number(groups),
        k=least,
    )


def caution_lines(words: Words, survey: Survey) -> list[str]:
    return [caution_line(words, caution) for caution in cautions(survey)]


def small_lines(
    words: Words, survey: Survey, asked: Mapping[Atom, int], rules: Rules, part: float = 1
) -> list[str]:
    """``asked``: people of the audience in each finest group; ``part`` of them are asked."""
    found = small_groups(survey, asked, rules.smallest_group, part)
    return [small_line(words, small) for small in found]
