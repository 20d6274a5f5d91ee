"""The pieces of an Adaptive Card 1.5, and how a person's words stay words in it.

Three kinds of places show text, and each needs its own care:
- a *run* (RichTextBlock) is never read as markdown and never makes links or mentions. All body
  text goes there. What is left to defuse is the date macro ``{{DATE(…)}}``;
- a *heading* (TextBlock), a choice's title and a button's title may be read as markdown by some
  clients, and a backslash would be shown by the others. ``plain`` therefore breaks up what could
  become markup with zero-width spaces and replaces asterisks and the like with look-alikes;
- a mention needs an entity at the card's root. We never write one, so ``<at>`` is four letters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.registry import encode
from bot.visible import visible
from core.commands import Command
from governance.filling import SEEN

Element = dict[str, Any]
"""One piece of a card, as JSON."""

VERSION = "1.5"
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"
LARGEST = 27 * 1024
"""Most bytes of a card: Teams refuses messages of about 28 KB, envelope included."""

ACTION = "action"
"""The key in an action's data that holds the button's token."""

TIMEZONE = "timezone"
"""The key in an action's data that names the zone in which a typed time is meant."""

FIELD = "field."
RANK = "rank."
"""Prefixes of input ids: ``field.<key>``, and ``rank.<place>.<key>`` for a ranking."""

MANY = "many."
"""Prefix of the ids of inputs that take several choices: Teams joins those with commas."""

_GAP = "\u200b"
_LOOKS_LIKE = str.maketrans({"*": "∗", "`": "ˋ", "~": "∼", "_": "ˍ", "\\": "＼"})
_STARTS_BLOCK = re.compile(r"^(\s*)(?=[-+#>=|]|\d{1,9}[.)])", re.MULTILINE)
_MACRO = re.compile(r"\{(?=\{)")
_LINES_SHOWN = 60


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A card, and the same in one plain sentence for notifications and screen readers."""

    card: Element
    summary: str


def run_safe(text: str) -> str:
    """Words for a run: only the date macro has to be broken up; where there is nothing to see
    stands a dash, because Teams refuses an empty text."""
    return _MACRO.sub("{" + _GAP, visible(text))


def plain(text: str) -> str:
    """Words for a heading or a title, where some clients read markdown: none of it survives."""
    text = run_safe(text).translate(_LOOKS_LIKE)
    text = text.replace("](", f"]{_GAP}(").replace("][", f"]{_GAP}[").replace("]:", f"]{_GAP}:")
    text = text.replace("://", f":{_GAP}//").replace("<", f"<{_GAP}").replace("&", f"&{_GAP}")
    text = re.sub(r"(?i)\bwww\.", f"www{_GAP}.", text)
    text = text.replace("@", f"@{_GAP}")
    return _STARTS_BLOCK.sub(rf"\1{_GAP}", text)


def short(text: str, longest: int) -> str:
    """A text cut at a length in characters, with an ellipsis where something is gone."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


# -- text --------------------------------------------------------------------------------------


def heading(text: str) -> Element:
    return {
        "type": "TextBlock",
        "text": plain(text),
        "style": "heading",
        "size": "Medium",
        "weight": "Bolder",
        "wrap": True,
    }


def line(
    text: str, *, strong: bool = False, quiet: bool = False, alarm: bool = False, gap: str = ""
) -> Element:
    """One paragraph. ``quiet`` is small print; ``alarm`` is for what needs a person now."""
    inline: Element = {"type": "TextRun", "text": run_safe(text)}
    if strong:
        inline["weight"] = "Bolder"
    if quiet:
        inline |= {"isSubtle": True, "size": "Small"}
    if alarm:
        inline["color"] = "Attention"
    block: Element = {"type": "RichTextBlock", "inlines": [inline]}
    return block | {"spacing": gap} if gap else block


def misfit(why: str) -> Element:
    """Why an input does not fit: close above it, and well away from what comes before."""
    return line(why, alarm=True, gap="Large")


def labelled(label: str, text: str) -> Element:
    """ "Why" in bold, and what was written, in one paragraph."""
    return {
        "type": "RichTextBlock",
        "inlines": [
            {"type": "TextRun", "text": f"{run_safe(label)} ", "weight": "Bolder"},
            {"type": "TextRun", "text": run_safe(text)},
        ],
    }


def paragraphs(text: str) -> list[Element]:
    """What somebody typed, line by line (a run has no line breaks of its own)."""
    lines = [part.strip() for part in text.splitlines() if part.strip()]
    if len(lines) > _LINES_SHOWN:
        lines = [*lines[: _LINES_SHOWN - 1], " ".join(lines[_LINES_SHOWN - 1 :])]
    return [line(part, gap="Small") for part in lines]


def quoted(text: str) -> Element:
    """Somebody's words, set apart."""
    return {"type": "Container", "style": "emphasis", "items": paragraphs(text) or [line("…")]}


# -- actions -----------------------------------------------------------------------------------


