"""Released results as charts of Teams' own, with a picture where a client does not draw those."""

from __future__ import annotations

from bot.charts.count_charts import bars
from bot.teams.cards import Element, plain, run_safe, short
from core.charts import Counts
from core.words import Words
from governance.results.matrices import MatrixResult, Told
from governance.results.wording import answers_words, bar_length, in_order, told
from surveys.results.model import RankingResult, ShareResult

_LABEL = 60
_ALT = 900
_COLOUR = "categoricalBlue"


def chart(words: Words, result: Told, picture: str) -> Element | None:
    """The chart of a result; ``picture`` is the address of the same as a picture. None where
    nothing is drawn: numbers, comments, and what may not be shown.

    A share shown as "most" or "few" has no native bar, because people would read the length as a
    number. A ranking has none either, because bars would hide that places are ranges. Both show
    only the picture, which says no more than the words do."""
    if not isinstance(result, ShareResult | RankingResult | MatrixResult):
        return None
    shown = image(picture, f"{words.text(result.prompt)} {told(result, words)}")
    if not isinstance(result, ShareResult) or not (data := _bars(words, result)):
        return shown
    title = words.say("Percent of {answers}", answers=answers_words(result.n, words))
    return _horizontal(title, data, shown)


def count_bars(counts: Counts, words: Words, picture: str) -> Element | None:
    """Counts as bars; ``picture`` is the address of the same as a picture. None where there is no
    address or nothing to draw."""
    data = [{"x": plain(short(label, _LABEL)), "y": count} for label, count in bars(counts)]
    if not picture or not any(one["y"] for one in data):
        return None
    return _horizontal(counts.title, data, image(picture, counts.alt(words)))


def _horizontal(title: str, data: list[Element], fallback: Element) -> Element:
    return {
        "type": "Chart.HorizontalBar",
        "title": plain(title),
        "showTitle": True,
        # Each label above its bar and the number behind it. With an axis Teams puts ticks such as
        # 16.7 below, and long labels leave no room for bars; as parts of a whole it sums shares up.
        "displayMode": "AbsoluteNoAxis",
        "color": _COLOUR,
        "data": data,
        "fallback": fallback,
    }


def image(address: str, alt: str) -> Element:
    """A picture over the card's width; ``alt`` says what is on it."""
    return {
        "type": "Image",
        "url": address,
        "altText": run_safe(short(alt, _ALT)),
        "size": "Stretch",
    }


def _bars(words: Words, result: ShareResult) -> list[Element]:
    """Bars in the order of the page; none where one of them has no length of its own."""
    if any(one.share is None or one.coded is not None for one in result.shares):
        return []
    return [_bar(words.text(one.label), bar_length(one)) for one in in_order(result)]


def _bar(label: str, length: float) -> Element:
    return {"x": plain(short(" ".join(label.split()), _LABEL)), "y": round(length * 100)}
