"""How a committee hears of items, in committees.yaml: ``briefs`` and ``digest``."""

from __future__ import annotations

from typing import Any

from bot.files.fields import Entry
from governance.digests.model import BriefChoice, Briefs, SchoolDay


def read_briefs(committee: Entry) -> BriefChoice:
    """``briefs: weekly`` with ``digest: {day: monday, hour: 7}``; left out, a post for each."""
    default = BriefChoice()
    briefs = committee.member("briefs", Briefs, default.briefs)
    found = committee.entry("digest")
    if found is None:
        return BriefChoice(briefs=briefs)
    digest = found.called(f"the digest of {committee.what}")
    digest.only("day", "hour")
    hour = digest.whole("hour", least=0, most=23, default=default.hour)
    return BriefChoice(
        briefs=briefs,
        day=digest.member("day", SchoolDay, default.day),
        hour=default.hour if hour is None else hour,
    )


def dump_briefs(choice: BriefChoice) -> dict[str, Any]:
    """As ``read_briefs`` reads it; nothing where it is the default."""
    if choice == BriefChoice():
        return {}
    digest = {"day": choice.day.value, "hour": choice.hour}
    return {"briefs": choice.briefs.value, "digest": digest}
