"""An assessment as a file."""

from __future__ import annotations

from starlette.responses import Response

from bot.conversation import Reader
from bot.exports.practices import file_name, written
from bot.web.visiting import Visit
from governance.controls.exported import AssessmentExport


async def export(visit: Visit, made: AssessmentExport, reader: Reader) -> Response:
    body, media_type = written(made, visit.words(reader))
    return Response(
        body,
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{file_name(made)}"'},
    )
