"""The one picture of a message that has results."""

from __future__ import annotations

from markupsafe import Markup

from bot.charts.matrices import together
from bot.charts.results import chart
from core.words import Words
from surveys.results.model import WaveResults


def first_picture(results: WaveResults, words: Words) -> Markup | None:
    """The one picture of a results card: the district's first question that can be drawn."""
    for table in results.tables:
        if table.plan.by:
            continue
        for cell in table.cells:
            for result in together(cell.questions):
                picture = chart(result, words, ident=f"card-{results.wave_id.hex[:8]}")
                if picture:
                    return picture
    return None
