"""Board reports in words that chat, the page and the announcement share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_interval

from core.text import Text
from core.tiles import Tag
from core.words import Words, known_locale
from governance.board_reports.messages import Missing
from governance.board_reports.model import (
    ChangeLine,
    DecisionLine,
    Figures,
    GoalLine,
    GoalStep,
    Heard,
    IndicatorLine,
    OpenItems,
    Priority,
    Ranking,
    RuleLine,
    Section,
    SurveyLine,
)
from governance.board_reports.periods import Period, Preset
from governance.changes import wording as change_words
from governance.changes.model import ChangeState
from governance.goals import wording as goal_words
from governance.goals.model import Indicator, StepKind
from governance.goals.wording import day_of
from governance.rules.model import RuleStep
from surveys.results.placing import place_range

EXCERPT = 180
"""Characters of a reason on the page."""


def days(words: Words, period: Period) -> str:
    """ "November 2026", or "Aug 11 – Nov 28, 2026"."""
    first, last = period.first, period.last
    whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    if whole and (first.year, first.month) == (last.year, last.month):
        return format_date(first, words.say("MMMM y"), locale=known_locale(words.locale))
    said = format_interval(first, last, "yMMMd", locale=known_locale(words.locale))
    return said.replace("\u2009", " ")


def title(words: Words, period: Period, edition: int = 1) -> str:
    if edition > 1:
        n = words.number(edition)
        return words.say("Board report: {period}, edition {n}", period=days(words, period), n=n)
    return words.say("Board report: {period}", period=days(words, period))


def preset(words: Words, one: Preset) -> str:
    return {
        Preset.MONTH: words.say("Last month"),
        Preset.SEMESTER: words.say("This semester"),
        Preset.SEMESTER_BEFORE: words.say("The semester before"),
        Preset.YEAR: words.say("This school year"),
        Preset.YEAR_BEFORE: words.say("The school year before"),
        Preset.OWN: words.say("Other days"),
    }[one]


def section(words: Words, one: Section) -> str:
    return {
        Section.GOALS: words.say("Our goals"),
        Section.PRIORITIES: words.say("What staff put first"),
        Section.HEARD: words.say("What we heard"),
        Section.DECISIONS: words.say("What we decided"),
        Section.CHANGES: words.say("What changed"),
        Section.SURVEYS: words.say("Surveys"),
    }[one]


# -- sentences of figures ----------------------------------------------------------------------


def headline(words: Words, figures: Figures) -> str:
    """What stands on top where nobody wrote anything else."""
    heard, decisions = figures.heard, figures.decisions
    told = [_heard_headline(words, heard)] if heard.received is not None else []
    if decisions:
        told.append(decided(words, decisions))
    return " ".join(told) or words.say("What staff said about technology, and what we did.")


def _heard_headline(words: Words, heard: Heard) -> str:
    told = [words.count("Staff sent {n} message.", "Staff sent {n} messages.", heard.received or 0)]
    return " ".join((*told, *_in_time(words, heard)))


def _in_time(words: Words, one: Heard) -> list[str]:
    """Of those whose 30 days are over."""
    if not one.base:
        return []
    base = words.number(one.base)
    if one.within is not None:
        share = words.percent(one.within / one.base)
        if one.base == one.received:
            return [words.say("{share} were answered within 30 days.", share=share)]
        return [
            words.say(
                "Of the {n} sent more than 30 days ago, {share} were answered within 30 days.",
                n=base,
                share=share,
            )
        ]
    if one.few_left:
        return [
            words.say(
                "Of the {n} sent more than 30 days ago, nearly all were answered within 30 days.",
                n=base,
            )
        ]
    return []


def decided(words: Words, decisions: Sequence[DecisionLine]) -> str:
    accepted = sum(one.accepted for one in decisions)
    declined = len(decisions) - accepted
    if not declined:
        return words.count(
            "{n} recommendation was accepted.", "{n} recommendations were accepted.", accepted
        )
    return words.say(
        "Recommendations accepted: {accepted}. Declined: {declined}.",
        accepted=words.number(accepted),
        declined=words.number(declined),
    )


def heard(words: Words, one: Heard) -> list[str]:
    if one.received is None:
        return [words.say("Too few people wrote to show numbers.")]
    told = words.count("{n} message from staff.", "{n} messages from staff.", one.received)
    return [told, *answered(words, one)]


def answered(words: Words, one: Heard) -> list[str]:
    """How many have been, and how many in time."""
    told = []
    if one.answered is not None:
        told.append(words.say("{n} of them have been answered.", n=words.number(one.answered)))
    return [*told, *_in_time(words, one)]


def still_open(words: Words, one: OpenItems, on: date) -> list[str]:
    day = day_of(words, on)
    if one.open is None and one.before is not None:
        few = words.say("Too few messages were open on {day} to show how many.", day=day)
        return [few, _from_before(words, one.before)]
    if one.open is None:
        return [words.say("Fewer than five people were waiting for an answer on {day}.", day=day)]
    told = [
        words.count(
            "{n} message was open on {day}.", "{n} messages were open on {day}.", one.open, day=day
        )
    ]
    if one.overdue is not None:
        told.append(words.count("{n} was overdue.", "{n} were overdue.", one.overdue))
    if one.before is not None:
        told.append(_from_before(words, one.before))
    told.append(words.say("Not counted: messages that only a few named people may read."))
    return told


def _from_before(words: Words, before: date) -> str:
    """Which messages are counted, as on the CTO's Home."""
    return words.say(
        "Counted: messages from before {day}. A month counts from 5 people on.",
        day=day_of(words, before),
    )


