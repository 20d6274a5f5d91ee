"""Whether a message tells of a thing that is broken now, at a place: for the help desk, not for a
committee. A wish, a complaint about how things always are, and a question are not.

Rules find what is said in so many words and are nearly never wrong; meaning finds the rest, by a
logistic regression over 150 written examples. A mistake is cheap both ways: the author is asked
first, and a committee has the message all the same.
"""

# ruff: noqa: E501 -- a pattern broken over lines is harder to read

from __future__ import annotations

import json
import math
import re
from importlib.resources import files

from governance.reading.against_rest import Vectorise
from governance.reading.embedding import Vectors, embed

_THING = (
    r"(?:projectors?|smart ?boards?|white ?boards?|interactive (?:board|panel)s?|(?:flat )?panels?|printers?|copiers?|chrome ?books?|laptops?|"
    r"i?pads?|tablets?|carts?|chargers?|computers?|desktops?|pcs?|monitors?|screens?|keyboards?|mouse|mice|speakers?|microphones?|mics?|phones?|intercom|"
    r"bells?|pa system|doc(?:ument)? cam(?:era)?s?|cameras?|webcams?|outlets?|ports?|cables?|adapters?|docks?|scanners?|badge readers?|"
    r"wi-?fi|wireless|internet|network|access points?|ap|sound|audio|remote|bulb|lamp|tv|tvs|televisions?|apple tv|clock|headphones?|drive|server|"
    r"login|account|password|email|outlook|power ?school|canvas|google|site|app|software|gradebook)"
)
_BROKEN = (
    r"(?:dead|broken|down|out|dark|black|blank|frozen|stuck|jammed|cracked|shattered|missing|offline|unplugged|smoking|flickering|leaking|locked up|fried|kaput|"
    r"(?:is|are|was|were)? ?(?:not|n'?t) (?:work(?:ing)?|turn(?:ing)? on|power(?:ing)? on|charg(?:e|ing)|print(?:ing)?|connect(?:ing)?|com(?:e|ing) on|respond(?:ing)?|load(?:ing)?|boot(?:ing)?|start(?:ing)?|show(?:ing)?(?: up)?)|"
    r"(?:won'?t|wont|will not|doesn'?t|doesnt|does not|don'?t|dont|isn'?t|isnt|aren'?t|can'?t|cant|cannot) (?:even )?(?:work|working|turn on|power on|charge|charging|print|printing|connect|connecting|come on|respond|load|loading|boot|start|open|show up|show|display|project|log (?:me )?in|find (?:the|a) printer|stay on|hold a charge)|"
    r"(?:died|broke|quit|crashed|fell off|burned out|burnt out|stopped work\w*|quit work\w*|gave out|keeps? (?:freezing|crashing|dropping|shutting|disconnecting|cutting|restarting|jamming)|has no (?:sound|power|signal|picture|internet|connection)|"
    r"no (?:sound|power|signal|picture|internet|wi-?fi|connection)|paper jam|out of (?:toner|ink)|error(?: code)? \w*\d\w*|blue screen|black screen))"
)
_PLACE = (
    r"(?:\b(?:room|rm\.?|lab|classroom|portable|trailer|gym|library|office|cafeteria|auditorium|hall(?:way)?|wing|building|front desk|media center|workroom|lounge|stage|shop|studio)\b|\b[a-z]?\d{2,4}[a-z]?\b|\b(?:my|our|this) (?:\w+ )?"
    + _THING
    + r"\b)"
)
_NOW = r"\b(?:right now|today|this morning|this afternoon|since (?:this|yesterday|monday|tuesday|wednesday|thursday|friday|last night|lunch|\d)|just|again|still|at the moment|currently|now|yesterday|first period|\d(?:st|nd|rd|th) (?:period|hour|block)|help|asap|please (?:fix|send|come|replace)|can (?:someone|somebody|you|anyone)|need(?:s)? (?:someone|somebody|a (?:new|replacement)|it fixed|fixing|replac\w+))\b"
_WISH = r"\b(?:should|wish|would (?:love|like|be (?:nice|great|good|helpful))|could we (?:get|have)|we ought|it would|suggest\w*|propos\w+|plan(?:s|ning)? (?:for|to)|next year|budget|policy|policies|rule|rules|why (?:do|does|can'?t|don'?t|are|is) (?:we|the district|they|it)|training|professional development|in general|always|every year|for years|the whole (?:district|school|building)|district.?wide|all (?:of )?(?:the|our) (?:schools|classrooms|buildings|teachers)|thank(?:s| you) for|love the|great that)\b"

