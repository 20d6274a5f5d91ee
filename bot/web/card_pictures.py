"""The one picture of a message that has results."""

from __future__ import annotations

from markupsafe import Markup

from bot.charts import chart, progress_bar
from bot.matrices import together
from bot.words import Words
from governance.messages import Progress
from surveys.results import WaveResults


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


def read_bar(message: Progress, words: Words) -> Markup:
    tally, ident = message.tally, f"read-{message.announcement.id.hex[:8]}"
    return progress_bar(tally.acknowledged, tally.people, words.say("read"), words, ident=ident)
