"""Board reports and their forms, as every platform draws them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from core.text import Text, text
from governance.board_reports import forms
from governance.board_reports.commands import ChoosePeriod, CorrectReport
from governance.board_reports.messages import (
    Missing,
    ReportRow,
    ReportsView,
    ReportView,
    ReportWordsForm,
    StoriesForm,
)
from governance.board_reports.model import (
    LONGEST_HEADLINE,
    LONGEST_INTRO,
    LONGEST_NOTE,
    LONGEST_STORY,
    STORIES,
    BoardReport,
    ChangeLine,
    ComponentLine,
    DecisionLine,
    Figures,
    GoalLine,
    GoalStep,
    Heard,
    IndicatorLine,
    OpenItems,
    Priority,
    Ranking,
    ReportWords,
    RuleLine,
    Section,
    Source,
    Story,
    StoryKind,
    SurveyLine,
)
from governance.board_reports.periods import Period, Preset
from governance.changes.model import ChangeState
from governance.goals.model import LONGEST_REASON, StepKind
from governance.goals.progress import GoalState
from governance.messages import Message
from governance.redaction.put_back import Doubt, Found
from governance.rules.model import RuleStep
from surveys.questions import Unfit
from tests.bot.samples.forms import form

REPORT = UUID("9a1c5c1e-0000-4000-8000-000000000066")
REPORT_DRAFT = UUID("9a1c5c1e-0000-4000-8000-000000000067")
_AT = datetime(2026, 11, 29, 16, tzinfo=UTC)
_PERIOD = Period(first=date(2026, 8, 11), last=date(2026, 11, 28))
_COVERAGE = IndicatorLine(
    name=text("Rooms with full coverage", es="Salones con cobertura completa"),
    target=95,
    unit=text("%"),
    by=date(2027, 6, 30),
    value=91,
    on=date(2026, 11, 1),
    before=84,
)
_REPAIR = IndicatorLine(
    name=text("Median days to repair"),
    target=5,
    unit=text("days", es="días"),
    lower=True,
    value=7.5,
)


_TYPED = "The portables of three schools got new access points and spare switches before winter. "


def _long(characters: int) -> str:
    return (_TYPED * 9)[: characters - 1] + "."


def _full() -> ReportView:
    """A report of a plan like the example district's in which everything that somebody types is as
    long as it may be, and every list longer than paper has room for."""
    goal = GoalLine(
        title=text("A technology coach within reach of every building"), state=GoalState.OFF_TRACK
    )
    measured = replace(goal, indicators=(_COVERAGE,))
    step = GoalStep(
        goal=text("The same equipment in every classroom"),
        kind=StepKind.MERGED,
        on=date(2026, 10, 12),
        reason=_long(LONGEST_REASON),
        decided_by="Board of Education, resolution 2026-31",
        became=(goal.title,),
        measured=(_COVERAGE,),
        go_on=(goal.title,),
    )
    names = ("Connected classrooms", "Devices and instruction", "Systems for learning", "Learning")
    priority = Priority(place=1, tied=True, label=text("Better Wi-Fi in every room"))
    choices = (priority, priority, replace(priority, goals=(goal.title,)))
    ranking = Ranking(
        survey=text("Technology priorities for next year"),
        question=text("Which of these should the district do first?"),
        first=(*choices, replace(priority, place=2, tied=False)),
        choices=8,
    )
    decision = DecisionLine(
        title="Add access points to the portables of all elementary schools",
        committee="Network and Infrastructure",
        accepted=True,
        reason=_long(LONGEST_REASON),
        on=date(2026, 10, 2),
    )
    change = ChangeLine(
        title=text("A new way to sign in to the staff network"),
        day=date(2026, 9, 1),
        state=ChangeState.DONE,
    )
    rule = RuleLine(
        number="ITR 4",
        title=text("Passwords and signing in"),
        step=RuleStep.PUBLISHED,
        on=date(2026, 9, 20),
    )
    survey = SurveyLine(title=text("Weekly pulse"), times=9, asked=700, low=0.41, high=0.55)
    return ReportView(
        report_id=REPORT,
        period=_PERIOD,
        edition=1,
        correction="",
        words=ReportWords(
            headline=_long(LONGEST_HEADLINE),
            intro=_long(LONGEST_INTRO),
            notes={one.value: _long(LONGEST_NOTE) for one in Section},
            stories=tuple(
                Story(source=f"recommendation:{n}", words=_long(LONGEST_STORY))
                for n in range(STORIES)
            ),
        ),
        figures=Figures(
            district="Lincoln Valley Public Schools",
            vision=text("Technology makes learning better in every classroom, for everyone."),
            components=tuple(
                ComponentLine(
                    name=text(name),
                    goals=(measured,) * 3 + (goal,) * (at == 0),
                    steps=(step,) * 3 if at == 0 else (),
                )
                for at, name in enumerate(names)
            ),
            rankings=(ranking,) * 3,
            heard=Heard(received=214, answered=190, base=180, within=166),
            decisions=(decision,) * 8,
            changes=(change,) * 8,
            rules=(rule,) * 6,
            surveys=(survey,) * 7,
            still_open=OpenItems(open=24, overdue=5),
            further=(text("Every computer lab of the high schools was visited."),) * 5,
        ),
        as_of=_AT,
        draft=False,
    )


FULL_REPORT = _full()


def board_reports(hostile: str) -> Mapping[str, Message]:
    """``hostile`` is what nobody should have typed."""
    figures = Figures(
        district="Lincoln Valley Public Schools",
        vision=text("Technology makes learning better.", es="La tecnología mejora el aprendizaje."),
        components=(
            ComponentLine(
                name=text("Connected classrooms", es="Salones conectados"),
                goals=(
                    GoalLine(
                        title=text("Wi-Fi in every room"),
                        indicators=(_COVERAGE, _REPAIR),
                        state=GoalState.BEHIND,
                    ),
                    GoalLine(title=text(hostile)),
                ),
                steps=(
                    GoalStep(
                        goal=text("Wi-Fi in every room"),
                        kind=StepKind.ADAPTED,
                        on=date(2026, 10, 12),
                        reason=f"Staff asked for the portables.\n{hostile}",
                        decided_by="Board resolution 2026-31",
                    ),
                ),
            ),
            ComponentLine(name=text("Professional learning")),
        ),
        rankings=(
            Ranking(
                survey=text("Spring priorities"),
                question=text("What should come first?", es="¿Qué debería venir primero?"),
                first=(
                    Priority(
                        place=1, last=1, label=text("Wi-Fi in portables"), goals=(text("Wi-Fi"),)
                    ),
                    Priority(place=2, last=4, label=text(hostile), goals=()),
                    Priority(place=2, last=3, label=text("One sign-in")),
                ),
                choices=8,
                more=2,
            ),
        ),
        heard=Heard(received=214, answered=190, base=180, within=166),
        decisions=(
            DecisionLine(
                title="Add access points to the portables",
                committee="Network and Infrastructure",
                accepted=True,
                reason="The budget allows it this year.",
                on=date(2026, 10, 2),
                outcome="40 were added.",
            ),
            DecisionLine(
                title=hostile,
                committee="Devices",
                accepted=False,
                reason=f"There is no money for it.\n{hostile}",
                on=date(2026, 10, 3),
            ),
        ),
        changes=(
            ChangeLine(title=text("New gradebook"), day=date(2026, 9, 1), state=ChangeState.DONE),
        ),
        rules=(
            RuleLine(
                number="ITR 4",
                title=text("Passwords", es="Contraseñas"),
                step=RuleStep.PUBLISHED,
                on=date(2026, 9, 20),
            ),
        ),
        surveys=(
            SurveyLine(title=text("Weekly pulse"), times=9, asked=700, low=0.41, high=0.55),
            SurveyLine(
                title=text(hostile), times=1, asked=6900, low=0.6, high=0.6, first_rate=True
            ),
        ),
        still_open=OpenItems(open=24, overdue=5),
        further=(text("Every lab was visited.", es="Se visitaron todos los laboratorios."),),
    )
    words = ReportWords(
        headline=f"A year of Wi-Fi {hostile}",
        intro=f"What you said, and what we did.\n{hostile}",
        notes={"heard": hostile, "surveys": "Thank you."},
        stories=(
            Story(source="recommendation:1", words=f"Forty portables have Wi-Fi now. {hostile}"),
            Story(source="conclusions:2", words="The help desk opens at 6:30."),
        ),
    )
    issued = ReportView(
        report_id=REPORT,
        period=_PERIOD,
        edition=1,
        correction="",
        words=words,
        figures=figures,
        as_of=_AT,
        draft=False,
    )
    bare = Figures(district="Lincoln Valley Public Schools")
    draft = replace(
        issued,
        report_id=REPORT_DRAFT,
        words=ReportWords(),
        draft=True,
        writes=True,
        seen="0123456789abcdef",
        missing=((Missing.READINGS, 2), (Missing.ALIGNMENT, 1), (Missing.STORIES, 3)),
    )
    row = ReportRow(
        report_id=REPORT,
        period=_PERIOD,
        edition=1,
        issued_at=_AT,
        headline=f"A year of Wi-Fi {hostile}",
        language="en",
        public=True,
        replaced=True,
    )
    begun = replace(
        row, report_id=REPORT_DRAFT, issued_at=None, headline="", public=False, replaced=False
    )
    typed = {"headline": "A year of Wi-Fi", "intro": f"Call Dana {hostile}"}
    doubt = Doubt(found=(Found(key="0123456789ab", words="Dana", kind="name"),))
    source = Source(kind=StoryKind.RECOMMENDATION, key="1", title=Text(default=hostile))
    story = {"source_1": source.token, "story_1": f"Forty portables. {hostile}"}
    return {
        "board_reports": ReportsView(district="Lincoln", rows=(begun, row), writes=True),
        "board_reports_of_staff": ReportsView(district="Lincoln", rows=(row,), writes=False),
        "board_reports_none": ReportsView(district="Lincoln", rows=(), writes=False),
        "board_report": issued,
        "board_report_office": replace(issued, writes=True, public=True),
        "board_report_corrected": replace(
            issued, edition=2, correction=hostile, newer=REPORT_DRAFT, writes=True
        ),
        "board_report_draft": draft,
        "board_report_bare": replace(
            draft,
            figures=bare,
            missing=tuple(
                (one, 3 if one is Missing.STORIES else 0)
                for one in Missing
                if one is not Missing.ALIGNMENT
            ),
        ),
        "board_period_form": form(
            ChoosePeriod(report_id=REPORT_DRAFT),
            forms.period(None, {Preset.YEAR: _PERIOD, Preset.MONTH: _PERIOD}),
        ),
        "board_period_form_unfit": form(
            ChoosePeriod(
                report_id=REPORT_DRAFT,
                preset=Preset.OWN,
                first=_PERIOD.last,
                last=_PERIOD.first,
            ),
            forms.period(
                BoardReport(
                    id=REPORT_DRAFT, period=_PERIOD, written_at=datetime(2026, 11, 2, tzinfo=UTC)
                ),
                {},
            ),
            unfit={"last": Unfit(why="The last day is before the first one.")},
        ),
        "board_words_form": ReportWordsForm(report_id=REPORT_DRAFT, period=_PERIOD, words=typed),
        "board_words_form_doubt": ReportWordsForm(
            report_id=REPORT_DRAFT, period=_PERIOD, words=typed, doubt=doubt
        ),
        "board_stories_form": StoriesForm(
            report_id=REPORT_DRAFT,
            period=_PERIOD,
            sources=(source,),
            words=story,
            unfit={"story_2": Unfit(why="Tell it in a sentence or two.")},
        ),
        "board_stories_form_none": StoriesForm(report_id=REPORT_DRAFT, period=_PERIOD),
        "board_correction_form": form(
            CorrectReport(report_id=REPORT, correction=hostile),
            forms.correcting(REPORT, _PERIOD),
            doubt=doubt,
        ),
    }
