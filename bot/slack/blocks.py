"""Slack's building blocks, each within its limits and with nothing in it read as markup.

Every text is a plain_text object or a rich_text element: neither knows mentions, links or styles
in its characters, so what a person typed shows as they typed it. mrkdwn is not used at all.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bot.conversation import Reader
from bot.visible import NOTHING, shown, visible
from core.text import Text
from core.words import Words

Block = dict[str, Any]
Element = dict[str, Any]

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
VIEW_BYTES = 240_000
"""Slack's limit is 250 KB; the rest is for the envelope."""
TEXT = 3000
HEADER = 150
BUTTON = 75
OPTION = 75
OPTIONS = 100
OVERFLOW = 5
"""Most options of an overflow menu; more of them are a list."""
BOXES = 10
"""Most options of radio buttons and of checkboxes."""
TITLE = 24
LABEL = 2000
TABLE = 9_000
"""Characters of all cells of a table; Slack's limit is 10,000."""
TABLE_ROWS = 100
TABLE_CELLS = 20
ALT = 2000
"""Characters of what is said of a picture to whoever does not see it."""
CHUNK = 2800
"""Characters of a long text in one block."""
MOST_CHUNKS = 4

_MENTION = re.compile(r"<(?=[!@#])")


@dataclass(frozen=True, kw_only=True)
class Pen:
    """With what something is drawn: the reader's words, the web's address and a fresh id.

    ``fresh`` makes block and action ids new at every drawing (Slack keeps what was typed under
    an old id) and is the id of an item that a form will create. ``pictures``: the charts that are
    there to be shown, by question; ``tables``: whether Slack takes a native table here;
    ``window``: whether it is for a modal, which no chat keeps.
    """

    words: Words
    web_url: str
    fresh: UUID
    pictures: Mapping[str, Block] = dataclasses.field(default_factory=dict)
    tables: bool = True
    window: bool = False

    @property
    def nonce(self) -> str:
        return self.fresh.hex[:8]

    def say(self, message: str, /, **values: object) -> str:
        return self.words.say(message, **values)

    def text(self, text: Text) -> str:
        return self.words.text(text)


def pen_for(reader: Reader, fresh: UUID) -> Pen:
    words = Words(locale=reader.locale, timezone=reader.timezone)
    return Pen(words=words, web_url=reader.web_url, fresh=fresh)


# -- text -------------------------------------------------------------------------------------


def cut(text: str, most: int) -> str:
    """At most ``most`` characters: longer text ends at a word and says so with an ellipsis."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    head, space, _ = kept.rpartition(" ")
    return (head if space and len(head) > most // 2 else kept).rstrip() + "…"


def inert(text: str) -> str:
    """What somebody wrote, without what cannot be shown and with mentions broken open.

    plain_text and rich_text do not read ``<!channel>``; the word joiner is there so that a
    client that does would not either.
    """
    return _MENTION.sub("<\u2060", shown(text))


def escaped(text: str) -> str:
    """For a message's top-level text, which Slack does read: nothing in it is markup."""
    safe = inert(text)
    return safe.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str, most: int = TEXT) -> Element:
    return {"type": "plain_text", "text": cut(inert(visible(text)).strip(), most), "emoji": False}


def run(text: str, *, bold: bool = False) -> Element:
    """A piece of a paragraph."""
    element: Element = {"type": "text", "text": inert(text)}
    return {**element, "style": {"bold": True}} if bold else element


def link(url: str, text: str) -> Element:
    return {"type": "link", "url": url, "text": inert(text)}


# -- blocks -----------------------------------------------------------------------------------


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, HEADER)}


def paragraph(*runs: Element | str) -> Block:
    """One paragraph within Slack's limit: where all of it is too long, its longest runs are cut."""
    return _rich(_section([run(r) if isinstance(r, str) else r for r in runs]))


def bold(text: str) -> Element:
    return run(text, bold=True)


def labelled(label: str, text: str) -> list[Block]:
    """A bold label and a text of any length below it."""
    first, *rest = chunks(text)
    return [paragraph(bold(label + "\n"), run(first)), *(paragraph(run(part)) for part in rest)]


def quote(text: str) -> list[Block]:
    """Somebody's own words, of any length."""
    return [_rich({"type": "rich_text_quote", "elements": [run(part)]}) for part in chunks(text)]


