"""What several drawings of Slack have: whom to turn to, and why a form does not fit."""

from __future__ import annotations

from collections.abc import Mapping

from bot.slack.blocks import Block, Pen, bold, bullets, paragraph
from surveys.questions import Unfit


def contacts(whom: Mapping[str, str], pen: Pen) -> list[Block]:
    lines = [f"{name}: {how}" for name, how in pen.words.contacts(whom)]
    return [bullets(lines)] if lines else []


def troubles(unfit: Mapping[str, Unfit], pen: Pen) -> list[Block]:
    """Why a form does not fit, above it: for where Slack cannot show it beside the input."""
    return [paragraph(bold(pen.words.unfit(why))) for why in unfit.values()]
