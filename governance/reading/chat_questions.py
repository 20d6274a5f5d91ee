"""Tells questions that the service can answer from reports of a problem: "is the wifi down?" is a
question, "the wifi is down in room 12" is a report. In English and Spanish.

Patterns and not the learned model (``chat_model``), which tells what is said to the bot from what
is to be passed on, and learned that these are to be passed on.
"""

# ruff: noqa: E501 -- a pattern broken over lines is harder to read

from __future__ import annotations

import re
from enum import StrEnum

LONGEST = 160
"""Characters. A longer line reports something, even if it also asks a question."""


class Topic(StrEnum):
    """Where an answer may be."""

    SERVICES = "services"
    TRAINING = "training"
    CHANGES = "changes"
    PERMISSION = "permission"
    """Whether something is allowed: the published rules say it."""
    OTHER = "other"
    """Any other question: perhaps an FAQ or a rule answers it."""


_HELLO = (
    r"^\W*(?:(?:hi|hey|hello|so|ok|quick question|question|hola|disculpen?|una pregunta)\b\W*)*"
)
_NET = (
    r"(?:wi-?fi|internet|network|e-?mail|outlook|gmail|google\w*|canvas|powerschool|gradebook|grades?|portal|server|servers|"
    r"system|systems|website|site|vpn|zoom|teams|clever|schoology|skyward|aeries|infinite campus|synergy|phones?|phone system|"
    r"printing|print server|login|sign-?in|sso|everything|anything|something|"
    r"red|correo|sistema|p[aá]gina|portal|plataforma|servidor|tel[eé]fonos?|todo|algo)"
)
_SERVICES = re.compile(
    rf"{_HELLO}(?:is|are) (?:(?:the|our|my|all|there) )?(?:[\w-]+ ){{0,3}}?(?:down|offline|having (?:an? )?(?:issues?|problems?|outage))\b"
    rf"|{_HELLO}(?:is|are) (?:(?:the|our|there|any) )?(?:[\w-]+ ){{0,2}}?{_NET} (?:\w+ )?(?:out|broken|working|up|back|available|slow)\b"
    r"|\b(?:is|are) there (?:an? |any )?(?:[\w-]+ ){0,2}outages?\b|\b(?:any|known) (?:[\w-]+ )?outages?\b"
    r"|\b(?:any|some)(?:one|body) else(?:'s)? .{0,40}\b(?:down|offline|no (?:internet|wi-?fi))\b"
    rf"|{_HELLO}(?:est[aá]n?|siguen?) (?:todav[ií]a )?(?:el |la |los )?(?:[\w-]+ )?(?:ca[ií]d[oa]s?|fuera de servicio|fallando)\b"
    rf"|{_HELLO}(?:ya )?(?:se cay[oó]|funcionan?|sirven?|volvi[oó]|regres[oó]|hay|tenemos) (?:ya )?(?:el |la |los )?{_NET}\b"
    rf"|{_HELLO}hay (?:alg[uú]n |un )?(?:corte|apag[oó]n|problema con (?:el |la )?{_NET})",
    re.IGNORECASE,
)
_COURSE = (
    r"(?:trainings?|pd|professional (?:development|learning)|workshops?|training sessions?|"
    r"capacitaci[oó]n(?:es)?|cursos?|taller(?:es)?|entrenamientos?)"
)
_TRAINING = re.compile(
    rf"{_HELLO}(?:when|where|what time|which|what|is there|are there|do we have|can i (?:still )?(?:sign up|register)|how do i (?:sign up|register)|any)\b.{{0,50}}\b{_COURSE}\b"
    rf"|{_HELLO}(?:cu[aá]ndo|d[oó]nde|a qu[eé] hora|hay|qu[eé]|c[oó]mo me (?:inscribo|apunto|registro))\b.{{0,50}}\b{_COURSE}\b",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    rf"{_HELLO}(?:when|what day|what date)\b.{{0,70}}\b(?:chang\w+|switch\w*|mov(?:e|es|ing)|migrat\w+|roll(?:ed|ing|s)? ?out|rollout|upgrad\w+|updat\w+|go(?:es|ing)? live|replac\w+|start(?:s|ing)? using|arriv\w+|new)\b"
    rf"|{_HELLO}what(?:'s| is| are)? (?:the |any )?(?:changes?|changing|planned|coming)\b"
    rf"|{_HELLO}cu[aá]ndo\b.{{0,70}}\b(?:cambi\w+|actualiz\w+|reemplaz\w+|empieza\w*|empezamos|migra\w*|llega\w*|nuev[oa]s?)\b"
    rf"|{_HELLO}qu[eé] (?:cambios?|va a cambiar)\b",
    re.IGNORECASE,
)
_PERMISSION = re.compile(
    rf"{_HELLO}(?:can|may|could|should|must|shall) (?:i|we|my \w+|(?:an? |the |our |my )?(?:students?|kids|teachers?|parents?|subs?|substitutes?|paras?|aides?|volunteers?|staff)) (?!(?:please|get|have|not)\b)"
    rf"|{_HELLO}(?:am i|are we|is it|are (?:students|teachers|staff)|is (?:anyone|everyone)) (?:\w+ )?(?:allowed|permitted|ok|okay|fine|required|supposed|against)\b"
    rf"|{_HELLO}(?:do|does) (?:i|we|a \w+|teachers|staff|students) (?:have|need) to\b"
    rf"|{_HELLO}(?:puedo|podemos|pueden|puede|debo|debemos|tengo que|tenemos que|se puede|se permite|est[aá] permitido|se vale)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    rf"{_HELLO}(?:what|which|where|when|who|whom|how|why|do|does|did|is|are|will|would|can|could|may|should|has|have|"
    r"qu[eé]|cu[aá]l(?:es)?|d[oó]nde|cu[aá]ndo|qui[eé]n(?:es)?|c[oó]mo|por qu[eé]|hay|puedo|es|son|est[aá]n?)\b",
    re.IGNORECASE,
)


def topic_of(line: str) -> Topic | None:
    """What a question is about. None if the line reports something, even if it also asks."""
    said = line.replace("’", "'").strip()
    if len(said) > LONGEST or not _is_one_question(said):
        return None
    for topic, pattern in (
        (Topic.SERVICES, _SERVICES),
        (Topic.TRAINING, _TRAINING),
        (Topic.PERMISSION, _PERMISSION),
        (Topic.CHANGES, _CHANGES),
    ):
        if pattern.search(said):
            return topic
    return Topic.OTHER if "?" in said and _ASKS.search(said) else None


def _is_one_question(said: str) -> bool:
    """Nothing is told before or after it. A question mark may be missing at the end."""
    marks = re.findall(r"[.!?;\n]+(?=\s|$)", said)
    if any("?" not in mark for mark in marks[:-1]):
        return False
    ends = marks[-1] if marks and said.endswith(marks[-1]) else ""
    return not ends or "?" in ends
