"""An IT rule as a Markdown file: its fields in YAML between two lines "---", then its sections.

A translation is a file beside it that has only the text: ``itr-4.es.md`` is the Spanish of
``itr-4.md``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID, uuid4

from bot.files.audience_yaml import audience_data, read_audience
from bot.files.district import load_district
from bot.files.fields import SLUG, Entry
from bot.files.problems import Problem, in_order
from bot.files.resolving import resolve
from bot.files.writing import text_data, to_yaml
from bot.files.yaml_source import Source, parse_yaml, read_text
from governance.committees.model import District
from governance.rules.model import (
    LONGEST_NUMBER,
    LONGEST_TEXT,
    LONGEST_TITLE,
    LONGEST_WHY,
    Draft,
    Rule,
    RuleKind,
    Version,
    number_key,
)
from governance.rules.text import sections

FIELDS = (
    "kind",
    "number",
    "title",
    "owner",
    "committee",
    "audience",
    "serves",
    "language",
    "changed",
    "editorial",
    "read-first",
)
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_SAFEGUARD = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3})*")


@dataclass(frozen=True, kw_only=True)
class RuleFile:
    """A rule as its files say it. ``owner``: an e-mail address, which only a district knows as
    somebody. ``line``: where its number stands."""

    file: str
    line: int
    rule: Rule
    owner: str

    def owned_by(self, person: UUID) -> Rule:
        """The rule, once somebody knows who its owner is."""
        draft = self.rule.draft
        return replace(self.rule, draft=replace(draft, owner=person)) if draft else self.rule


def load_rules(
    paths: Iterable[Path],
    known: Mapping[str, Collection[str]] | None = None,
    *,
    locale: str = "en",
) -> list[RuleFile] | list[Problem]:
    """The rules in files and folders, or everything that is wrong in any of them. ``known``: what
    a district calls people, buildings, committees and goals, where they are to be looked up.
    ``locale``: the language of a file that names none."""
    locale = locale.partition("-")[0]
    problems: list[Problem] = []
    sources: list[Source] = []
    found: dict[str, RuleFile] = {}
    for path, file in _files(paths, problems):
        source = Source(file=file, locale=locale)
        sources.append(source)
        one = _read(path, source, sources)
        if one is None:
            continue
        first = found.setdefault(number_key(one.rule.number), one)
        if first is not one:
            message = f'"{one.rule.number}" is in {first.file} already.'
            source.at(one.line, message, "Give one of them another number.")
    resolve(sources, known or {})
    problems += [problem for source in sources for problem in source.problems]
    return in_order(problems) or list(found.values())


def check_rules(
    paths: Iterable[Path], folder: Path | None = None
) -> list[RuleFile] | list[Problem]:
    """The same without a database. ``folder``: of a district, whose names are looked up."""
    if folder is None:
        return load_rules(paths)
    loaded = load_district(folder)
    if isinstance(loaded, list):
        return loaded
    people = [one.email for one in loaded.roster.people] if loaded.roster else None
    return load_rules(paths, names_of(loaded.district, people), locale=loaded.district.locale)


def names_of(district: District, people: Iterable[str] | None) -> Mapping[str, Collection[str]]:
    """What a district calls what rules name. ``people`` None: nobody knows who is there."""
    goals = (one for component in district.components for one in component.goals)
    return {
        "building": {one.key for one in district.buildings},
        "committee": {one.key for one in district.committees},
        "goal": {one.key for one in goals if not one.retired},
        **({} if people is None else {"person": set(people)}),
    }


def _files(paths: Iterable[Path], problems: list[Problem]) -> Iterator[tuple[Path, str]]:
    """Each rule's own file with how it is named, not those of translations."""
    for path in paths:
        if not path.is_dir():
            stem, _, tag = path.stem.rpartition(".")
            if stem and _LANGUAGE.fullmatch(tag):
                message = "This is a translation."
                fix = f"Name {stem}.md instead: its translations are imported with it."
                problems.append(Problem(file=path.name, line=1, message=message, fix=fix))
                continue
            yield path, path.name
            continue
        there = sorted(path.glob("*.md"))
        own = [one for one in there if "." not in one.stem]
        if not own:
            message, fix = "There is no rule in this folder.", 'A rule\'s file ends in ".md".'
            problems.append(Problem(file=path.name, line=1, message=message, fix=fix))
        for one in there:
            stem = one.stem.partition(".")[0]
            if one in own:
                yield one, f"{path.name}/{one.name}"
            elif not (path / f"{stem}.md").exists():
                file, message = f"{path.name}/{one.name}", f"There is no {stem}.md next to it."
                problems.append(Problem(file=file, line=1, message=message, fix="Add it."))