def execute(
    title: str,
    command: Command,
    *,
    primary: bool = False,
    inputs: bool = False,
    timezone: str | None = None,
    seen: str = "",
) -> Element:
    """A button. ``inputs``: it hands in the form (and is held back while something required is
    missing), with what was shown (``seen``); else it leaves the form alone. Old clients get the
    same button as a submit."""
    token = encode(command)
    data = {ACTION: token} | ({TIMEZONE: timezone} if timezone else {})
    data |= {f"{FIELD}{SEEN}": seen} if seen else {}
    shared: Element = {
        "title": plain(title),
        "data": data,
        "associatedInputs": "auto" if inputs else "none",
    }
    if primary:
        shared["style"] = "positive"
    return {
        "type": "Action.Execute",
        "verb": token.partition("|")[0],
        **shared,
        "fallback": {"type": "Action.Submit", **shared},
    }


def link(title: str, url: str) -> Element:
    """A button that opens a page. Only http(s): anything else is not a page."""
    if not url.startswith(("https://", "http://")):
        raise ValueError(f"not a page: {url!r}")
    return {"type": "Action.OpenUrl", "title": plain(title), "url": url}


# -- inputs ------------------------------------------------------------------------------------


def choice_set(
    id: str,  # noqa: A002  (the card's own word)
    label: str,
    choices: Iterable[tuple[str, str]],
    *,
    value: str = "",
    required: bool = False,
    several: bool = False,
    expanded: bool = True,
    error: str,
    placeholder: str = "",
) -> Element:
    """Choices are (value, title). ``error`` is said by the client when a required one is empty.
    A ``value`` that is no choice any more (somebody took it away meanwhile) is not chosen."""
    listed = list(choices)
    there = {key for key, _ in listed}
    chosen = [one for one in (value.split(",") if several else [value]) if one in there]
    made: Element = {
        "type": "Input.ChoiceSet",
        "id": id,
        "label": run_safe(label),
        "style": "expanded" if expanded else "compact",
        "isMultiSelect": several,
        "isRequired": required,
        "errorMessage": plain(error),
        "wrap": True,
        "choices": [{"title": plain(title), "value": key} for key, title in listed],
    }
    if chosen:
        made["value"] = ",".join(chosen)
    return made | {"placeholder": placeholder} if placeholder and not expanded else made


def text_input(
    id: str,  # noqa: A002
    label: str,
    *,
    value: str = "",
    required: bool = False,
    longest: int = 2000,
    multiline: bool = True,
    error: str,
    style: str = "",
) -> Element:
    made: Element = {
        "type": "Input.Text",
        "id": id,
        "label": run_safe(label),
        "isMultiline": multiline,
        "maxLength": longest,
        "isRequired": required,
        "errorMessage": plain(error),
    }
    if value:
        made["value"] = value
    return made | {"style": style} if style else made


def number_input(
    id: str,  # noqa: A002
    label: str,
    *,
    value: float | None = None,
    required: bool = False,
    error: str,
) -> Element:
    """It has no bounds of its own. Teams' client would put the nearest bound in place of a number
    beyond it and say nothing; without them we hear the number, and say why it does not fit."""
    made: Element = {
        "type": "Input.Number",
        "id": id,
        "label": run_safe(label),
        "isRequired": required,
        "errorMessage": plain(error),
    }
    return made if value is None else made | {"value": value}


def date_input(
    id: str,  # noqa: A002
    label: str,
    *,
    value: str = "",
    required: bool = False,
    error: str,
) -> Element:
    """A day; ``value`` is ISO 8601. Without bounds, for the reason that a number has none."""
    made: Element = {
        "type": "Input.Date",
        "id": id,
        "label": run_safe(label),
        "isRequired": required,
        "errorMessage": plain(error),
    }
    return made | {"value": value} if value else made


def time_input(
    id: str,  # noqa: A002
    label: str,
    *,
    value: str = "",
    required: bool = False,
    error: str,
) -> Element:
    """A time of day; ``value`` is HH:MM."""
    made: Element = {
        "type": "Input.Time",
        "id": id,
        "label": run_safe(label),
        "isRequired": required,
        "errorMessage": plain(error),
    }
    return made | {"value": value} if value else made


def size(activity: object) -> int:
    """How many bytes it takes on the way to Teams."""
    return len(json.dumps(activity, ensure_ascii=False, separators=(",", ":")).encode())


# -- the whole ---------------------------------------------------------------------------------


def card(
    body: Sequence[Element], actions: Sequence[Element] = (), *, summary: str, locale: str = "en"
) -> Drawn:
    """A card with its summary, which is also what is spoken and what old clients show."""
    said = short(" ".join(summary.split()), 300)
    made: Element = {
        "type": "AdaptiveCard",
        "$schema": SCHEMA,
        "version": VERSION,
        "lang": locale.partition("-")[0],
        "fallbackText": plain(said),
        "speak": run_safe(said).replace("<", " ").replace("&", " "),
        "body": list(body),
    }
    if actions:
        made["actions"] = list(actions)
    return Drawn(card=made, summary=said)
