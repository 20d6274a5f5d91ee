"""Makes the example district's roster: 7,000 invented people in OneRoster 1.2 CSV.

    python examples/make_roster.py [FOLDER]

The same seed gives the same bytes on every machine. Names come from ``roster_making/``: nobody in
it exists, and every address is under example.org.
"""

from __future__ import annotations

import csv
import random
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml

HERE = Path(__file__).parent
SEED = 3550
STAFF = 7000
STAFF_DOMAIN, STUDENT_DOMAIN = "schools.example.org", "students.example.org"
DISTRICT_ORG = "org-district"

PER_SCHOOL = {
    "elementary": {"administrator": 2, "office": 3, "teacher": 38, "support": 27},
    "middle": {"administrator": 4, "office": 6, "teacher": 62, "support": 32},
    "high": {"administrator": 8, "office": 11, "teacher": 128, "support": 58},
}
PER_OFFICE = {
    "district-office": {"administrator": 70, "office": 140, "teacher": 70, "support": 110},
    "technology-center": {"administrator": 14, "office": 22, "teacher": 26, "support": 90},
}
"""The operations center takes whoever is left: drivers, custodians, cooks, and their office."""

USER_COLUMNS = (
    "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,"
    "identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,"
    "preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns,"
    "metadata.locale"
)
ROLE_COLUMNS = (
    "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,"
    "userProfileSourcedId"
)
ORG_COLUMNS = (
    "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId,metadata.level"
)

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Place:
    """A school or an office; ``key`` is its identifier."""

    key: str
    name: str
    level: str

    @property
    def org(self) -> str:
        return f"org-{self.key}"


@dataclass
class Draw:
    """Every choice of the script, from one seed and by arithmetic that no version changes."""

    numbers: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311

    def below(self, bound: int) -> int:
        return int(self.numbers.random() * bound)

    def one(self, things: Sequence[Thing]) -> Thing:
        return things[self.below(len(things))]

    def chance(self, percent: float) -> bool:
        return self.numbers.random() * 100 < percent


@dataclass
class Making:
    """The rows so far."""

    draw: Draw
    origins: list[dict[str, Any]]
    users: list[dict[str, str]] = field(default_factory=list)
    roles: list[dict[str, str]] = field(default_factory=list)
    addresses: dict[str, int] = field(default_factory=dict)

    def name(self) -> tuple[str, str, str]:
        """A given and a family name, mostly of one origin, and the language preferred."""
        origin = self.origin()
        given, family = self.draw.one(origin["given"]), self.draw.one(origin["family"])
        if self.draw.chance(12):
            family = self.draw.one(self.origin()["family"])
        return given, family, "es" if origin.get("es") and self.draw.chance(15) else ""

    def origin(self) -> dict[str, Any]:
        at = self.draw.below(100)
        for origin in self.origins:
            at -= origin["share"]
            if at < 0:
                return origin
        raise ValueError("the shares of names.yaml do not add up to 100")

    def user(
        self, name: tuple[str, str, str], place: Place, *, domain: str = STAFF_DOMAIN,
        enabled: bool = True,
    ) -> str:  # fmt: skip
        given, family, locale = name
        local = f"{plain(given)}.{plain(family)}"
        self.addresses[local] = self.addresses.get(local, 0) + 1
        local += str(self.addresses[local]) if self.addresses[local] > 1 else ""
        sourced_id = f"p-{len(self.users) + 1:05}"
        self.users.append(
            {
                "sourcedId": sourced_id,
                "enabledUser": str(enabled).lower(),
                "username": local,
                "givenName": given,
                "familyName": family,
                "email": f"{local}@{domain}",
                "primaryOrgSourcedId": place.org,
                "metadata.locale": locale,
            }
        )
        return sourced_id

    def role(self, user: str, role: str, place: Place, kind: str = "primary") -> None:
        self.roles.append(
            {
                "sourcedId": f"r-{len(self.roles) + 1:05}",
                "userSourcedId": user,
                "roleType": kind,
                "role": role,
                "orgSourcedId": place.org,
            }
        )


def plain(name: str) -> str:
    """The letters of a name as an address has them: "Dvořák" -> "dvorak"."""
    unaccented = unicodedata.normalize("NFKD", name.lower().replace("đ", "d"))
    return re.sub(r"[^a-z]", "", unaccented)


def places() -> list[Place]:
    schools = read("schools.yaml")
    endings = {
        "elementary": " Elementary School",
        "middle": " Middle School",
        "high": " High School",
    }
    made = []
    for level, names in schools.items():
        for name in names:
            key = f"{name} {level}" if level in endings else name
            slug = re.sub(r"[^a-z]+", "-", key.lower())
            slug = "operations-center" if slug.startswith("operations") else slug
            made.append(Place(slug, name + endings.get(level, ""), level))
    return made


