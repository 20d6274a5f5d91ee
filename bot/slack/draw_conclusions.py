"""What was heard in a survey and what follows, in Slack."""

from __future__ import annotations

from bot.charts import conclusion_words
from bot.slack.blocks import Block, Pen, actions, bold, header, link, note, paragraph
from bot.slack.draw_said import all_mine
from bot.slack.drawn import Drawn
from governance import links
from governance.conclusions.model import Conclusions


def draw_conclusions(message: Conclusions, pen: Pen) -> Drawn:
    """What was heard in a survey and what follows."""
    title = conclusion_words.title(pen.words, message)
    blocks: list[Block] = [header(title)]
    for name, lines in conclusion_words.parts(pen.words, message):
        blocks.append(paragraph(bold(name)))
        blocks += [paragraph(f"• {line}" if len(lines) > 1 else line) for line in lines]
    blocks.append(note(conclusion_words.thanks(pen.words, message)))
    blocks.append(actions(all_mine(pen)))
    if pen.web_url:
        url = links.heard(pen.web_url, message.wave_id)
        blocks.append(paragraph(link(url, pen.say("Read it on the web"))))
    return Drawn(text=title, blocks=blocks)
