"""A committee's week and the district's month, in Slack."""

from __future__ import annotations

from bot.charts import digest_words as say
from bot.slack.blocks import Block, Pen, bold, bullets, header, link, note, paragraph
from bot.slack.drawn import Drawn
from governance import links
from governance.digests import wording as digest_words
from governance.digests.messages import Digest, DigestLine, DigestMessage, MonthlyFigures


def told_in_sums(message: DigestMessage, pen: Pen) -> Drawn:
    title, lines = say.title(pen.words, message), say.lines(pen.words, message)
    blocks = [header(title), paragraph("\n".join(lines))]
    if picture := pen.pictures.get(say.PICTURE):
        blocks.append(picture)
    if message.themes:
        blocks.append(paragraph(bold(pen.say("Themes"))))
        blocks.append(bullets(say.theme_lines(pen.words, message.themes)))
    blocks += _lists(message, pen) if isinstance(message, Digest) else _came(message, pen)
    url = f"{pen.web_url}{say.page(message)}"
    blocks.append(paragraph(link(url, say.press(pen.words, message))))
    return Drawn(text=f"{title}. {' '.join(lines)}", blocks=blocks)


def _lists(digest: Digest, pen: Pen) -> list[Block]:
    blocks: list[Block] = []
    for heading, listed in say.parts(pen.words, digest):
        blocks.append(paragraph(bold(heading)))
        for line in listed:
            blocks += _line(line, pen)
    return blocks


def _line(line: DigestLine, pen: Pen) -> list[Block]:
    url = links.item(pen.web_url, line.item_id)
    opens = link(url, pen.say("Open it"))
    return [paragraph(f"{line.words} ", opens), note(digest_words.about(pen.words, line))]


def _came(figures: MonthlyFigures, pen: Pen) -> list[Block]:
    said = [say.came(pen.words, one) for one in figures.came]
    blocks = [paragraph(bold(pen.say("What changed because of it")))]
    return [*blocks, bullets(said) if said else paragraph(say.nothing_came(pen.words))]
