"""What the service noticed by itself, in Slack."""

from __future__ import annotations

from bot import watch_words as say
from bot.slack.blocks import Block, Pen, bold, link, paragraph
from bot.slack.drawn import Drawn
from governance.watch_messages import WatchMessage


def watched(message: WatchMessage, pen: Pen) -> Drawn:
    title, lines = say.title(pen.words, message), say.lines(pen.words, message)
    blocks: list[Block] = [paragraph(bold(title)), *(paragraph(line) for line in lines)]
    if page := say.page(message):
        blocks.append(paragraph(link(f"{pen.web_url}{page}", say.press(pen.words, message))))
    return Drawn(text=f"{title}. {' '.join(lines)}", blocks=blocks)
