"""A committee's week and the district's month, as cards."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import assert_never

from bot.charts import digest_words as say
from bot.charts.count_charts import bars
from bot.conversation import Reader
from bot.teams.cards import Drawn, Element, card, heading, line, link, plain, short
from bot.teams.charting import image
from bot.teams.pictures import Named, PictureLinks
from core.words import Words
from governance.digests import wording as digest_words
from governance.digests.handlers import DIGEST
from governance.digests.messages import Digest, DigestMessage, MonthlyFigures
from governance.digests.monthly import FIGURES, subject_of

_LABEL = 60


def told_in_sums(
    words: Words, message: DigestMessage, reader: Reader, pictures: PictureLinks | None = None
) -> Drawn:
    """With its chart as a picture where a client draws none and pictures have addresses."""
    picture = _address(words, message, pictures) if pictures else ""
    title = say.title(words, message)
    body: list[Element] = [heading(title), *(line(one) for one in say.lines(words, message))]
    body += _chart(words, message, picture)
    body += [line(f"• {one}") for one in say.theme_lines(words, message.themes)]
    body += _lists(words, message, reader) if isinstance(message, Digest) else _came(words, message)
    actions = []
    if reader.web_url:
        actions.append(link(say.press(words, message), f"{reader.web_url}{say.page(message)}"))
    return card(body, actions, summary=title, locale=words.locale)


def _address(words: Words, message: DigestMessage, pictures: PictureLinks) -> str:
    match message:
        case Digest(digest_id=subject, at=at):
            kind = DIGEST
        case MonthlyFigures(month=month):
            kind, subject = FIGURES, subject_of(month)
            at = datetime.combine(month, time(), UTC)
        case _:
            assert_never(message)
    named = Named(wave=subject, sums=kind, locale=words.locale, timezone=words.timezone)
    return pictures.address(named, at)


def _chart(words: Words, message: DigestMessage, picture: str) -> list[Element]:
    counts = say.counts(words, message)
    data = [{"x": plain(short(label, _LABEL)), "y": count} for label, count in bars(counts)]
    if not picture or not any(one["y"] for one in data):
        return []
    return [
        {
            "type": "Chart.HorizontalBar",
            "title": plain(counts.title),
            "showTitle": True,
            "displayMode": "AbsoluteNoAxis",
            "color": "categoricalBlue",
            "data": data,
            "fallback": image(picture, f"{counts.title}. {counts.told(words)}"),
        }
    ]


def _lists(words: Words, digest: Digest, reader: Reader) -> list[Element]:
    body: list[Element] = []
    for told, listed in say.parts(words, digest):
        body.append(line(told, strong=True))
        for one in listed:
            body += [line(one.words), line(digest_words.about(words, one), quiet=True)]
    return body


def _came(words: Words, figures: MonthlyFigures) -> list[Element]:
    said = [f"• {say.came(words, one)}" for one in figures.came] or [say.nothing_came(words)]
    return [
        line(words.say("What changed because of it"), strong=True),
        *(line(one) for one in said),
    ]
