"""The page of an assessment, the page of a control, and the report that is printed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from markupsafe import Markup
from starlette.responses import Response
from starlette.routing import Route

from bot.charts.practice_charts import score_bar, score_bars, trend_chart, trend_table
from bot.conversation import Reader
from bot.web.details import drawn
from bot.web.doing import of, showing
from bot.web.endpoints import page
from bot.web.render_card import presses
from bot.web.settings import Site
from bot.web.visiting import Visit
from core.words import Words
from governance.controls import addresses
from governance.controls import figure_wording as say
from governance.controls.commands import ShowAssessment, ShowControl
from governance.controls.details import assessment_detail, target_presses
from governance.controls.figure_commands import ShowPracticesReport
from governance.controls.figures import Figure, answer_of, score, step_of
from governance.controls.model import Dimension, Named
from governance.controls.views import (
    AssessmentView,
    ControlView,
    FiguresPage,
    PracticesReport,
)

_ONE = f"{addresses.PRACTICES}/{{assessment}}"


def figure_routes(site: Site) -> list[Route]:
    """They come after routes with a word in the place of the id."""
    return [
        page(site, _ONE, get=showing(of(ShowAssessment), assessment)),
        page(site, f"{_ONE}/controls/{{control}}", get=showing(of(ShowControl), control)),
        page(site, f"{_ONE}/report", get=showing(of(ShowPracticesReport), report)),
    ]


async def _page(
    visit: Visit,
    template: str,
    title: str,
    view: FiguresPage,
    reader: Reader,
    *,
    trend: str,
    control: str = "",
    sets: bool = False,
    **more: Any,
) -> Response:
    """What the three pages share. ``trend``: the title of its chart. ``sets``: with the buttons
    that set a target."""
    words = visit.words(reader)
    buttons = target_presses(words, view, control) if sets else ()
    return await visit.page(
        template,
        title,
        reader,
        view=view,
        links=addresses,
        dimensions=tuple(Dimension),
        band=step_of,
        practices=say,
        answer_of=answer_of,
        score=score,
        trend=trend_chart(view, view.target(control), words, title=trend),
        trend_table=trend_table(view, words),
        target_ways=presses(buttons, reader, visit.csrf) if buttons else "",
        **more,
    )


# -- an assessment -------------------------------------------------------------------------------


async def assessment(visit: Visit, view: AssessmentView, reader: Reader) -> Response:
    words = visit.words(reader)
    return await _page(
        visit,
        "pages/assessment.html",
        words.say("Assessment: {name}", name=view.assessment.name),
        view,
        reader,
        trend=words.say("Overall score in each assessment"),
        about=drawn(visit, assessment_detail(words, view), reader),
        bars=partial(_bars, words=words),
        overall_bar=_overall(view, words),
    )


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
    name = f"{number} {words.text(one.name)}"
    dimensions = [
        (say.dimension(words, each), say.score(words, mean), mean)
        for each, mean in view.control.dimensions.items()
    ]
    return await _page(
        visit,
        "pages/practice_control.html",
        name,
        view,
        reader,
        trend=words.say("Score of {control} in each assessment", control=number),
        control=one.number,
        sets=view.sets,
        bar=score_bar(name, view.control.figure, view.target(one.number), words),
        dimension_bars=score_bars(words.say("The four dimensions"), dimensions, ident="dimensions"),
    )


async def report(visit: Visit, view: PracticesReport, reader: Reader) -> Response:
    words = visit.words(reader)
    by_control = [
        (one, [line for line in view.lines if line.safeguard in one.control.safeguards])
        for one in view.figures.controls
    ]
    return await _page(
        visit,
        "pages/practices_report.html",
        words.say("Security practices report"),
        view,
        reader,
        trend=words.say("Trend"),
        by_control=by_control,
    )