def read(name: str) -> Any:
    return yaml.safe_load((HERE / "roster_making" / name).read_text(encoding="utf-8"))


def standard_role(draw: Draw, role: str, place: Place, first: bool) -> str:
    """A role of ours as the standard's, or as an extension where it has no word."""
    school = place.level != "district"
    if role == "administrator":
        return (
            ("principal" if first else "siteAdministrator") if school else "districtAdministrator"
        )
    if role == "support" and school:
        return "aide" if draw.chance(64) else draw.one(("counselor", "ext:support", "ext:support"))
    if role == "support" and place.key == "technology-center":
        return "systemAdministrator"
    return role if role == "teacher" else f"ext:{role}"


def openings(making: Making, all_places: Sequence[Place]) -> Iterator[tuple[str, Place]]:
    """Every post of the district, school by school; the last office takes the rest."""
    for place in all_places:
        plan = PER_SCHOOL.get(place.level) or PER_OFFICE.get(place.key, {})
        for role, usual in plan.items():
            spread = usual // 7
            for _ in range(usual - spread + making.draw.below(2 * spread + 1)):
                yield role, place
    while True:
        yield ("office" if making.draw.chance(6) else "support"), all_places[-1]


def hire(making: Making, all_places: Sequence[Place]) -> None:
    """The cast first, then everyone else by lot, until the district is staffed."""
    by_key = {place.key: place for place in all_places}
    led: set[str] = set()

    def take(name: tuple[str, str, str], role: str, place: Place) -> None:
        first = role == "administrator" and place.key not in led
        led.update({place.key} if first else ())
        user = making.user(name, place)
        making.role(user, standard_role(making.draw, role, place, first), place)

    for given, family, role, key in read("cast.yaml"):
        take((given, family, ""), role, by_key[key])
    posts = openings(making, all_places)
    while len(making.users) < STAFF:
        role, place = next(posts)
        take(making.name(), role, place)


def surround(making: Making, all_places: Sequence[Place]) -> None:
    """Second posts, and the rows an import must leave out: students, family, people who left."""
    schools = [place for place in all_places if place.level != "district"]
    teachers = [role for role in making.roles if role["role"] == "teacher"]
    for role in sorted({making.draw.below(len(teachers)) for _ in range(60)}):
        other = making.draw.one(schools)
        if other.org != teachers[role]["orgSourcedId"]:
            making.role(teachers[role]["userSourcedId"], "teacher", other, "secondary")
    for kind, domain, count in (("student", STUDENT_DOMAIN, 6), ("guardian", "example.com", 4)):
        for _ in range(count):
            place = making.draw.one(schools)
            making.role(making.user(making.name(), place, domain=domain), kind, place)
    for _ in range(12):
        place = making.draw.one(schools)
        making.role(making.user(making.name(), place, enabled=False), "teacher", place)


def orgs(all_places: Iterable[Place]) -> list[dict[str, str]]:
    rows = [{"sourcedId": DISTRICT_ORG, "name": "Bluestem Public Schools", "type": "district",
             "identifier": "bluestem", "metadata.level": "district"}]  # fmt: skip
    for place in all_places:
        kind = "department" if place.level == "district" else "school"
        rows.append({"sourcedId": place.org, "name": place.name, "type": kind,
                     "identifier": place.key, "parentSourcedId": DISTRICT_ORG,
                     "metadata.level": place.level})  # fmt: skip
    return rows


def manifest() -> list[dict[str, str]]:
    files = (
        "academicSessions categories classes classResources courses courseResources demographics"
    )
    files += " enrollments lineItemLearningObjectiveIds lineItems lineItemScoreScales orgs"
    files += " resources resultLearningObjectiveIds results resultScoreScales roles scoreScales"
    files += " userProfiles userResources users"
    said = {"manifest.version": "1.0", "oneroster.version": "1.2"}
    for name in files.split():
        said[f"file.{name}"] = "bulk" if name in ("orgs", "roles", "users") else "absent"
    said["source.systemName"] = "Invented for Sounding Board's example district"
    return [{"propertyName": name, "value": value} for name, value in said.items()]


def write(path: Path, columns: str, rows: Iterable[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns.split(","), restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def make(folder: Path) -> None:
    """Writes the four files of the roster into a folder."""
    making = Making(Draw(), read("names.yaml"))
    all_places = places()
    hire(making, all_places)
    surround(making, all_places)
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "manifest.csv", "propertyName,value", manifest())
    write(folder / "orgs.csv", ORG_COLUMNS, orgs(all_places))
    write(folder / "users.csv", USER_COLUMNS, making.users)
    write(folder / "roles.csv", ROLE_COLUMNS, making.roles)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "district" / "roster")
