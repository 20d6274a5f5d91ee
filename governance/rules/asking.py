"""Which rule says that? Asked of the bot, and answered with the sections that fit best.

A line that asks of a rule may still be meant for a committee: its words are held, as those of a
line too short to tell, and one press passes them on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from governance.access import Actor, anybody
from governance.docket.commands import GiveFeedback
from governance.feedback.author_news import answered
from governance.feedback.handlers import LONGEST, give_feedback
from governance.feedback.model import Urgency
from governance.messages import FeedbackReceived, Told
from governance.operations import Operation, Operations, Wake
from governance.ports import GovernanceStore
from governance.rules.citing import published_rules
from governance.rules.commands import AskRules
from governance.rules.messages import FoundSection, RuleAnswer
from governance.rules.model import Version, number_key
from governance.rules.searching import Found, Meant, find_sections
from governance.rules.text import beginning, sections
from governance.typed import typed
from governance.urgent.alarming import urgent_at_once
from surveys.messages import Rejected
from surveys.questions import Unfit

MOST = 3

_NUMBER = re.compile(r"\bIT[RP][ -]?[0-9]+(?:\.[0-9]+)*\b", re.IGNORECASE)
_RULE = r"(?:it )?(?:rules?|regulations?|reglas?|normas?|reglamentos?)"
_ASKS = re.compile(
    rf"\b(?:which|what) {_RULE}\b|\bwhat(?:'s| is| are)? the {_RULE} (?:about|on|for|when|if)\b"
    rf"|\b(?:is|are) there (?:a |an |any )?{_RULE}\b|\bwhere (?:does it|do the rules) say\b"
    rf"|\b(?:qu[eé]|cu[aá]l(?:es)?(?: es| son)?) (?:la |las |el |los )?{_RULE}\b"
    rf"|\bqu[eé] dicen? (?:la |las |el |los ){_RULE}\b"
    rf"|\bhay (?:una |alguna |un |alg[uú]n )?{_RULE}\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"^\W*(?:what|which|where|show|who|when|how|qu[eé]|cu[aá]l|d[oó]nde|qui[eé]n|c[oó]mo)\b",
    re.IGNORECASE,
)
_NEAR_THE_BEGINNING = 12
"""Characters before it: "hi, which rule …" asks, and "nobody knows which rule" complains."""
_LONGEST = 160
"""Characters: a longer line tells something, whatever it asks beside."""

_THING = (
    r"(?:devices?|laptops?|computers?|chromebooks?|tablets?|ipads?|phones?|badges?|key ?fobs?|"
    r"(?:memory|storage|usb) sticks?|dispositivos?|computadoras?|port[aá]til(?:es)?|tabletas?|"
    r"tel[eé]fonos?|celulares?|credencial(?:es)?|llaveros?|memorias?)"
)
_GONE = r"(?:lost|stolen|missing|perdid[oa]s?|robad[oa]s?)"
_EITHER = rf"{_GONE}(?:(?:,| or| and| o| y) {_GONE})*"
_THING_GONE = re.compile(
    rf"\b{_EITHER} {_THING}\b|\b{_THING} (?:(?:is|are|gets?|goes) )?{_EITHER}\b", re.IGNORECASE
)
_OWN_LOSS = re.compile(
    r"\b(?:i|me|my|mine|our|ours|us|was|were|just|now|today|yesterday|mi|mis|nos|nuestr[oa]s?|"
    r"fue|fueron|acaba|ahora|hoy|ayer|anoche)\b",
    re.IGNORECASE,
)


def asks_for_rule(said: str) -> bool:
    """Whether a line asks what a rule says: "which rule", or a question that names one."""
    line = said.replace("’", "'").strip()
    if len(line) > _LONGEST:
        return False
    if _NUMBER.fullmatch(line) or (_NUMBER.search(line) and _QUESTION.search(line)):
        return True
    asks = _ASKS.search(line)
    return asks is not None and ("?" in line or asks.start() < _NEAR_THE_BEGINNING)


def in_general(line: str) -> str:
    """A question without the devices that it calls lost or stolen: what a rule says of them is no
    emergency. One that tells of somebody's own loss is left as it is."""
    return line if _OWN_LOSS.search(line) else _THING_GONE.sub(" ", line)


def ask(
    store: GovernanceStore, actor: Actor, command: AskRules, now: datetime
) -> RuleAnswer | Rejected | FeedbackReceived | Told:
    """A question in which somebody seems to be in danger is passed on at once instead."""
    text, unfit = typed(command.text, LONGEST)
    if unfit or not text:
        return Rejected(unfit={"text": unfit or Unfit(why="Write your question.")})
    if Urgency.SAFETY in urgent_at_once(text, command.glanced):
        given = GiveFeedback(item_id=command.item_id, text=text, glanced=command.glanced)
        return answered(store, give_feedback(store, actor.somebody, given, now))
    store.hold_words(command.item_id, actor.somebody.id, text, now)
    readable = list(published_rules(store))
    named = {number_key(one) for one in _NUMBER.findall(text)}
    asked = [one for one in readable if number_key(one[0].number) in named]
    query = _NUMBER.sub(" ", text)
    searched = [one for _, one in asked or readable]
    meant = Meant(vector=command.meant, sections=store.rule_meanings()) if command.meant else None
    found = find_sections(query, searched, meant, most=MOST)
    if asked and not found:
        found = list(_first(version for _, version in asked))[:MOST]
    numbers = {rule.id: rule.number for rule, _ in readable}
    return RuleAnswer(
        item_id=command.item_id,
        found=tuple(shown_section(one, numbers[one.version.rule_id]) for one in found),
    )


def _first(versions: Iterable[Version]) -> Iterable[Found]:
    for version in versions:
        for section in sections(version.texts[version.language]):
            yield Found(version=version, section=section, language=version.language, score=0)


def shown_section(one: Found, number: str, *, draft: bool = False) -> FoundSection:
    return FoundSection(
        rule_id=one.version.rule_id,
        number=number,
        title=one.version.title,
        version=one.version.number,
        section=one.section.number,
        heading=one.section.heading,
        words=beginning(one.section.body),
        language=one.language,
        draft=draft,
    )


OPERATIONS: Operations = (
    Operation(command=AskRules, run=ask, may=anybody, wakes=frozenset({Wake.READER})),
)
