"""How often one person is asked, in district.yaml: ``none``, or surveys within days."""

from __future__ import annotations

import yaml

from bot.files.fields import Entry
from surveys.waves.limiting import AskingLimit

NONE = "none"
MOST_SURVEYS = 30
MOST_DAYS = 366


def read_asking_limit(district: Entry) -> AskingLimit | None:
    """What ``asking_limit:`` says; left out, the default. None: there is no limit."""
    node = district.value("asking_limit", required=False)
    if node is None:
        return AskingLimit()
    if isinstance(node, yaml.ScalarNode):
        if node.value.strip() != NONE:
            fix = f'Write "{NONE}", or "surveys:" and "days:" under it.'
            district.wrong("asking_limit", f'The limit "{node.value}" is not known.', fix)
        return None
    found = district.entry("asking_limit")
    if found is None:
        return AskingLimit()
    entry = found.called("the asking limit")
    entry.only("surveys", "days")
    default = AskingLimit()
    return AskingLimit(
        surveys=entry.whole("surveys", least=1, most=MOST_SURVEYS) or default.surveys,
        days=entry.whole("days", least=1, most=MOST_DAYS) or default.days,
    )


def dump_asking_limit(limit: AskingLimit | None) -> str | dict[str, int]:
    """A limit as ``read_asking_limit`` reads it."""
    return {"surveys": limit.surveys, "days": limit.days} if limit else NONE
