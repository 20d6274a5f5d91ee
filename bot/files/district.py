"""A district's folder as a whole: everything read, every name resolved, or every problem."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from bot.files.announcement_yaml import AnnouncementDraft, read_announcement
from bot.files.district_yaml import read_district, read_locale
from bot.files.examples import check_examples
from bot.files.fields import Entry, open_entry
from bot.files.governance_yaml import read_buildings, read_committees, read_plan
from bot.files.oneroster import read_roster
from bot.files.people_yaml import read_people
from bot.files.problems import Problem, did_you_mean, in_order
from bot.files.resolving import resolve
from bot.files.roster import Roster
from bot.files.survey_yaml import read_survey
from bot.files.yaml_source import Source
from core.people import Building
from core.text import Text
from governance.committees.model import District
from governance.goals.model import Plan
from governance.people.rosters import RosterRules
from surveys.survey import Survey

FILES = (
    "district.yaml",
    "buildings.yaml",
    "committees.yaml",
    "plan.yaml",
    "people.yaml",
    "personas.yaml",
)
PAGES = ("privacy", "terms")
_LARGEST_PAGE = 100_000
FOLDERS = ("surveys", "announcements", "feedback", "roster")
_SUFFIXES = frozenset({".csv", ".jsonl", ".md", ".yaml", ".yml"})

Read = TypeVar("Read")
Keyed = TypeVar("Keyed", Survey, AnnouncementDraft)


@dataclass(frozen=True, kw_only=True)
class Persona:
    """Somebody of the roster whom a visitor of the demo may be."""

    email: str
    about: str


@dataclass(frozen=True, kw_only=True)
class LoadedDistrict:
    """Surveys and announcements are in the order of their keys. Equality is about what an
    export writes: the roster, the examples and the personas are files of their own."""

    district: District
    surveys: tuple[Survey, ...] = ()
    announcements: tuple[AnnouncementDraft, ...] = ()
    personas: tuple[Persona, ...] = field(default=(), compare=False)
    examples: tuple[Path, ...] = field(default=(), compare=False)
    roster_path: Path | None = field(default=None, compare=False)
    roster: Roster | None = field(default=None, compare=False)


def check_district(path: Path) -> list[Problem]:
    """Everything that is wrong in a district's folder; empty when it can be loaded."""
    loaded = load_district(path)
    return loaded if isinstance(loaded, list) else []


def load_district(path: Path) -> LoadedDistrict | list[Problem]:
    """A district's folder, or everything that is wrong in it, file by file."""
    if not path.is_dir():
        message = f'There is no folder "{path.name}".'
        fix = "Name the folder that holds district.yaml."
        return [Problem(file=path.name, line=1, message=message, fix=fix)]
    if misnamed := in_order(_folders_called_as_files(path)):
        return misnamed
    folder = _Folder(path)
    loaded = folder.read()
    return in_order(folder.problems()) or loaded


def _folders_called_as_files(path: Path) -> Iterator[Problem]:
    """A folder that is called as a file is would be opened as one."""
    for one in path.rglob("*"):
        inside = one.relative_to(path)
        hidden = any(part.startswith(".") for part in inside.parts)
        if not hidden and one.suffix in _SUFFIXES and one.is_dir():
            message, fix = "This is a folder, and not a file.", "Rename or remove it."
            yield Problem(file=inside.as_posix(), line=1, message=message, fix=fix)