_FLAGS = re.IGNORECASE
_NEAR = re.compile(
    rf"\b{_THING}\b[^.!?\n]{{0,60}}?\b{_BROKEN}(?=\W|$)|\b{_BROKEN}\b[^.!?\n]{{0,30}}?\b{_THING}\b",
    _FLAGS,
)
_AT = re.compile(_PLACE, _FLAGS)
_SOON = re.compile(_NOW, _FLAGS)
_WISHED = re.compile(_WISH, _FLAGS)

_ROOM = re.compile(
    r"\b(?P<what>room|rm|lab|portable|trailer|classroom)\.? ?#?(?P<number>[a-z]?-?\d{1,4}[a-z]?)\b"
    r"|\b(?P<place>library|gym|cafeteria|auditorium|media center|front office|workroom|computer lab)\b",
    _FLAGS,
)


SURE_FROM = 0.6
"""Probability (0..1) from which meaning alone decides. Out of fold (5 folds, n=150, half of them
broken): recall 0.97 together with the rules, and 4 of 75 others are asked in vain."""

_ODDS_FROM = math.log(SURE_FROM / (1 - SURE_FROM))
_EXAMPLES = "data/needs_fixing.jsonl"
_LOOSE = 10.0
"""The regression's C: of 1, 4, 10 and 30 the one with the best recall at so few in vain."""


def examples() -> list[tuple[str, bool]]:
    """Written messages, and whether each tells of a thing to be fixed."""
    text = files("governance.reading").joinpath(_EXAMPLES).read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    return [(row["text"], row["needs_fixing"]) for row in rows]


class FixingReader:
    """Rules and meaning together; where the embedding model is absent, the rules alone."""

    def __init__(self, pull: Vectors | None = None, offset: float = 0.0) -> None:
        """``pull``, ``offset``: log odds are a vector's product with the one, and the other."""
        self._pull = pull
        self._offset = offset

    @classmethod
    def train(cls, vectors: Vectorise, given: list[tuple[str, bool]] | None = None) -> FixingReader:
        """``given``: other examples than the written ones (to measure it on those)."""
        from sklearn.linear_model import LogisticRegression

        known = examples() if given is None else given
        rows = vectors([text for text, _ in known])
        if rows is None:
            return cls()
        model = LogisticRegression(C=_LOOSE, max_iter=500).fit(rows, [told for _, told in known])
        return cls(model.coef_[0], float(model.intercept_[0]))

    def read(self, text: str, vector: Vectors | None = None) -> bool:
        """``vector``: of this text, where it is known already."""
        if needs_fixing(text):
            return True
        if self._pull is None or not text.strip():
            return False
        known = embed([text]) if vector is None else vector
        return float(known[0] @ self._pull) + self._offset > _ODDS_FROM


def needs_fixing(text: str) -> bool:
    """By the rules alone: something is broken at a place now, and no wish is told with it."""
    plain = text.replace("’", "'")
    if not _NEAR.search(plain) or _WISHED.search(plain):
        return False
    return bool(_AT.search(plain) or _SOON.search(plain))


def room_of(text: str) -> str:
    """The room that a message names ("Room 204", "library"); "": none."""
    found = _ROOM.search(text)
    if found is None:
        return ""
    if found["place"]:
        return found["place"].lower()
    what = "room" if found["what"].lower() in ("rm", "classroom") else found["what"].lower()
    return f"{what} {found['number'].upper()}"