def _read(path: Path, source: Source, sources: list[Source]) -> RuleFile | None:
    """``sources``: gets one for each translation."""
    text = read_text(path, source)
    if text is None:
        return None
    lines = text.splitlines(keepends=True)
    ends = [at for at, line in enumerate(lines) if line.rstrip() == "---"]
    if len(ends) < 2 or ends[0] != 0:
        fix = 'Start with a line "---", then "kind:", "number:" and the others, then "---" again.'
        source.at(1, "The fields of the rule are missing, or have no end.", fix)
        return None
    # An empty line in place of the first, so that each keeps its number.
    node = parse_yaml("\n" + "".join(lines[1 : ends[1]]), source)
    if node is None:
        return None
    entry = Entry.of(source, node, "the rule")
    entry.only(*FIELDS)
    language = _language(entry)
    body = "".join(lines[ends[1] + 1 :]).strip()
    begins = ends[1] + 2
    if not any(one.number for one in sections(body)):
        fix = 'Begin each with a line such as "## Purpose".'
        source.at(begins, "The text has no section.", fix)
    _short_enough(body, source, begins)
    texts = {language: body, **_translations(path, source, body, language, sources)}
    title, number = entry.text("title", longest=LONGEST_TITLE), _number(entry)
    rule = Rule(
        id=uuid4(),
        kind=entry.member("kind", RuleKind, RuleKind.REGULATION, required=True),
        number=number,
        title=title,
        committee=_committee(entry),
        serves=_serves(entry),
        language=language,
        draft=Draft(
            title=title,
            texts=texts,
            changed=entry.string("changed", longest=LONGEST_WHY, required=False),
            material=not entry.flag("editorial", default=False),
            read_first=entry.flag("read-first", default=False),
            audience=read_audience(entry),
        ),
    )
    at = entry.fields["number"][0] if "number" in entry.fields else node
    line = at.start_mark.line + 1
    return RuleFile(file=source.file, line=line, rule=rule, owner=entry.address("owner"))


def _language(entry: Entry) -> str:
    """First of all: the title is in it unless it says otherwise."""
    language = entry.string("language", required=False, default=entry.source.locale)
    if not _LANGUAGE.fullmatch(language):
        entry.wrong("language", f'"{language}" is not a language.', 'Use a tag such as "en".')
        return entry.source.locale
    entry.source.locale = language
    return language


def _number(entry: Entry) -> str:
    number = entry.string("number", longest=LONGEST_NUMBER)
    if number and not number_key(number):
        entry.wrong("number", f'"{number}" is not a number.', "Write it like ITR 4.")
    return number


def _committee(entry: Entry) -> str:
    committee = entry.string("committee")
    if committee:
        node = entry.fields["committee"][1]
        entry.source.mention("committee", committee, node, "committee of the rule")
    return committee


def _serves(entry: Entry) -> tuple[str, ...]:
    """Keys of goals, and numbers of safeguards."""
    found = entry.words("serves")
    for node, word in found:
        if _SAFEGUARD.fullmatch(word):
            continue
        if not SLUG.fullmatch(word):
            message = f'"{word}" is neither a goal nor a safeguard.'
            entry.source.problem(node, message, "Use a goal's key, or a number such as 5.2.")
            continue
        entry.source.mention("goal", word, node, "served by the rule")
    return tuple(word for _, word in found)


def _translations(
    path: Path, source: Source, body: str, language: str, sources: list[Source]
) -> dict[str, str]:
    """The texts beside it, by language."""
    said: dict[str, str] = {}
    for other in sorted(path.parent.glob(f"{path.stem}.*.md")):
        tag = other.stem.removeprefix(f"{path.stem}.")
        beside = Source(file=source.file.removesuffix(path.name) + other.name)
        sources.append(beside)
        if not _LANGUAGE.fullmatch(tag) or tag == language:
            message = f'"{tag}" is not another language than that of {path.name}.'
            beside.at(1, message, 'End its name in a tag such as ".es.md".')
            continue
        text = (read_text(other, beside) or "").strip()
        if beside.problems:
            continue
        said[tag] = text
        if text.startswith("---"):
            beside.at(1, "A translation has no fields.", f"They are in {path.name}: remove them.")
            continue
        _short_enough(text, beside, 1)
        there, needed = (sum(1 for one in sections(it) if one.number) for it in (text, body))
        if there != needed:
            message = f"The sections are {there}, and those of {path.name} are {needed}."
            beside.at(1, message, "Give it the same in the same order: links name them by number.")
    return said


def _short_enough(text: str, source: Source, line: int) -> None:
    if len(text) > LONGEST_TEXT:
        message = f"The text has {len(text):,} characters."
        source.at(line, message, f"Shorten it to {LONGEST_TEXT:,}.")


def dump_rule(rule: Rule, version: Version, owner: str) -> dict[str, str]:
    """The files of a version by their names. Read again they say the same, to the digest."""
    data = {
        "kind": rule.kind.value,
        "number": rule.number,
        "title": text_data(version.title, version.title.language),
        "owner": owner,
        "committee": rule.committee,
        "audience": audience_data(version.audience),
        "serves": list(rule.serves),
        "language": version.language,
        "changed": version.changed,
        "editorial": not version.material,
        "read-first": version.read_first,
    }
    fields = to_yaml({key: value for key, value in data.items() if value})
    stem = re.sub(r"[^a-z0-9]+", "-", rule.number.casefold()).strip("-")
    return {
        f"{stem}.md": f"---\n{fields}---\n\n{version.texts[version.language]}\n",
        **{
            f"{stem}.{tag}.md": f"{text}\n"
            for tag, text in version.texts.items()
            if tag != version.language
        },
    }
