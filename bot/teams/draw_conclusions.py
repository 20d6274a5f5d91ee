"""What was heard in a survey and what follows, as a card."""

from __future__ import annotations

from bot.charts import conclusion_words
from bot.conversation import Reader
from bot.teams.cards import Drawn, Element, card, heading, line, link
from bot.teams.draw_said import all_mine
from core.words import Words
from governance import links
from governance.conclusions.model import Conclusions


def draw_conclusions(words: Words, message: Conclusions, reader: Reader) -> Drawn:
    """What was heard in a survey and what follows."""
    title = conclusion_words.title(words, message)
    body: list[Element] = [heading(title)]
    for name, lines in conclusion_words.parts(words, message):
        body.append(heading(name))
        body += [line(f"• {said}" if len(lines) > 1 else said) for said in lines]
    body.append(line(conclusion_words.thanks(words, message), quiet=True))
    url = links.heard(reader.web_url, message.wave_id)
    actions = [all_mine(words)]
    if reader.web_url:
        actions.insert(0, link(words.say("Read it on the web"), url))
    return card(body, actions, summary=title, locale=words.locale)