def bullets(lines: Sequence[Element | str]) -> Block:
    """Sentences, or links."""
    elements = [run(cut(line, CHUNK // 10)) if isinstance(line, str) else line for line in lines]
    return _rich(
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [_section([one]) for one in elements],
        }
    )


def note(*texts: str) -> Block:
    """Small print."""
    return {"type": "context", "elements": [plain(text, LABEL) for text in texts]}


def image(file_id: str, alt: str) -> Block:
    """A picture that was uploaded to Slack. ``alt`` says what is on it."""
    said = cut(inert(visible(alt)).strip(), ALT)
    return {"type": "image", "slack_file": {"id": file_id}, "alt_text": said}


def table(rows: list[list[str]], numbers: list[bool]) -> Block:
    """A native table, its first row the headings; ``numbers``: which columns stand to the right.
    In messages only, one of a message, shown below all else: at most 100 rows of 20 cells, none
    of them empty, and ``TABLE`` characters in all. Rows beyond those are left out."""
    made: list[list[Element]] = []
    left = TABLE
    for row in rows[:TABLE_ROWS]:
        cells = [inert(visible(cell)).strip() or NOTHING for cell in row[:TABLE_CELLS]]
        left -= sum(map(len, cells))
        if left < 0:
            break
        made.append([{"type": "raw_text", "text": cell} for cell in cells])
    sides = [{"align": "right" if number else "left", "is_wrapped": True} for number in numbers]
    return {"type": "table", "column_settings": sides[:TABLE_CELLS], "rows": made}


def _rich(element: Element) -> Block:
    return {"type": "rich_text", "elements": [element]}


def _section(runs: list[Element]) -> Element:
    """At most ``TEXT`` characters and never nothing, which Slack refuses."""
    full = [one for one in runs if one["text"]]
    if visible("".join(one["text"] for one in full)) == NOTHING:
        full = [run(NOTHING)]
    while (over := sum(len(one["text"]) for one in full) - TEXT) > 0:
        at, longest = max(enumerate(full), key=lambda place: len(place[1]["text"]))
        # No run loses more than what is over an equal share: a long title leaves room for a date.
        most = max(len(longest["text"]) - over, TEXT // len(full))
        full[at] = {**longest, "text": cut(longest["text"], most)}
    return {"type": "rich_text_section", "elements": full}


def chunks(text: str) -> list[str]:
    """A long text in pieces that fit a block each, cut between words."""
    left = inert(visible(text)).strip()
    parts: list[str] = []
    while len(left) > CHUNK and len(parts) < MOST_CHUNKS - 1:
        at = left.rfind(" ", CHUNK // 2, CHUNK)
        at = at if at > 0 else CHUNK
        parts.append(left[:at])
        left = left[at:].lstrip()
    return [*parts, cut(left, CHUNK)]


# -- what can be pressed or filled in ---------------------------------------------------------


def button(text: str, token: str, *, style: str = "", ask: Element | None = None) -> Element:
    """``style`` is ``primary`` or ``danger``; ``ask`` is a confirmation dialog."""
    element: Element = {"type": "button", "text": plain(text, BUTTON), "value": token}
    if style:
        element["style"] = style
    return {**element, "confirm": ask} if ask else element


def tap(text: str, token: str, key: str, choice: str) -> Element:
    """A button that hands in ``choice`` for the question ``key``. The choice is in its action id,
    see ``finish``: a token says what a press means, never what was answered."""
    return {**button(text, token), "action_id": f"tap||{key}|{choice}"}


def confirm(title: str, text: str, yes: str, no: str) -> Element:
    return {
        "title": plain(title, 100),
        "text": plain(text, 300),
        "confirm": plain(yes, 30),
        "deny": plain(no, 30),
    }


def more(options: list[Element], placeholder: str) -> Element:
    """What else can be done, behind one button: each option's value is a token."""
    if len(options) <= OVERFLOW:
        return {"type": "overflow", "options": options}
    return {"type": "static_select", "options": options, "placeholder": plain(placeholder, LABEL)}


def actions(*buttons: Element) -> Block:
    return {"type": "actions", "elements": list(buttons)}


def option(value: str, text: str) -> Element:
    return {"text": plain(text, OPTION), "value": value}


def field(
    key: str,
    label: str,
    element: Element,
    *,
    optional: bool = False,
    hint: str = "",
    rank: int = 0,
) -> Block:
    """An input. Its block id carries the field's key (and its rank), see ``finish``."""
    block: Block = {
        "type": "input",
        "block_id": f"in||{rank}|{key}",
        "label": plain(label, LABEL),
        "element": element,
        "optional": optional,
    }
    return {**block, "hint": plain(hint, LABEL)} if hint else block


def typing(text: str = "", *, multiline: bool = True, longest: int = TEXT) -> Element:
    element: Element = {
        "type": "plain_text_input",
        "multiline": multiline,
        "max_length": min(longest, TEXT),
    }
    return {**element, "initial_value": text[: min(longest, TEXT)]} if text else element


def finish(blocks: list[Block], nonce: str) -> list[Block]:
    """The blocks with ids that are unique in the message and new at every drawing."""
    finished: list[Block] = []
    for number, block in enumerate(blocks):
        done = dict(block)
        known = str(block.get("block_id", ""))
        done["block_id"] = (
            known.replace("in||", f"in|{nonce}|", 1) if known else f"b|{nonce}|{number}"
        )
        if block["type"] == "actions":
            done["elements"] = [
                {**element, "action_id": _action_id(element, nonce, f"{number}|{place}")}
                for place, element in enumerate(block["elements"])
            ]
        elif block["type"] == "input":
            done["element"] = {**block["element"], "action_id": f"in|{nonce}|{number}"}
        finished.append(done)
    return finished


def _action_id(element: Element, nonce: str, place: str) -> str:
    known = str(element.get("action_id", ""))
    return known.replace("tap||", f"tap|{nonce}|", 1) if known else f"do|{nonce}|{place}"
