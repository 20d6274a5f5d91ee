"""What governance stores as JSON: a change's words, a district, a reading. Exact round trips."""

from __future__ import annotations

from governance.announcements.model import Change
from governance.committees.model import District
from governance.feedback.model import Reading
from governance.goals.model import Goal
from governance.lessons.model import Question
from surveys.encoding import decode, encode


def change_to_json(change: Change) -> str:
    return encode(Change, change)


def change_from_json(data: str) -> Change:
    change: Change = decode(Change, data)
    return change


def question_to_json(question: Question) -> str:
    return encode(Question, question)


def question_from_json(data: str) -> Question:
    question: Question = decode(Question, data)
    return question


def district_to_json(district: District) -> str:
    return encode(District, district)


def district_from_json(data: str) -> District:
    district: District = decode(District, data)
    return district


def goal_to_json(goal: Goal) -> str:
    return encode(Goal, goal)


def goal_from_json(data: str) -> Goal:
    goal: Goal = decode(Goal, data)
    return goal


def reading_to_json(reading: Reading) -> str:
    return encode(Reading, reading)


def reading_from_json(data: str) -> Reading:
    reading: Reading = decode(Reading, data)
    return reading
