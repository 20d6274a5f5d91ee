"""The addresses of assessments and gaps."""

from __future__ import annotations

from starlette.routing import Route

from bot.web.doing import of, opening, showing
from bot.web.endpoints import page
from bot.web.practices import files
from bot.web.practices.figure_pages import figure_routes
from bot.web.practices.gaps import gap_routes
from bot.web.practices.owners import owner_routes
from bot.web.settings import Site
from governance.controls.addresses import PRACTICES
from governance.controls.answer_commands import AnswerSafeguard
from governance.controls.commands import ShowPractices, ShowSafeguard
from governance.controls.exported import ExportAssessment
from governance.controls.running_commands import (
    ReviewSafeguard,
    ShowControlReview,
    ShowRun,
    WriteAssessment,
)


def practice_routes(site: Site) -> list[Route]:
    one = f"{PRACTICES}/{{assessment}}"
    return [
        page(site, PRACTICES, get=showing(of(ShowPractices))),
        page(site, f"{PRACTICES}/begin/{{framework}}", get=showing(opening(WriteAssessment))),
        page(site, f"{one}/run", get=showing(of(ShowRun))),
        *owner_routes(site),
        page(site, f"{one}/safeguards/{{number}}", get=showing(of(ShowSafeguard))),
        page(site, f"{one}/safeguards/{{number}}/answer", get=showing(opening(AnswerSafeguard))),
        page(site, f"{one}/safeguards/{{number}}/review", get=showing(opening(ReviewSafeguard))),
        page(site, f"{one}/controls/{{control}}/review", get=showing(of(ShowControlReview))),
        *gap_routes(site),
        page(site, f"{one}/export/{{form}}", get=showing(of(ExportAssessment), files.export)),
        *figure_routes(site),  # last: its id would match the words of the others
    ]
