"""What the command line asks about named lists."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.app.core import Core
from bot.files.addresses import decoded
from bot.operator.telling import Arguments, Told, by_operator
from governance.committees.model import GroupKind
from governance.lists.commands import DeleteList, ShowList, ShowLists, WriteList


async def list_import(core: Core, given: Arguments) -> Told:
    """``key``, ``path`` (a file with e-mail addresses), ``called``: its name."""
    text = decoded(await asyncio.to_thread(Path(given["path"]).read_bytes))
    if text is None:
        return Told(lines=("This file isn’t plain text. Save the list as plain text.",), ok=False)
    key, name = given["key"], given.get("called") or ""
    return await by_operator(core, WriteList(key=key, name=name, addresses=text))


async def list_follow(core: Core, given: Arguments) -> Told:
    """``key``, ``called``: its name, ``kind`` of the group, and its id as ``group``."""
    kind = GroupKind(given["kind"])
    named = {"key": given["key"], "name": given.get("called") or ""}
    return await by_operator(core, WriteList(**named, kind=kind, group=given["group"]))


async def list_show(core: Core, given: Arguments) -> Told:
    """``key``; without one, all of them."""
    key = given.get("key")
    return await by_operator(core, ShowList(key=key) if key else ShowLists())


async def list_delete(core: Core, given: Arguments) -> Told:
    """``key``."""
    return await by_operator(core, DeleteList(key=given["key"]))
