"""What is beside a wave's tables, in words: who took part, what differs, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from babel.dates import format_date

from core.people import Level, Role
from core.words import Words
from governance import wording
from governance.labels import Labels
from governance.results.wording import DASH, NumbersTable, enps_words
from governance.views import WaveLine
from surveys.disclosure.live import following
from surveys.results.beside import (
    Break,
    Comparison,
    Group,
    GroupRate,
    MakeUp,
    Rates,
    Trend,
    Unit,
    Weighted,
)
from surveys.results.model import EnpsScore, WaveResults
from surveys.survey import Dimension, WaveState

BEFORE = 5
"""From how many answers on a group was shown before counts had noise."""


def rate_lines(rates: Rates, words: Words) -> list[tuple[str, str]]:
    """Each rate with what it is of (AAPOR's names stand in brackets)."""
    say = words.say
    share = words.percent
    base = words.number(rates.asked)
    told: list[tuple[str, str]] = []
    if rates.response_rate_1 is not None:
        first = say("{share} of {n}", share=share(rates.response_rate_1), n=base)
        told.append((say("Completed the survey, of everyone asked (RR1)"), first))
    if rates.response_rate_2 is not None:
        second = say("{share} of {n}", share=share(rates.response_rate_2), n=base)
        told.append((say("Answered the survey or half of it, of everyone asked (RR2)"), second))
    if rates.cooperation_rate_1 is not None:
        # Of how many is not said: where few were not reached, it would tell how few.
        reached = say("Completed the survey, of those reached (COOP1)")
        told.append((reached, share(rates.cooperation_rate_1)))
    return told


def count_lines(rates: Rates, words: Words) -> list[tuple[str, str]]:
    """How many people became what, in results of before. What is below five is left out, like what
    is nothing."""
    if rates.response_rate_1 is None:
        return []
    say = words.say
    counts = (
        (
            say("Answered") if rates.response_rate_1 is None else say("Answered to the end"),
            rates.answered,
        ),
        (say("Answered half or more"), rates.partial),
        (say("Said no, or broke off early"), rates.declined),
        (say("Could not be reached"), rates.not_reached),
        (say("Left the district, not counted"), rates.left),
    )
    return [(what, words.number(n)) for what, n in counts if n is not None]


def answered_words(results: WaveResults, words: Words) -> str:
    """How many answered, of how many; that it is not shown, where it is not."""
    if results.restored is not None:
        return wording.restored(words, results.restored)
    if not results.final and results.asked is not None:
        return _so_far(results.answered, results.asked, words)
    if results.answered is None:
        return wording.withheld(words, least(results))
    answered, asked = words.number(results.answered), words.number(results.asked or 0)
    if results.asked is None:
        return words.count(
            "{n} person has answered.", "{n} people have answered.", results.answered
        )
    if results.noisy:
        return words.say(
            "About {answered} of {asked} people answered.", answered=answered, asked=asked
        )
    return words.say("{answered} of {asked} people answered.", answered=answered, asked=asked)


def state(results: WaveResults, words: Words) -> str:
    """Whether more answers may come. Where the database was restored, ``answered_words`` says what
    is to be said."""
    if results.restored is not None:
        return ""
    if results.final:
        return words.say("Final results.")
    return words.say("The survey is still open.")


def lead(results: WaveResults, words: Words) -> str:
    """How many answered, and the state; what is withheld is said in the place of the figures."""
    told = results.answered is not None or not results.final or results.restored is not None
    answered = answered_words(results, words) if told else ""
    return f"{answered} {state(results, words)}".strip()


def _so_far(answered: int | None, asked: int, words: Words) -> str:
    """Of a survey that is open: which look is shown, and when the next one comes."""
    if answered is None:
        told = words.count("{n} person was asked.", "{n} people were asked.", asked)
        return f"{told} {next_figures(asked, None, words)}"
    told = words.say(
        "Figures from {answered} answers so far; {asked} people were asked.",
        answered=words.number(answered),
        asked=words.number(asked),
    )
    return f"{told} {next_figures(asked, answered, words)}"


def next_figures(asked: int, answered: int | None, words: Words) -> str:
    """When figures come next; ``answered``: at how many they came before, None: not yet."""
    at = following(asked, answered or 0)
    if at is None and answered is None:
        return words.say("Figures are shown once the survey closes.")
    if at is None:
        return words.say("The next figures are shown once the survey closes.")
    if answered is None:
        return words.say("First figures at {n} answers.", n=words.number(at))
    return words.say("Next figures at {n} answers.", n=words.number(at))


def how_many_answered(line: WaveLine, words: Words) -> str:
    """Of a survey on the dashboard; "" where it is not told. While it is open only that a certain
    number is reached is, and from which on figures are shown."""
    if line.answered is None:
        if line.wave.state is WaveState.OPEN:
            return next_figures(line.asked, None, words)
        return ""
    answered, asked = words.number(line.answered), words.number(line.asked)
    if line.wave.state is WaveState.CLOSED:
        return words.say(
            "About {answered} of {asked} people answered.", answered=answered, asked=asked
        )
    return words.say(
        "At least {answered} of {asked} people have answered.", answered=answered, asked=asked
    )


def answered_briefly(line: WaveLine, words: Words) -> str:
    """The same for a cell of a table."""
    if line.restored or (line.answered is None and line.wave.state is WaveState.CLOSED):
        return words.say("Not shown")
    if line.answered is None:
        return how_many_answered(line, words)
    answered, asked = words.number(line.answered), words.number(line.asked)
    if line.wave.state is WaveState.CLOSED:
        return words.say("About {answered} of {asked}", answered=answered, asked=asked)
    return words.say("At least {answered} of {asked}", answered=answered, asked=asked)


def least(results: WaveResults) -> int:
    """From how many answers on a group is shown: results keep the rules of their time."""
    return results.smallest_group if results.noisy else BEFORE


def reading(results: WaveResults, words: Words) -> list[str]:
    """How the figures are read, in a sentence or two each; once for everything that is shown."""
    say = words.say
    if results.answered is None:
        return []
    if not results.noisy:
        return [
            say(
                "These results follow the rules from when the survey ran: figures are exact, "
                "and small groups are left out."
            )
        ]
    return [
        say(
            "The ± says how far the true figure may be from the one shown, 95 times in 100. "
            "A dash: too few answers, or too uncertain, to show."
        ),
        say(
            "A small random number was added to each count once. So columns may not add up "
            "exactly. A question can show fewer answers than the survey."
        ),
    ]


def table_words(by: Sequence[Dimension], words: Words) -> str:
    """What a planned table splits by, for a heading: "By role and building"."""
    say = words.say
    if not by:
        return say("Everyone asked")
    return say("By {what}", what=say(" and ").join(_dimension(one, words) for one in by))


def dimension_words(by: Dimension, words: Words) -> str:
    """What a table splits by, as a label: "Building"."""
    return _upper(_dimension(by, words))


def _dimension(by: Dimension, words: Words) -> str:
    say = words.say
    parts = {
        Dimension.LEVEL: say("level"),
        Dimension.ROLE: say("role"),
        Dimension.BUILDING: say("building"),
    }
    return parts[by]


def score_words(enps: EnpsScore, words: Words) -> str:
    """A net promoter score under its own heading: "12 ± 4"."""
    return enps_words(enps, words).removeprefix("eNPS ")


def rate_words(group: GroupRate, words: Words) -> str:
    """A group's rate with its base, or that it is not shown."""
    if group.coded is None and group.share is None:
        return words.say("not shown")
    share = group.coded or words.percent(group.share or 0)
    return words.say("{share} of {n}", share=share, n=words.number(group.asked))


def rates_table(rates: Rates, words: Words, named: Labels) -> NumbersTable:
    return NumbersTable(
        headers=(words.say("Group"), words.say("Answered, of everyone asked")),
        rows=tuple((named.group(one.group), rate_words(one, words)) for one in rates.groups),
    )


def rates_told(rates: Rates, words: Words, named: Labels) -> str:
    """Every rate of the picture in a sentence."""
    rows = rates_table(rates, words, named).rows
    district = words.say("Everyone asked: {share}", share=words.percent(rates.beside_groups))
    return "; ".join([district, *(f"{group}: {told}" for group, told in rows)]) + "."


def make_up_table(make_up: MakeUp, words: Words, named: Labels) -> NumbersTable:
    """Who answered beside who was asked."""
    say = words.say
    rows = []
    for row in make_up.rows:
        shown = row.answered is not None and row.answered_share is not None
        rows.append(
            (
                named(row.value),
                words.number(row.asked),
                words.percent(row.asked_share),
                words.number(row.answered or 0) if shown else say("not shown"),
                words.percent(row.answered_share or 0) if shown else say("not shown"),
            )
        )
    return NumbersTable(
        headers=(
            say("Group"),
            say("Asked"),
            say("Share of those asked"),
            say("Answered"),
            say("Share of the answers"),
        ),
        rows=tuple(rows),
    )


def lacks(tables: Sequence[MakeUp]) -> bool:
    """Whether how many answered is not told of some group: then it stands below, as everywhere."""
    return any(row.answered is None for one in tables for row in one.rows)


def weighted_table(weighted: Weighted, words: Words) -> NumbersTable:
    """Shares as they are, and as if those who answered were made up as those who were asked."""
    say = words.say
    rows: list[tuple[str, ...]] = [
        (
            words.text(one.label),
            words.percent(one.unweighted),
            words.percent(one.weighted),
            words.number(round(one.effective)),
        )
        for one in weighted.shares
    ]
    if weighted.mean is not None and weighted.weighted_mean is not None:
        means = (words.number(round(mean, 2)) for mean in (weighted.mean, weighted.weighted_mean))
        rows.append((say("Mean"), *means, DASH))
    return NumbersTable(
        headers=(
            say("Answer given"),
            say("Unweighted"),
            say("Weighted"),
            say("Effective number of answers"),
        ),
        rows=tuple(rows),
    )


def figure_words(value: float, unit: Unit, words: Words) -> str:
    """A figure as its unit asks for. Every figure that is beside the tables goes through here,
    so that a share is never read as a mean."""
    return words.percent(value) if unit is Unit.SHARE else words.number(_read(value, unit))


def _read(value: float, unit: Unit) -> float:
    """The number that is read: shares and points of 100, means with their decimals."""
    match unit:
        case Unit.SHARE | Unit.POINTS:
            return round(100 * value)
        case Unit.MEAN:
            return round(value, 1)
        case Unit.SCORE:
            return round(value)
        case _:
            assert_never(unit)


def comparison_words(found: Comparison, words: Words, named: Labels) -> str:
    """One difference in a sentence, with both figures."""
    say, unit = words.say, found.test.unit
    lower, higher = (inside(one, words, named) for one in (found.lower, found.higher))
    lower = _upper(lower)
    low, high = (figure_words(one, unit, words) for one in (found.low, found.high))
    choice = words.text(found.label) if found.label is not None else ""
    match unit:
        case Unit.POINTS:
            return say(
                "{lower}: “{choice}” has {low} of 100 points, compared with {high} of {higher}.",
                lower=lower,
                higher=higher,
                choice=choice,
                low=low,
                high=high,
            )
        case Unit.SHARE if found.at_least is not None:
            return say(
                "{lower}: {low} answered {least} or higher, compared with {high} of {higher}.",
                lower=lower,
                higher=higher,
                least=words.number(found.at_least),
                low=low,
                high=high,
            )
        case Unit.SHARE:
            return say(
                "{lower}: {low} chose “{choice}”, compared with {high} of {higher}.",
                lower=lower,
                higher=higher,
                choice=choice,
                low=low,
                high=high,
            )
        case Unit.MEAN | Unit.SCORE:
            return say(
                "{lower} answer lower than {higher}: a mean of {low}, compared with {high}.",
                lower=lower,
                higher=higher,
                low=low,
                high=high,
            )
        case _:
            assert_never(unit)


def trend_name(trend: Trend, words: Words) -> str:
    """What a line is of: a choice, the mean with the scale that it is on, or the score."""
    if trend.label is not None:
        return words.text(trend.label)
    if trend.unit is Unit.SCORE:
        return "eNPS"
    if trend.lowest is None or trend.highest is None:
        return words.say("Mean")
    return words.say(
        "Mean, {low} to {high}", low=words.number(trend.lowest), high=words.number(trend.highest)
    )


def trend_value(value: float | None, trend: Trend, words: Words) -> str:
    """A point of a trend, in its unit."""
    return words.say("not shown") if value is None else figure_words(value, trend.unit, words)


def change_words(trend: Trend, words: Words) -> tuple[str, ...]:
    """What became of a figure since the wave before, and its interval; nothing where nothing can
    be said."""
    if trend.change is None or trend.low is None or trend.high is None:
        return ()
    mean = trend.unit is Unit.MEAN
    change, low, high = (
        _signed(words, round(value, 2) if mean else _read(value, trend.unit))
        for value in (trend.change, trend.low, trend.high)
    )
    told = (
        words.say("{change} since the last time", change=change)
        if mean
        else words.say("{change} points since the last time", change=change)
    )
    return told, words.say("95% interval {low} to {high}", low=low, high=high)


def change_briefly(trend: Trend, words: Words) -> str:
    """The same for a cell of a table; "" where nothing can be said."""
    if trend.change is None or trend.low is None or trend.high is None:
        return ""
    change, low, high = (
        _signed(words, round(value, 2) if trend.unit is Unit.MEAN else _read(value, trend.unit))
        for value in (trend.change, trend.low, trend.high)
    )
    return words.say("{change} ({low} to {high})", change=change, low=low, high=high)


def time_words(at: datetime, words: Words) -> str:
    """A wave's day with its year: waves lie years apart."""
    local = at.astimezone(ZoneInfo(words.timezone))
    return format_date(local.date(), "medium", locale=words.tag.replace("-", "_"))


def trend_told(trend: Trend, words: Words) -> str:
    """Every point of a line in words, with the breaks."""
    parts = []
    for point in trend.points:
        told = f"{time_words(point.as_of, words)}: {trend_value(point.value, trend, words)}"
        parts.append(" – ".join((told, *(break_words(why, words) for why in point.broken))))
    change = "; ".join(change_words(trend, words))
    return "; ".join(parts) + "." + (f" {change}." if change else "")


def trends_table(trends: Sequence[Trend], words: Words) -> NumbersTable:
    """The lines of a question: a row for each, a column for each wave."""
    points = max((trend.points for trend in trends), key=len)
    return NumbersTable(
        headers=("", *(time_words(point.as_of, words) for point in points), words.say("Change")),
        rows=tuple(
            (
                trend_name(trend, words),
                *(trend_value(point.value, trend, words) for point in trend.points),
                *(DASH for _ in points[len(trend.points) :]),
                "; ".join(change_words(trend, words)) or DASH,
            )
            for trend in trends
        ),
    )


def break_words(why: Break, words: Words) -> str:
    """Why a line is broken."""
    match why:
        case Break.WORDING:
            return words.say("the question’s words changed")
        case Break.POINTS:
            return words.say("the scale changed")
        case Break.CHOICES:
            return words.say("the choices changed")
        case Break.GOAL:
            return words.say("the goal changed")


def _signed(words: Words, value: float) -> str:
    return f"+{words.number(value)}" if value > 0 else words.number(value).replace("-", "−")


def _upper(name: str) -> str:
    return name[:1].upper() + name[1:]


_COMMON = frozenset({*Role, *Level}) - {Role.BOARD}
"""Groups whose names are no proper names."""


def inside(group: Group, words: Words, named: Labels) -> str:
    """A group's name inside a sentence."""
    if not group:
        return words.say("all other groups")
    return " · ".join(
        named(value).lower() if value in _COMMON else named(value) for _, value in group
    )
