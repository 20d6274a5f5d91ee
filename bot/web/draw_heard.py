"""What was heard in a survey and what follows, as HTML."""

from __future__ import annotations

from markupsafe import Markup

from bot.charts import conclusion_words
from bot.charts.figures import number_words
from bot.charts.matrices import together
from bot.conversation import Reader
from bot.web.rendering import drawn_by
from bot.web.result_figures import Figure, drawn
from core.words import Words
from governance.conclusions.model import Conclusions


def draw_heard(message: Conclusions, reader: Reader, *, level: int) -> Markup:
    words = Words(reader.locale, reader.timezone)
    return drawn_by(
        "macros/figures.html",
        "heard",
        reader,
        message,
        conclusion_words.parts(words, message, in_words=False),
        _figures(message, words),
        conclusion_words.thanks(words, message),
        number_words,
        level,
    )


def _figures(message: Conclusions, words: Words) -> list[Figure]:
    """The figures that go along."""
    start, as_of = f"heard-{message.wave_id.hex[:8]}", message.as_of
    if as_of is None:
        return []
    told = enumerate(together(message.told))
    return [drawn(one, words, f"{start}-{place}", as_of) for place, one in told]
