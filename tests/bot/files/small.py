"""A small district's files, right in every detail, to be made wrong one detail at a time."""

from __future__ import annotations

from pathlib import Path

OFFICES = (
    "cto",
    "iso",
    "triage-owner",
    "restricted-reader",
    "responder-safety",
    "responder-security",
    "responder-privacy",
    "operator",
    "announcement-approver",
)

DISTRICT = (
    """\
key: oak
name: Oak Valley Schools
timezone: America/Chicago
locale: en
accent: "#1d5fa8"
platform: web
student_email_domains: [students.example.org]
contacts:
  help-desk: 555-0100
  human-resources: 555-0101
  title-ix: 555-0102
  association: 555-0103
  security: 555-0104
  privacy: 555-0105
  safety: 555-0106
officers:
"""
    + "".join(
        f"  {office}:\n    person: ann.lee@example.org\n    deputies: [bo.kay@example.org]\n"
        for office in OFFICES
    )
    + """\
calendar:
  quiet: {from: "18:00", until: "07:00"}
  weekends: false
  summer: {first: "06-05", last: "08-10"}
  periods:
    - {name: Midterm exams, first: 2026-12-14, last: 2026-12-18}
  holidays:
    - {name: Labor Day, date: 2026-09-07}
    - name: Winter break
      first: 2026-12-21
      last: 2027-01-04
  contract_hours:
    office: {from: 07:30, until: 15:30}
"""
)

COMMITTEES = """\
committees:
  - key: network
    name: Network
    charter: Wi-Fi and wires.
    themes: [wifi, outage]
    chair: ann.lee@example.org
    deputy: bo.kay@example.org
    members: [cy.ray@example.org]
    cadence: monthly
    answer_days: 14
    channels:
      - platform: slack
        workspace: T1
        conversation: C1
  - key: class-high
    name: High Schools
    serves: high
    charter: What one building decides.
    chair: bo.kay@example.org
    deputy: ann.lee@example.org
    members: [cy.ray@example.org]
"""

PLAN = """\
components:
  - key: systems
    name: Systems for learning
    goals:
      - key: one-sign-in
        title: One sign-in
        indicators:
          - key: covered
            name: Tools behind it
            target: 90
          - key: resets
            name: Password resets
            target: 20
            lower_is_better: true
      - key: old-goal
        title: Over
        version: 2
        retired: true
        became: [one-sign-in]
        decided_by: the Board
        decided_on: 2026-05-12
steering: network
decided_by: the Board
"""

SURVEY = """\
key: priorities
title: {en: Priorities, es: Prioridades}
asked_by: Computing Services
purpose: To set next year's work.
minutes: 3
tables: [district, [level, role]]
pages:
  - title: Now
    questions:
      - key: wifi
        kind: scale
        prompt: How is the Wi-Fi?
        points: 5
        labels:
          1: Bad
          5: Good
      - key: device
        kind: single
        prompt: Which device?
        choices:
          - {key: laptop, label: Laptop}
          - {key: tablet, label: Tablet}
  - questions:
      - key: first
        kind: ranking
        prompt: What first?
        top: 2
        choices:
          - {key: sign-in, label: One sign-in, goal: one-sign-in}
          - {key: help, label: Help}
      - key: blockers
        kind: several
        prompt: What is in the way?
        at_most: 1
        choices:
          - {key: time, label: Time}
          - {key: money, label: Money}
      - key: hours
        kind: number
        prompt: Hours lost?
        minimum: 0
        maximum: 60
        unit: hours
      - key: more
        kind: text
        prompt: Anything else?
"""

ANNOUNCEMENT = """\
key: move
title: {en: We move, es: Nos mudamos}
what: The gradebook moves.
why: One place for grades.
when: Monday, January 4.
who: Teachers.
action: Look at your lists.
learn_url: https://schools.example.org/gradebook
audience:
  roles: [teacher]
  buildings: [oak-high]
  committees: [network]
  people: [cy.ray@example.org]
"""

MANIFEST = """\
propertyName,value
manifest.version,1.0
oneroster.version,1.2
file.orgs,bulk
file.users,bulk
file.roles,bulk
"""

ORGS = """\
sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId,metadata.level
o1,,,Oak High School,school,oak-high,o9,high
o2,,,Elm Elementary School,school,elm,o9,elementary
o9,,,Oak Valley,district,oak-valley,,
"""

USERS = """\
sourcedId,status,dateLastModified,enabledUser,username,givenName,familyName,email,preferredGivenName,metadata.locale
u1,,,true,ann,Ann,Lee,Ann.Lee@example.org,,
u2,,,true,bo,Boris,Kay,bo.kay@example.org,Bo,es
u3,,,true,cy,Cy,Ray,cy.ray@example.org,,
u4,,,true,stu,Stu,Dent,stu.dent@students.example.org,,
u5,,,true,mum,Mum,Dent,mum@example.com,,
u6,,,false,gone,Gone,Away,gone@example.org,,
"""

ROLES = """\
sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId
r1,,,u1,primary,districtAdministrator,,,o9
r2,,,u2,secondary,teacher,,,o2
r3,,,u2,primary,ext:office,,,o1
r4,,,u3,primary,teacher,,,o1
r5,,,u4,primary,student,,,o1
r6,,,u5,primary,guardian,,,o1
r7,,,u6,primary,teacher,,,o1
"""

FEEDBACK = '{"id": "1", "text": "The Wi-Fi is down.", "committees": ["network"]}\n'

FILES = {
    "district.yaml": DISTRICT,
    "committees.yaml": COMMITTEES,
    "plan.yaml": PLAN,
    "surveys/priorities.yaml": SURVEY,
    "announcements/move.yaml": ANNOUNCEMENT,
    "feedback/dev.jsonl": FEEDBACK,
    "roster/manifest.csv": MANIFEST,
    "roster/orgs.csv": ORGS,
    "roster/users.csv": USERS,
    "roster/roles.csv": ROLES,
}


def write(folder: Path, changed: dict[str, str | bytes] | None = None) -> Path:
    """The small district in a folder, with some files' contents changed."""
    for name, content in {**FILES, **(changed or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def replaced(name: str, old: str, new: str) -> tuple[str, int]:
    """A file with one passage replaced, and the line where the passage begins."""
    content = FILES[name]
    assert content.count(old) >= 1, f"{old!r} is not in {name}"
    return content.replace(old, new, 1), content[: content.index(old)].count("\n") + 1
