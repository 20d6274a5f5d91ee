"""What is sensitive and not about technology: for one named reader, never a committee's channel.

Harassment, abuse, retaliation, discrimination, and a grievance against a person. Two strengths:
what is grave wherever it is said, and what is a grievance only where nothing technical is named
("the filter is bullying us" is no grievance, "my AP was rude to me" is one).
"""

# ruff: noqa: E501 -- a pattern broken over lines is harder to read

from __future__ import annotations

import re

from governance.reading.vocabulary import speaks_of_technology

_STAFF = (
    r"(?:ap|principal|vp|boss|supervisor|manager|department chair|dept chair|chair|superintendent|coach|"
    r"co-?workers?|colleagues?|co-?teacher|teacher|para|aide|secretary|custodian|counselor|administrator|"
    r"admin|director|team lead|dean)"
)
_SOMEBODY = _STAFF[:-1] + r"|lead|head|lady|guy|man|woman|person|neighbor|he|she|they)"
_GRAVE = re.compile(
    "|".join(
        (
            r"\bsexual(?:ly)? (?:harass|comment|advance|remark|assault|joke|abus)\w*|\bsexual harassment\b",
            r"\b(?:harass(?:ed|es|ing|ment)|stalk(?:ed|ing|s))\b.{0,60}\b(?:me|us|my|staff|coworkers?|colleagues?|teachers?|women|principal|boss|supervisor|hr)\b",
            rf"\b{_STAFF}\b.{{0,30}}\b(?:harass\w*|stalk\w*|grop\w*|molest\w*|hit on)\b",
            r"\b(?:grop(?:ed|es|ing)|molest(?:ed|s|ing)|raped)\b|\btouch(?:ed|es|ing) (?:me|her|him|my|students?)\b(?!.{0,12}(?:screen|panel|pad|bar))",
            r"\bhostile (?:work|environment|workplace)\w*|\bunwanted (?:touch|advance|attention|comment)\w*",
            r"\binappropriate(?:ly)? (?:touch|comment|remark|relationship|text|message|with|behavio)\w*.{0,60}\b(?:me|student|girl|boy|staff|teacher|coach|principal)",
            r"\bretaliat\w+|\bpunish(?:ed|ing) (?:me )?for (?:speaking|complaining|reporting|filing)\b|\bafter i (?:complained|reported|spoke up|filed)\b.{0,80}\b(?:moved|cut|wrote me up|evaluation|schedule|lost)\b",
            r"\bdiscriminat(?:ed|ing|ion|es)\b.{0,60}\b(?:me|us|my)\b|\b(?:i|me|we|us|my|am|was)\b.{0,60}\bdiscriminat\w+|\b(?:passed over|treated (?:differently|worse)|denied|fired|not hired)\b.{0,60}\bbecause (?:i'?m|i am|of (?:my|his|her)|she'?s|he'?s|we'?re)\b",
            r"\btitle ix\b|\beeoc\b|\bgrievance\b|\bhostile to (?:me|women)\b|\bwhistle.?blow\w*",
            rf"\b{_STAFF}\b.{{0,30}}\b(?:threaten(?:ed|s|ing)?|scream(?:ed|s|ing)?|yell(?:ed|s|ing)?|curs(?:ed|es|ing)|shov(?:ed|es|ing)|grabb(?:ed|ing)|humiliat\w+|belittl\w+|intimidat\w+|bull(?:y|ies|ied|ying)|demean\w+|berat\w+|slapp?(?:ed|s)|push(?:ed|es)) (?:at )?(?:me|us|her|him|my|a student|the (?:kids|students|para|staff)|kids|students|staff)\b",
            r"\bi(?:'m| am) (?:afraid|scared) of (?:my|the|her|him|our)\b(?! (?:laptop|computer|new|system|board|printer))|\bverbal(?:ly)? abus\w*|\babus(?:ed|ive|ing) (?:relationship|husband|boss|principal|coach|teacher|parent|me|her|him|students?|kids?)\b|\b(?:emotional|physical|child|domestic|sexual) abuse\b",
            r"\b(?:teacher|coach|para|principal|aide|staff member|sub)\b.{0,40}\b(?:drunk|drinking|high on|sleeping with|dating a student|texting (?:a )?(?:girl|boy|student)s?)\b",
            r"\bcomments? about (?:my|her) (?:body|looks|weight|skin|hair|accent|religion|hijab|pregnan\w+)\b|\b(?:my|her|his) (?:accent|skin color|race|religion|hijab|sexuality|disability)\b.{0,40}\b(?:mock|joke|fun of|comment|laugh)\w*",
        )
    ),
    re.IGNORECASE | re.DOTALL,
)
_GRIEVANCE = re.compile(
    "|".join(
        (
            r"\bracis(?:t|m)\b|\bracial slurs?\b|\bslurs?\b|\bn-?word\b|\bsexis(?:t|m)\b|\bhomophob\w+|\btransphob\w+|\bantisemiti\w+|\bmisogyn\w+",
            rf"\b{_SOMEBODY}\b.{{0,25}}\b(?:was|is|were|has been|keeps being|are) (?:so |very |really |always |constantly )?(?:rude|mean|cruel|nasty|disrespectful|unprofessional|hostile|condescending|bullying|a bully)\b",
            r"\b(?:file|filing|make|making|lodge) (?:a|an) (?:formal |official )?complaint (?:about|against|on)\b|\b(?:want|need) (?:it|this|that) on (?:the )?record\b",
            r"\bharass(?:ed|ing|ment)\b|\bbull(?:ied|ying)\b.{0,40}\b(?:by|from) (?:my|a|the|another|other) (?:\w+ )?(?:principal|boss|teacher|coworker|colleague|staff|adult|supervisor|admin\w*)\b",
            rf"\b(?:my|our|the) {_STAFF}\b.{{0,40}}\b(?:hates me|singles me out|out to get me|plays? favorites|talks? down to|lies about|lied about|spreads? rumors|gossip\w*)\b",
            rf"\b(?:my|our) {_STAFF}\b.{{0,30}}\b(?:is never (?:in|there|here)|never shows up|leaves at|hides in)\b|\bleaves at \d{{1,2}}:\d\d every day\b",
            r"\bfavoritism\b|\bnepotism\b|\bunfair evaluation\b|\bwrote me up\b",
        )
    ),
    re.IGNORECASE | re.DOTALL,
)


def is_restricted(text: str) -> bool:
    """Whether a message is for the restricted queue and its one reader a day."""
    text = text.replace("’", "'")
    if _GRAVE.search(text):
        return True
    return bool(_GRIEVANCE.search(text)) and not speaks_of_technology(text)