def day_in(words: Words, at: datetime) -> date:
    return at.astimezone(ZoneInfo(words.timezone)).date()


def indicator(words: Words, one: IndicatorLine) -> str:
    """The value beside its target: "91% (was 84%). Target: 95% by June 30, 2027." """
    aim = target(words, one)
    if one.value is None:
        return f"{words.say('Not measured in this period.')} {aim}"
    value = reading(words, one, one.value)
    if one.before is None:
        return f"{value}. {aim}"
    was = words.say("was {value}", value=reading(words, one, one.before))
    return f"{value} ({was}). {aim}"


def reading(words: Words, one: IndicatorLine, value: float | None) -> str:
    """A reading with its unit; "" where there is none."""
    return "" if value is None else goal_words.value(words, _known(one), value)


def target(words: Words, one: IndicatorLine) -> str:
    return goal_words.target(words, _known(one))


def _known(one: IndicatorLine) -> Indicator:
    return Indicator(
        key="", name=one.name, target=one.target, unit=one.unit, by=one.by, lower=one.lower
    )


def state(words: Words, one: GoalLine) -> Tag | None:
    """How a goal stood on the period's last day; None where that is not known."""
    return goal_words.tag_of(words, one.state) if one.state else None


def step(words: Words, one: GoalStep) -> str:
    goal, became = words.text(one.goal), _all_of(words, one.became)
    return {
        StepKind.ADOPTED: words.say("Adopted: {goal}.", goal=goal),
        StepKind.ADAPTED: words.say("Reworded: {goal}.", goal=goal),
        StepKind.MERGED: words.say("Merged: {goal}, into {goals}.", goal=goal, goals=became)
        if became
        else words.say("Merged: {goal}.", goal=goal),
        StepKind.SPLIT: words.say("Split: {goal}, into {goals}.", goal=goal, goals=became)
        if became
        else words.say("Split: {goal}.", goal=goal),
        StepKind.RETIRED: words.say("Retired: {goal}.", goal=goal),
        StepKind.RESTORED: words.say("Restored: {goal}.", goal=goal),
    }[one.kind]


def _all_of(words: Words, titles: Sequence[Text]) -> str:
    """ "" of none."""
    names = [words.say("“{title}”", title=words.text(one)) for one in titles]
    return words.all_of(names) if names else ""


def measured(words: Words, one: GoalStep) -> list[str]:
    """How the indicators of a goal that is over stood last, and which goals keep them."""
    told = []
    for each in one.measured:
        known, last = _known(each), each.before if each.value is None else each.value
        if last is not None:
            stood = goal_words.value(words, known, last)
            name = words.text(each.name)
            told.append(words.say("{indicator} was {value}.", indicator=name, value=stood))
    if not one.measured:
        return told
    if one.go_on:
        goals = _all_of(words, one.go_on)
        return [*told, words.say("Its indicators are now part of {goals}.", goals=goals)]
    return [*told, words.say("Its indicators are no longer measured.")]


def unmeasured(words: Words) -> str:
    return goal_words.unmeasured(words)


