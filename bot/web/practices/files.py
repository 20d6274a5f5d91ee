"""An assessment as a file."""

from __future__ import annotations

from starlette.responses import Response

from bot.exports.practices import file_name, written
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from governance.controls.exported import AssessmentExport, ExportAssessment, FileForm


async def export(visit: Visit) -> Response:
    form = next((one for one in FileForm if one.value == visit.path("form")), None)
    if form is None:
        raise TroubleError(404)
    which = visit.subject("assessment")
    reply = await visit.ask(ExportAssessment(assessment_id=which, form=form))
    if not isinstance(reply.message, AssessmentExport):
        return await visit.anything(reply.message, reply.reader)
    body, media_type = written(reply.message, visit.words(reply.reader))
    return Response(
        body,
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{file_name(reply.message)}"'},
    )
