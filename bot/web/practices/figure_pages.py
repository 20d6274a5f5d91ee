"""The page of an assessment, the page of a control, and the report that is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup
from starlette.responses import Response
from starlette.routing import Route

from bot.charts.practice_charts import score_bar, score_bars, trend_chart, trend_table
from bot.conversation import Reader
from bot.web.details import drawn, title_of
from bot.web.doing import of, showing
from bot.web.endpoints import page
from bot.web.reports import reported
from bot.web.settings import Site
from bot.web.visiting import Visit
from core.cards import Page
from core.reports import Block, Cell, Chart, Table
from core.words import Words
from governance.controls import addresses
from governance.controls import figure_wording as say
from governance.controls.commands import ShowAssessment, ShowControl
from governance.controls.details import DIMENSIONS, assessment_detail, control_detail
from governance.controls.figure_commands import ShowPracticesReport
from governance.controls.figure_sections import FUNCTIONS, GROUPS, OVERALL
from governance.controls.figures import Figure
from governance.controls.model import Named
from governance.controls.report import TREND, practices_report
from governance.controls.views import AssessmentView, ControlView, FiguresPage, PracticesReport

_ONE = f"{addresses.PRACTICES}/{{assessment}}"


def figure_routes(site: Site) -> list[Route]:
    """They come after routes with a word in the place of the id."""
    return [
        page(site, _ONE, get=showing(of(ShowAssessment), assessment)),
        page(site, f"{_ONE}/controls/{{control}}", get=showing(of(ShowControl), control)),
        page(site, f"{_ONE}/report", get=showing(of(ShowPracticesReport), report)),
    ]


# -- an assessment -------------------------------------------------------------------------------


async def assessment(visit: Visit, view: AssessmentView, reader: Reader) -> Response:
    words = visit.words(reader)
    return await visit.of_kind(
        "detail",
        words.say("Assessment: {name}", name=view.assessment.name),
        reader,
        up=Page(path=addresses.PRACTICES, label=words.say("Security practices")),
        view=drawn(visit, assessment_detail(words, view, _trend(words, view)), reader),
        pictures=_pictures(words, view),
    )


def _pictures(words: Words, view: AssessmentView) -> Mapping[str, Markup | None]:
    found = view.figures
    if found is None:
        return {}
    groups, functions = words.say("By implementation group"), words.say("By security function")
    title = words.say("Overall score in each assessment")
    return {
        OVERALL: _overall(view, words),
        GROUPS: _bars(groups, found.groups, GROUPS, words),
        FUNCTIONS: _bars(functions, found.functions, FUNCTIONS, words),
        TREND: trend_chart(view, view.target(), words, title=title),
    }


def _bars(title: str, rows: Sequence[tuple[Named, Figure]], ident: str, words: Words) -> Markup:
    told = [
        (words.text(named.name), say.figure(words, figure), figure.mean) for named, figure in rows
    ]
    return score_bars(title, told, ident=ident)


def _overall(view: AssessmentView, words: Words) -> Markup | None:
    if view.figures is None:
        return None
    return score_bar(words.say("Overall score"), view.figures.overall, view.target(), words)


# -- a control, and the report -------------------------------------------------------------------


async def control(visit: Visit, view: ControlView, reader: Reader) -> Response:
    words, one = visit.words(reader), view.control.control
    number = say.numbered(view.framework, one.number)
    title = words.say("Score of {control} in each assessment", control=number)
    dimensions = [
        (say.dimension(words, each), say.score(words, mean), mean)
        for each, mean in view.control.dimensions.items()
    ]
    detail = control_detail(words, view, _trend(words, view))
    return await visit.of_kind(
        "detail",
        title_of(detail),
        reader,
        up=_up(view),
        view=drawn(visit, detail, reader),
        pictures={
            DIMENSIONS: score_bars(words.say("The four dimensions"), dimensions, ident=DIMENSIONS),
            TREND: trend_chart(view, view.target(one.number), words, title=title),
        },
    )


async def report(visit: Visit, view: PracticesReport, reader: Reader) -> Response:
    words = visit.words(reader)
    chart = trend_chart(view, view.target(), words, title=words.say("Trend"))
    return await reported(
        visit,
        reader,
        practices_report(words, view, _trend(words, view, folded=False)),
        up=_up(view),
        pictures={TREND: chart},
    )


def _up(view: FiguresPage) -> Page:
    return Page(label=view.assessment.name, path=addresses.assessment(view.assessment.id))


def _trend(words: Words, view: FiguresPage, *, folded: bool = True) -> tuple[Block, ...]:
    """The scores of several assessments, as a chart and as a table."""
    if len(view.trend) < 2:
        return ()
    found, label = trend_table(view, words), words.say("The numbers in a table")
    return (
        Chart(key=TREND),
        Table(
            name=words.say("Trend"),
            heads=found.headers,
            rows=tuple(tuple(Cell(text=cell) for cell in row) for row in found.rows),
            folded=label if folded else "",
        ),
    )
