"""The plan, its goals and the form for a reading, as every platform draws them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from core.text import text
from governance.alignment.goal_facet import PlacedByStaff
from governance.changes.goal_facet import CountedChanges, Supporting, SupportingChanges
from governance.changes.model import ChangeState
from governance.forms.messages import again
from governance.goals import forms
from governance.goals.commands import EnterReading, WriteIndicator
from governance.goals.messages import (
    ComponentLine,
    GoalLine,
    GoalsView,
    GoalView,
    IndicatorLine,
    StepLine,
)
from governance.goals.model import Goal, Indicator, Reading, StepKind
from governance.goals.progress import progress_of
from governance.messages import Message
from governance.recommendations.goal_facet import Accepted, AcceptedAdvice
from governance.redaction.put_back import Doubt, Found
from governance.references.goal_facet import CountedMessages, LinkedMessages
from governance.references.model import Bound, BoundKind, BoundLine
from governance.rules.goal_facet import CountedRules, SupportingRules
from governance.rules.goal_facet import Supporting as SupportingRule
from governance.rules.model import RuleState
from surveys.questions import Unfit
from tests.bot.samples.forms import form

_AT = datetime(2026, 11, 3, 16, tzinfo=UTC)
_CHANGE = UUID("9a1c5c1e-0000-4000-8000-000000000018")
_RULE = UUID("9a1c5c1e-0000-4000-8000-000000000004")
_ADVICE = UUID("9a1c5c1e-0000-4000-8000-000000000061")


def plan(hostile: str) -> Mapping[str, Message]:
    """``hostile`` is what nobody should have typed."""
    outages = Indicator(
        key="outages",
        name=text("Outages that staff had to report", es="Cortes que reportó el personal"),
        target=2,
        unit=text("a month", es="al mes"),
        by=date(2027, 6, 30),
        lower=True,
    )
    coverage = Indicator(
        key="coverage",
        name=text("Rooms with coverage for a whole class"),
        target=98,
        unit=text("%"),
        by=date(2027, 6, 30),
    )
    goal = Goal(
        key="reliable-wifi",
        title=text("Wi-Fi that works in every room", es="Wi-Fi que funciona en cada salón"),
        description=text("Every classroom has coverage for a whole class at once."),
        why=text("A lesson that waits for the network is lost."),
        version=2,
        indicators=(coverage, outages),
        reason=hostile,
        decided_by="Board resolution 2026-31",
        decided_on=date(2026, 8, 10),
    )
    first = replace(
        goal,
        title=text("Wi-Fi in every classroom"),
        version=1,
        reason="",
        decided_by="",
        decided_on=None,
    )
    readings = tuple(
        Reading(goal=goal.key, indicator="coverage", on=day, value=value, note=hostile, at=_AT)
        for day, value in (
            (date(2025, 11, 14), 88.0),
            (date(2026, 2, 13), 91.5),
            (date(2026, 9, 11), 93.0),
            (date(2026, 11, 3), 94.2),
        )
    )
    measured = IndicatorLine(
        indicator=coverage,
        readings=readings,
        progress=progress_of(coverage, readings, date(2026, 11, 3)),
    )
    line = GoalLine(goal=goal, indicators=(measured, IndicatorLine(indicator=outages)))
    boards = Goal(
        key="boards",
        title=text("An interactive whiteboard in every classroom"),
        version=3,
        retired=True,
        reason="Display panels took their place.",
        decided_by="Board resolution 2023-44",
        decided_on=date(2023, 9, 12),
        became=("equal-classrooms",),
    )
    equal = Goal(
        key="equal-classrooms",
        title=text("The same equipment in every classroom"),
        description=text(hostile),
    )
    over = GoalLine(goal=boards, became=(("equal-classrooms", equal.title),))
    reworded = BoundLine(
        bound=Bound(kind=BoundKind.GOAL, key=goal.key, version=1),
        name="Wi-Fi",
        now=2,
        title=goal.title,
    )
    facets = (
        SupportingChanges(
            changes=(
                Supporting(
                    change_id=_CHANGE,
                    title=text("New access points in portables"),
                    state=ChangeState.DONE,
                    day=date(2026, 7, 20),
                    goal=reworded,
                ),
            )
        ),
        SupportingRules(
            rules=(
                SupportingRule(
                    rule_id=_RULE,
                    number="ITR 4",
                    title=text("Networks"),
                    state=RuleState.PUBLISHED,
                    goal=replace(reworded, now=None),
                ),
            )
        ),
        LinkedMessages(many=15),
        AcceptedAdvice(
            advice=(
                Accepted(
                    recommendation_id=_ADVICE,
                    title="Survey every portable before winter",
                    committee="Connected Classrooms",
                    decided_at=_AT,
                    goal=reworded,
                ),
            )
        ),
    )
    steps = (
        StepLine(kind=StepKind.ADAPTED, on=date(2026, 8, 10), goal=goal, before=first),
        StepLine(kind=StepKind.ADOPTED, on=date(2024, 7, 1), goal=first),
    )
    view = GoalView(
        line=line,
        component=text("Connected classrooms", es="Salones conectados"),
        facets=facets,
        steps=steps,
        breaks=(date(2026, 8, 10),),
    )
    enters = EnterReading(goal=goal.key, indicator="coverage")
    reading = forms.reading(goal.key, goal.title, goal.indicators, date(2026, 11, 3))
    writes = WriteIndicator(
        goal=goal.key,
        indicator="coverage",
        name={"": hostile, "es": hostile},
        unit={"": "%"},
        target=hostile,
        by=date(2027, 6, 30),
        lower=True,
    )
    adds = forms.indicator(goal.key, goal.title, "en", {})
    changes = forms.indicator(goal.key, goal.title, "en", {}, key="coverage", removable=True)
    seen = Found(key="0123456789ab", words="Naomi Whitehorse", kind="name")
    return {
        "plan": GoalsView(
            vision=text("Technology makes learning better.", es="La tecnología mejora."),
            steering="CLASS Steering Committee",
            decided_by="Board of Education",
            components=(
                ComponentLine(
                    name=text("Connected classrooms", es="Salones conectados"),
                    goals=(line, GoalLine(goal=equal)),
                    retired=(over,),
                ),
                ComponentLine(name=text("Professional learning")),
            ),
            linked={
                goal.key: (
                    PlacedByStaff(first=1, last=2),
                    CountedMessages(many=15),
                    CountedChanges(many=1),
                    CountedRules(many=2),
                )
            },
        ),
        "plan_empty": GoalsView(vision=None, steering="", decided_by=""),
        "goal": view,
        "goal_measured": replace(view, measures=True, facets=()),
        "goal_retired": GoalView(
            line=over,
            component=text("Connected classrooms"),
            steps=(StepLine(kind=StepKind.MERGED, on=date(2023, 9, 12), goal=boards),),
        ),
        "indicator_form": form(WriteIndicator(goal=goal.key), adds),
        "indicator_form_unfit": form(
            writes,
            changes,
            unfit={"target": Unfit(why="Enter a number, such as 92 or 4.5.")},
        ),
        "reading_form": form(enters, reading),
        "reading_form_unfit": again(
            replace(enters, value=hostile),
            reading,
            unfit={
                "value": Unfit(why="Enter a number, such as 92 or 4.5."),
                "on": Unfit(why="Choose a day."),
            },
        ),
        "reading_form_doubt": form(
            replace(enters, value="92", note="Counted by Naomi Whitehorse"),
            reading,
            doubt=Doubt(found=(seen,)),
        ),
    }