class _Folder:
    """One reading of a folder; the sources of its files gather problems and mentions."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.locale = "en"
        self.sources: list[Source] = []
        self.found: list[Problem] = []

    def problems(self) -> list[Problem]:
        return self.found + [problem for source in self.sources for problem in source.problems]

    def read(self) -> LoadedDistrict:
        district = self.one("district.yaml", "the district", self.district)
        committees = self.one("committees.yaml", "the file", read_committees) or ()
        plan = self.one("plan.yaml", "the plan", read_plan) or Plan()
        buildings = self.one("buildings.yaml", "the file", read_buildings, required=False) or ()
        rules = self.one("people.yaml", "the file", read_people, required=False)
        personas = self.one("personas.yaml", "the file", _personas, required=False) or ()
        surveys = self.many("surveys", "the survey", read_survey)
        announcements = self.many("announcements", "the announcement", read_announcement)
        roster = self.roster(district, buildings)
        buildings = buildings or (roster.buildings if roster else ())
        district = replace(
            district or District(key="", name="", timezone=""),
            buildings=buildings,
            components=plan.components,
            plan=plan.settings,
            committees=committees,
            roster=rules or RosterRules(),
            pages=self.pages(),
        )
        examples = self.examples([committee.key for committee in committees])
        self.strays()
        self.resolve(district, roster)
        return LoadedDistrict(
            district=district,
            surveys=surveys,
            announcements=announcements,
            personas=personas,
            examples=examples,
            roster_path=self.path / "roster" if roster else None,
            roster=roster,
        )

    def district(self, entry: Entry) -> District:
        self.locale = entry.source.locale = read_locale(entry)
        return read_district(entry)

    def pages(self) -> dict[str, Text]:
        """``privacy.md`` in the district's language, ``privacy.es.md`` in Spanish."""
        found: dict[str, Text] = {}
        for key in PAGES:
            said: dict[str, str] = {}
            for path in sorted(self.path.glob(f"{key}*.md")):
                name, _, tag = path.stem.partition(".")
                content = path.read_bytes()
                try:
                    text = content[: _LARGEST_PAGE + 1].decode("utf-8").strip()
                except UnicodeDecodeError:
                    text = ""
                if name != key or not text or len(content) > _LARGEST_PAGE:
                    message = f"This is not a text of at most {_LARGEST_PAGE:,} bytes in UTF-8."
                    self.found.append(
                        Problem(file=path.name, line=1, message=message, fix="Correct the file.")
                    )
                else:
                    said[tag or self.locale] = text
            if said and self.locale not in said:
                message = f'The file "{key}.md" is missing.'
                fix = "Add it in the district's language."
                self.found.append(Problem(file=f"{key}.md", line=1, message=message, fix=fix))
            elif said:
                own = said.pop(self.locale)
                found[key] = Text(default=own, translations=said, language=self.locale)
        return found

    def one(
        self, name: str, what: str, read: Callable[[Entry], Read], *, required: bool = True
    ) -> Read | None:
        source = Source(file=name, locale=self.locale)
        self.sources.append(source)
        if (self.path / name).exists():
            entry = open_entry(self.path / name, source, what)
            return read(entry) if entry else None
        if required:
            there = [file.name for file in self.path.iterdir()]
            meant = did_you_mean(name, there)
            fix = f'Rename "{meant}".' if meant else "Add it to the folder."
            source.at(1, f'The file "{name}" is missing.', fix)
        return None

    def many(self, folder: str, what: str, read: Callable[[Entry], Keyed]) -> tuple[Keyed, ...]:
        """Every .yaml file of a folder, in the order of the keys inside."""
        found: dict[str, tuple[str, Keyed]] = {}
        for path in sorted((self.path / folder).glob("*.yaml")):
            file = f"{folder}/{path.name}"
            source = Source(file=file, locale=self.locale)
            self.sources.append(source)
            entry = open_entry(path, source, what)
            if entry is None:
                continue
            item = read(entry)
            if item.key in found:
                message = f'The key "{item.key}" is in {found[item.key][0]} already.'
                entry.wrong("key", message, "Give one of them another key.")
            found.setdefault(item.key, (file, item))
        return tuple(found[key][1] for key in sorted(found))

    def roster(self, district: District | None, buildings: Sequence[Building]) -> Roster | None:
        folder = self.path / "roster"
        if not folder.is_dir():
            if not buildings:
                message = "Neither buildings.yaml nor a roster says where people work."
                fix = "Add buildings.yaml, or a folder roster with OneRoster files."
                self.found.append(Problem(file="roster", line=1, message=message, fix=fix))
            return None
        timezone = district.timezone if district and district.timezone else "America/Chicago"
        roster = read_roster(
            folder, locale=self.locale, timezone=timezone, buildings=buildings, folder="roster"
        )
        if isinstance(roster, list):
            self.found += roster
            return None
        return roster

    def examples(self, committees: Collection[str]) -> tuple[Path, ...]:
        paths = sorted((self.path / "feedback").glob("*.jsonl"))
        for path in paths:
            self.found += check_examples(path, f"feedback/{path.name}", committees)
        return tuple(paths)

    def strays(self) -> None:
        """Files that nobody reads are most often names with a typing error."""
        for path in sorted(self.path.rglob("*.y*ml")):
            file = path.relative_to(self.path).as_posix()
            folder, _, name = file.rpartition("/")
            read = name in FILES if not folder else folder in FOLDERS[:2] and name.endswith(".yaml")
            if not read:
                fix = "Rename it, or move it out of the folder."
                meant = did_you_mean(name, FILES) if not folder else None
                fix = f'Did you mean "{meant}"?' if meant else fix
                message = "Nothing reads this file."
                self.found.append(Problem(file=file, line=1, message=message, fix=fix))

    def resolve(self, district: District, roster: Roster | None) -> None:
        """A name counts as unknown only where what defines it could be read."""
        known: dict[str, Collection[str]] = {}
        if roster:
            known["person"] = {person.email for person in roster.people}
        if district.buildings:
            known["building"] = {building.key for building in district.buildings}
        if district.committees:
            known["committee"] = {committee.key for committee in district.committees}
        if district.components:
            goals = (goal for component in district.components for goal in component.goals)
            known["goal"] = {goal.key for goal in goals if not goal.retired}
        resolve(self.sources, known)


def _personas(entry: Entry) -> tuple[Persona, ...]:
    entry.only("personas")
    personas = []
    for persona in entry.entries("personas", "persona", required=True):
        persona.only("email", "about")
        about = persona.string("about", longest=200)
        personas.append(Persona(email=persona.address("email"), about=about))
    return tuple(personas)