def reason(words: Words, one: GoalStep) -> str:
    return goal_words.reason(words, one.reason)


def decided_by(words: Words, one: GoalStep) -> str:
    if one.decided_by:
        return words.say("{body}, {day}", body=one.decided_by, day=day_of(words, one.on))
    return day_of(words, one.on)


def place(words: Words, one: Priority) -> str:
    """ "1", or "2–4"; in reports of before "2 (tied)"."""
    n = place_range(one.place, one.last or one.place)
    return words.say("{n} (tied)", n=n) if one.tied else n


def ranked(words: Words, one: Ranking) -> str:
    """Of which survey it is."""
    said = words.count(
        "From “{survey}”, {n} choice.",
        "From “{survey}”, {n} choices.",
        one.choices,
        survey=words.text(one.survey),
    )
    if not one.first:
        return f"{words.say('There were too few answers to show what comes first.')} {said}"
    if not one.told:
        none = words.say("No priority stands out. The answers are too close to rank them.")
        return f"{none} {said}"
    return said


def answers(words: Words, one: Priority) -> str:
    """Which goals answer a priority."""
    if one.goals is None:
        return ""
    if not one.goals:
        return words.say("No goal covers this yet.")
    return words.say("Goal: {goal}", goal=words.all_of([words.text(goal) for goal in one.goals]))


def excerpt(said: str) -> str:
    return said if len(said) <= EXCERPT else said[:EXCERPT].rsplit(" ", 1)[0] + "…"


def decision(words: Words, one: DecisionLine) -> str:
    return words.say("Accepted") if one.accepted else words.say("Declined")


def change(words: Words, one: ChangeLine) -> str:
    state = change_words.state(words, one.state)
    if one.state is not ChangeState.DONE:
        return words.say("{state}, planned for {day}", state=state, day=day_of(words, one.day))
    return words.say("{state}, {day}", state=state, day=day_of(words, one.day))


def rule(words: Words, one: RuleLine) -> str:
    return {
        RuleStep.PUBLISHED: words.say("Published {day}", day=day_of(words, one.on)),
        RuleStep.SUPERSEDED: words.say("Replaced {day}", day=day_of(words, one.on)),
        RuleStep.RETIRED: words.say("Retired {day}", day=day_of(words, one.on)),
    }[one.step]


def response_rate(words: Words, one: SurveyLine) -> str:
    """The lowest and the highest of them where they differ."""
    low, high = words.percent(one.low), words.percent(one.high)
    return low if low == high else words.say("{low} to {high}", low=low, high=high)


def survey(words: Words, one: SurveyLine) -> str:
    share = response_rate(words, one)
    if one.times > 1:
        asked = words.count(
            "{n} person was asked the last time", "{n} people were asked the last time", one.asked
        )
        times = {"n": words.number(one.times), "share": share, "asked": asked}
        if one.first_rate:
            return words.say("{n} times, {share} completed it; {asked}", **times)
        return words.say("{n} times, {share} answered at least half of it; {asked}", **times)
    if one.first_rate:
        return words.count(
            "{share} of {n} person completed it",
            "{share} of {n} people completed it",
            one.asked,
            share=share,
        )
    return words.count(
        "{share} of {n} person answered at least half of it",
        "{share} of {n} people answered at least half of it",
        one.asked,
        share=share,
    )


def caveat(words: Words) -> str:
    return words.say(
        "Answering is voluntary. People who answered are not a random sample of all staff."
    )


def missing(words: Words, one: Missing, n: int) -> str:
    return {
        Missing.GOALS: words.say("The plan has no goals. Load the district’s plan file."),
        Missing.VISION: words.say("The plan has no vision. Add it to the plan file."),
        Missing.READINGS: words.count(
            "{n} indicator has no reading in this period.",
            "{n} indicators have no reading in this period.",
            n,
        )
        if n
        else words.say("No goal has an indicator."),
        Missing.SURVEYS: words.say("No survey with a response rate closed in this period."),
        Missing.ALIGNMENT: words.count(
            "{n} priority is not matched to a goal yet.",
            "{n} priorities are not matched to a goal yet.",
            n,
        ),
        Missing.HEARD: words.say("Too few people wrote to show numbers of messages."),
        Missing.STORIES: words.count("Choose {n} more story.", "Choose {n} more stories.", n),
    }[one]
