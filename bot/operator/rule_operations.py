"""An operator's part in IT rules: bring in drafts from files, list them, write a version back."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from pathlib import Path
from uuid import UUID

from bot.app.core import Core
from bot.files.problems import Problem
from bot.files.rule_markdown import RuleFile, dump_rule, load_rules, names_of
from bot.operator.telling import Arguments, Told, problems_told
from core.people import Audience
from core.words import Words
from governance import wording
from governance.access import Source
from governance.rules import wording as rule_words
from governance.rules.commands import ImportRules
from governance.rules.model import Rule, number_key
from storage.transaction import Transaction
from surveys.messages import Rejected


async def rule_import(core: Core, given: Arguments) -> Told:
    """``paths``: files and folders of rules. All of them become drafts, or none."""
    people, known, locale = await core.store.read(_known)
    paths = [Path(one) for one in given["paths"]]
    loaded = await asyncio.to_thread(load_rules, paths, known, locale=locale)
    files = [one for one in loaded if isinstance(one, RuleFile)]
    if len(files) < len(loaded):
        return problems_told([one for one in loaded if isinstance(one, Problem)])
    before = await core.store.read(_by_number)
    command = ImportRules(rules=tuple(one.owned_by(people[one.owner]) for one in files))
    reply = await core.dispatch.by_itself(command, Source.OPERATOR)
    words = Words(reply.reader.locale, reply.reader.timezone)
    if isinstance(reply.message, Rejected):
        unfit = reply.message.unfit
        return problems_told(
            [
                Problem(
                    file=one.file,
                    line=one.line,
                    message=f"{one.rule.number} cannot be imported.",
                    fix=wording.unfit(words, unfit[one.rule.number]),
                )
                for one in files
                if one.rule.number in unfit
            ]
        )
    after = await core.store.read(_by_number)
    return Told(lines=tuple(_became(one.rule, before, after) for one in files))


def _became(rule: Rule, before: Mapping[str, Rule], after: Mapping[str, Rule]) -> str:
    key = number_key(rule.number)
    if key not in before:
        became = "a new draft"
    else:
        became = "unchanged" if before[key] == after[key] else "its draft is replaced"
    return f"{rule.number}: {became}."


def _by_number(tx: Transaction) -> Mapping[str, Rule]:
    return {number_key(one.number): one for one in tx.rules()}


def _known(tx: Transaction) -> tuple[Mapping[str, UUID], Mapping[str, Collection[str]], str]:
    """Everybody by e-mail address, what names there are, and the district's language."""
    district = tx.district()
    people = {one.email: one.id for one in tx.people_of(Audience())}
    return people, names_of(district, people), district.locale


async def rule_list(core: Core, _: Arguments) -> Told:
    """Each rule with its title, where it stands, since when it is in force, and its comments."""

    def read(tx: Transaction) -> list[str]:
        district = tx.district()
        words = Words(district.locale, district.timezone)
        return [_line(words, one, len(tx.rule_comments(one.id))) for one in tx.rules()]

    lines = await core.store.read(read)
    return Told(lines=tuple(lines) or ("There are no rules yet.",))


def _line(words: Words, rule: Rule, comments: int) -> str:
    said = [f"{rule.number}: {words.text(rule.title)}", rule_words.state(words, rule.state)]
    if rule.in_force and rule.effective:
        said.append(f"version {rule.in_force} in effect from {rule.effective.isoformat()}")
    if comments:
        said.append(f"{comments} comments")
    return "; ".join(said)


async def rule_export(core: Core, given: Arguments) -> Told:
    """``number``; ``version`` (0: the newest); ``path``: the folder to write its files into."""

    def read(tx: Transaction) -> dict[str, str] | str:
        rule = tx.rule_by_number(given["number"])
        if rule is None:
            return f"There is no rule {given['number']}. See: soundingboard rule list"
        version = tx.rule_version(rule.id, given.get("version") or rule.version)
        if version is None:
            return (
                f"{rule.number} has no version {given['version']}; the newest is {rule.version}."
                if rule.version
                else f"{rule.number} has no version yet: its draft was not proposed."
            )
        owner = tx.person(version.owner) if version.owner else None
        return dump_rule(rule, version, owner.email if owner else "")

    found, folder = await core.store.read(read), Path(given["path"])
    if isinstance(found, str):
        return Told(lines=(found,), ok=False)
    await asyncio.to_thread(_write, folder, found)
    return Told(lines=tuple(f"Wrote {folder / name}." for name in found))


def _write(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
