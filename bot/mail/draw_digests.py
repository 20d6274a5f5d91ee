"""A committee's week and the district's month as mails: sums and themes. Not what anybody said:
that is on the page."""

from __future__ import annotations

from bot.charts import digest_words
from bot.mail.drawn import Drawn
from core.words import Words
from governance.digests.messages import DigestMessage


def told_in_sums(message: DigestMessage, words: Words, web_url: str) -> Drawn:
    title = digest_words.title(words, message)
    lines = digest_words.lines(words, message)
    themes = digest_words.theme_lines(words, message.themes)
    listed = ((words.say("Themes"), "\n".join(f"- {one}" for one in themes)),) if themes else ()
    return Drawn(
        subject=title,
        heading=title,
        parts=(*(("", line) for line in lines), *listed),
        press=digest_words.press(words, message),
        url=f"{web_url}{digest_words.page(message)}",
    )
